"""Related terms in more forms: right behind wrapped text, behind other signs, one without a definition."""

import textwrap

import pytest

from parsed_pages import only_record, parse, term_html

PAIRS = [
    ("flood", "The rise of the water after low tide, which begins slowly and is strongest at the third hour."),
    ("slack water", "The short rest between the two, in which the ships turn at anchor."),
    ("neap tide", "A weak tide."),
]
PARAGRAPHS = [
    "ebb", "from class: Oceanography", "Definition",
    "The ebb is the fall of the water after high tide, which begins when the moon has passed and the sea runs out "
    "of the bay again, first slowly and then with more and more strength until it is low water.",
    "Must Know Facts For Your Next Test",
    "1. It is slow at first, and pilots wait for it with their ships, as it carries them out of the bay to the sea.",
    "Review Questions", "Why does it fall?",
    "Because the moon pulls the water of the sea to the other side of the earth, which turns below it, so that the bay "
    "is left with less.",
    "Related Terms",
]  # fmt: skip


def related(page: str, path: str) -> list[tuple[str, str | None]]:
    record = only_record(parse(page, path))
    return [(one.term.text, one.definition.text if one.definition else None) for one in record.related_terms]


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("line", ["{word}: {text}", "{word} – {text}", "{word}\n{text}", "{word}"])
def test_a_list_right_behind_wrapped_text(width: int, line: str) -> None:
    lines = [part for word, text in PAIRS for part in line.format(word=word, text=text).split("\n")]
    listed = "\n".join(textwrap.fill(part, width) for part in lines)
    for between in ("\n\n", "\n") if line != "{word}\n{text}" else ("\n\n",):
        page = "\n\n".join(textwrap.fill(part, width) for part in PARAGRAPHS) + between + listed
        expected = PAIRS if "{text}" in line else [(word, None) for word, _ in PAIRS]
        assert related(page, "sea/ebb.txt") == expected


@pytest.mark.parametrize("sign", [" -- ", "--", " – ", ": ", " : ", " — ", " → ", " = ", " | "])
def test_signs_behind_a_term(sign: str) -> None:
    for word in ("<b>{word}</b>", "{word}"):
        items = "".join(f"<li>{word.format(word=term)}{sign}{text}</li>" for term, text in PAIRS)
        assert related(term_html(related=f"<h2>Related Terms</h2><ul>{items}</ul>"), "sea/ebb.html") == PAIRS


@pytest.mark.parametrize(
    "lines",
    [
        "<p><b>{0}</b></p><p>{1}</p>|<p><b>{0}</b></p>",
        "<p>{0}: {1}</p>|<p>{0}:</p>",
        "<li><b>{0}</b>: {1}</li>|<li><b>{0}</b>:</li>",
        "<h3>{0}</h3><p>{1}</p>|<h3>{0}</h3>",
        "<dt>{0}</dt><dd>{1}</dd>|<dt>{0}</dt><dd></dd>",
    ],
)
def test_a_term_without_a_definition_takes_no_other(lines: str) -> None:
    told, alone = lines.split("|")
    body = told.format(*PAIRS[0]) + alone.format(*PAIRS[1]) + told.format(*PAIRS[2])
    expected = [PAIRS[0], (PAIRS[1][0], None), PAIRS[2]]
    assert related(term_html(related=f"<h2>Related Terms</h2>{body}"), "sea/ebb.html") == expected


def test_lines_of_markdown_without_a_definition() -> None:
    page = (
        "# ebb\n\nfrom class: Oceanography\n\n## Definition\n\nWater falls.\n\n"
        "## Must Know Facts For Your Next Test\n\n1. It is slow.\n2. It ends.\n\n"
        "## Related Terms\n\nflood: The rise.\nslack water:\nneap tide: A weak tide.\n"
    )
    assert related(page, "sea/ebb.md") == [("flood", "The rise."), ("slack water", None), ("neap tide", "A weak tide.")]
