"""The vocabulary of a study guide: under which headings it stands, and how its words are told from their meanings."""

import pytest

from parsed_pages import parse
from pipeline.records import StudyGuide

HEAD = (
    "🧱Rooms Unit 3 Review\n\n3.4 Walls\n\n6 min read\n\nBrick\n\nBricks are red, and they are "
    "heavy. A wall of them lasts for a hundred years.\n\n"
)
MARKED = "<main><p>🧱Rooms Unit 3 Review</p><h1>3.4 Walls</h1><p>6 min read</p><h2>Brick</h2><p>It is red.</p>"


def words(page: str, path: str = "page.txt") -> list[tuple[str, str | None]]:
    outcome = parse(page, path)
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    assert outcome.ledger.unclaimed == ()
    assert [one.heading.text for one in record.sections] == ["Brick"]
    return [(one.term.text, one.definition.text if one.definition else None) for one in record.vocabulary]


WORDS = [("wall", "what is around a room"), ("door (of a room)", "a hole in the wall: it can be closed")]
LINES = "\n\n".join(f"{term}: {meaning}" for term, meaning in WORDS)


@pytest.mark.parametrize(
    "heading",
    [
        "Key Terms",
        "Key Terms to Review (2)",
        "KEY TERMS:",
        "2 Key Terms to Know",
        "Terms to Know",
        "Words to Know",
        "Key Terms & Definitions",
        "Key Terms and Concepts",
        "Key Concepts and Vocabulary",
        "Must-Know Vocabulary",
        "Unit 3 Vocabulary",
        "Unit 3 Key Terms",
        "Chapter 3 Glossary",
        "Topic 3.4 Vocabulary",
        "Academic Vocabulary",
        "Vocabulary Words",
        "Vocabulary List",
        "Important Vocabulary Terms",
        "Definitions",
        "Glossary of Key Terms",
    ],
)
def test_words_stand_under_any_of_their_headings(heading: str) -> None:
    assert words(f"{HEAD}{heading}\n\n{LINES}\n") == WORDS
    items = "".join(f"<li><b>{term}</b>: {meaning}</li>" for term, meaning in WORDS)
    assert words(f"{MARKED}<h2>{heading.replace('&', '&amp;')}</h2><ul>{items}</ul></main>", "page.html") == WORDS


@pytest.mark.parametrize("heading", ["Terms to Know", "Definitions", "Key Terms", "Glossary"])
def test_a_section_may_be_called_as_the_vocabulary_is(heading: str) -> None:
    told = (
        "Before a wall is built, its parts are named by those who build it. They are not named by "
        "those who live in it, who see nothing of them until the day on which the wall falls."
    )
    page = f"{HEAD}{heading}\n\n{told}\n\nGlue Between the Bricks\n\n{told}\n\nKey Terms to Review (2)\n\n{LINES}\n"
    (record,) = parse(page, "page.txt").records
    assert isinstance(record, StudyGuide)
    assert [one.heading.text for one in record.sections] == ["Brick", heading, "Glue Between the Bricks"]
    assert [one.term.text for one in record.vocabulary] == [term for term, _ in WORDS]


def test_a_count_tells_that_lines_are_words_and_meanings_in_turn() -> None:
    told = [
        ("adenosine triphosphate (ATP)", "energy of cells"),
        ("push - pull factors", "why people move"),
        ("Type I error: alpha", "a false alarm"),
        ("“laissez-faire”", "leave alone"),
    ]
    lines = "\n\n".join(f"{term}\n\n{meaning}" for term, meaning in told)
    assert words(f"{HEAD}Key Terms to Review (4)\n\n{lines}\n") == told


def test_most_lines_tell_that_they_are_words_and_meanings_in_turn() -> None:
    told = [
        ("Type I error: alpha", "to say that there is an effect where there is none, by chance alone"),
        ("power", "how often an effect that is there is found by a study of this size"),
        ("p-value", "how often chance alone gives at least as much as what was seen in a sample"),
    ]
    lines = "\n".join(f"{term}\n{meaning}" for term, meaning in told)
    assert words(f"{HEAD}Vocabulary\n\n{lines}\n") == told


def test_a_line_behind_a_word_with_its_meaning_goes_on_with_it_where_the_count_says_so() -> None:
    lines = "wall: what is around a room\n\ndoor: a hole in it"
    assert words(f"{HEAD}Key Terms to Review (2)\n\n{lines}\n") == [
        ("wall", "what is around a room"),
        ("door", "a hole in it"),
    ]


@pytest.mark.parametrize(
    "heads",
    [("Word", "Meaning"), ("Key Term", "Definition"), ("Vocabulary Word", "Description"), ("TERM", "DEFINITION")],
)
def test_the_heads_of_a_table_are_no_word(heads: tuple[str, str]) -> None:
    rows = [heads, *WORDS]
    assert words(HEAD + "Vocabulary\n\n" + "\n".join("\t\t".join(row) for row in rows)) == WORDS
    assert words(HEAD + "Vocabulary\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)) == WORDS
    cells = "".join(f"<tr><td>{term}</td><td>{meaning}</td></tr>" for term, meaning in rows)
    assert words(f"{MARKED}<h2>Vocabulary</h2><table>{cells}</table></main>", "page.html") == WORDS


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_table_with_bars_is_one_in_a_text_and_in_markdown(gap: str) -> None:
    table = "| Term | Definition | \n|---|---|\n" + "\n".join(f"| {term} | {meaning} | " for term, meaning in WORDS)
    text = HEAD.replace("\n\n", gap)
    assert words(f"{text}Vocabulary{gap}{table}{gap}© 2024 Fiveable Inc. All rights reserved.") == WORDS
    marked = "🧱Rooms Unit 3 Review\n\n# 3.4 Walls\n\n6 min read\n\n## Brick\n\nIt is red.\n\n## Vocabulary\n\n"
    assert words(f"{marked}{table}\n[About us](/about)[Privacy](/privacy)\n", "page.md") == WORDS


def test_a_third_column_that_says_the_same_in_each_row_tells_nothing_of_a_word() -> None:
    def rows(third: tuple[str, str]) -> str:
        cells = "".join(
            f"<tr><td>{term}</td><td>{meaning}</td><td>{more}</td></tr>"
            for (term, meaning), more in zip(WORDS, third, strict=True)
        )
        return f"{MARKED}<h2>Vocabulary</h2><table>{cells}</table></main>"

    assert words(rows(("<a href='/w'>View</a>", "<a href='/d'>View</a>")), "page.html") == WORDS
    kept = words(rows(("as in a house", "as in a hall")), "page.html")
    assert [meaning and meaning.split("\t")[-1] for _, meaning in kept] == ["as in a house", "as in a hall"]


def test_two_elements_that_touch_are_a_word_and_its_meaning() -> None:
    rows = "".join(f"<div><span>{term}</span><span>{meaning}</span></div>" for term, meaning in WORDS)
    for heading in ("Vocabulary", "Key Terms to Review (2)"):
        assert words(f"{MARKED}<h2>{heading}</h2>{rows}</main>", "page.html") == WORDS


@pytest.mark.parametrize("bold", ["", "**"])
def test_words_in_lines_of_their_own_need_no_blank_line_between(bold: str) -> None:
    told = [
        ("active transport", "what moves a substance against its gradient, which needs energy from ATP"),
        ("carrier protein", "what binds a substance and changes its shape to move it over a membrane"),
    ]
    lines = "\n".join(f"{bold}{term}{bold}: {meaning}" for term, meaning in told)
    marked = (
        "🧱Rooms Unit 3 Review\n\n# 3.4 Walls\n\n6 min read\n\n## Brick\n\nIt is red.\n\n## Key Terms to Review (2)\n\n"
    )
    assert words(f"{marked}{lines}\n", "page.md") == told
    if not bold:
        assert words(f"{HEAD}Key Terms to Review (2)\n\n{lines}\n\n© 2024 Fiveable Inc. All rights reserved.\n") == told


@pytest.mark.parametrize(
    ("rows", "pairs"),
    [
        (
            "<tr><td rowspan=2>wall<td>what is around a room<tr><td>what holds a roof<tr><td>door<td>a hole",
            [("wall", "what is around a room\nwhat holds a roof"), ("door", "a hole")],
        ),
        (
            "<tr><td>wall<td>what is around a room<tr><td><td>what holds a roof<tr><td>door<td>a hole",
            [("wall", "what is around a room\nwhat holds a roof"), ("door", "a hole")],
        ),
    ],
)
def test_a_row_without_a_word_of_its_own_goes_on_with_the_word_above(
    rows: str, pairs: list[tuple[str, str | None]]
) -> None:
    table = f"<table><tr><th>Term<th>Definition<th></tr>{rows}</table>"
    assert words(f"{MARKED}<h2>Key Terms</h2>{table}</main>", "page.html") == pairs


def test_a_cell_that_holds_words_together_shifts_none_of_them_into_the_next_column() -> None:
    rows = "<tr><td rowspan=2>Rooms<td>wall<td>what is around a room<tr><td>door<td>a hole in the wall"
    table = f"<table><tr><th>Part<th>Term<th>Definition</tr>{rows}</table>"
    assert words(f"{MARKED}<h2>Key Terms</h2>{table}</main>", "page.html") == [
        ("wall", "what is around a room"),
        ("door", "a hole in the wall"),
    ]


def test_a_column_headed_as_something_else_is_no_part_of_a_definition_and_is_told() -> None:
    rows = "<tr><th>Term</th><th>Definition</th><th>Page</th></tr><tr><td>ebb</td><td>the fall</td><td>12</td></tr>"
    rows += "<tr><td>flood</td><td>the rise</td><td>14</td></tr>"
    outcome = parse(f"{MARKED}<h2>Vocabulary</h2><table>{rows}</table></main>", "page.html")
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    assert [(word.term.text, word.definition and word.definition.text) for word in record.vocabulary] == [
        ("ebb", "the fall"),
        ("flood", "the rise"),
    ]
    assert [piece.text for piece in outcome.ledger.unclaimed] == ["12", "14"]
