"""What flavours of Markdown write beside CommonMark, and Org: fields hold the words, not the marks."""

import pytest

from parsed_pages import only_record, parse

PAGE = (
    "# ebb\n\nfrom class: Oceanography\n\n## Definition\n\n{}\n\n## Must Know Facts For Your Next Test\n\n"
    "1. It is slow.\n2. It ends.\n\n## Review Questions\n\n**Why?**\n\nThe moon.\n\n## Related Terms\n\n"
    "- [[flood]]: The rise.\n"
)
MARKS = {
    "a task": ("- [ ] Water falls.", "Water falls."),
    "a callout": ("> [!NOTE]\n> Water falls.", "Water falls."),
    "a callout's title": ("> [!tip]+ Remember\n> Water falls.", "Remember\nWater falls."),
    "links between notes": ("[[Sea water|Water]] falls to [[Tides#Low]].", "Water falls to Tides > Low."),
    "highlights": ("Water ==falls== where a == b is false.", "Water falls where a == b is false."),
    "inserted": ("Water ^^falls^^ down.", "Water falls down."),
    "a footnote": ("Water falls[^1] down.[^b]\n\n[^1]: A *book*.\n[^b]: Another,\n    with more.", "Water falls down."),
    "a container": ("::: tip\nWater falls.\n:::", "Water falls."),
    "a container's title": (":::note[Remember]\nWater falls.\n:::", "Remember\nWater falls."),
    "a container of Pandoc": ("::: {.callout-note}\nWater falls.\n:::", "Water falls."),
    "an admonition": ('!!! note "Remember"\n    Water falls.\n    It ends.', "Remember\nWater falls. It ends."),
    "comments": ("Water falls. %%hidden%%\n\n<!-- and this -->", "Water falls."),
    "attributes": ("Water [falls]{.mark} down.\n{: .lead}", "Water falls down."),
    "a table of contents": ("[TOC]\n\nWater falls.", "Water falls."),
    "the name of a block": ("Water falls. ^a1b2c3", "Water falls."),
    "tags": ("Water falls. #sea #tides/spring", "Water falls."),
    "a citation": ("Water falls [@smith2020, p. 3].", "Water falls."),
    "a gap": ("Water {{c1::falls::how}} down.", "Water falls down."),
    "shortcodes": ("{{< note >}}\nWater falls.\n{{< /note >}}", "Water falls."),
    "an abbreviation": ("The HTML falls.\n\n*[HTML]: a language", "The HTML falls."),
}
KEPT = {
    "code": "Write `a==b==c`, `[[x]]`, `{% if %}` and `<!-- x -->` here.",
    "lists of numbers": "Use [[1,2],[3,4]] as input.",
    "a sum": "The ++ of C++ and a ~ of about ~5 stay.",
    "a time": "It is 3:00 in room #5, and {x} is a set.",
}


@pytest.mark.parametrize(("source", "text"), MARKS.values(), ids=MARKS)
def test_marks_of_flavours_are_no_words(source: str, text: str) -> None:
    record = only_record(parse(PAGE.format(source), "sea/ebb.md"))
    assert record.definition.text == text
    assert [(one.term.text, one.definition and one.definition.text) for one in record.related_terms] == [
        ("flood", "The rise.")
    ]


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    record = only_record(parse(PAGE.format(text), "sea/ebb.md"))
    assert record.definition.text == text.replace("`", "")


def test_small_letters_are_kept_as_such() -> None:
    record = only_record(parse(PAGE.format("H~2~O and 10^−3^ fall."), "sea/ebb.md"))
    assert record.definition.html == "H<sub>2</sub>O and 10<sup>−3</sup> fall."


def test_what_is_cut_is_named() -> None:
    outcome = parse(PAGE.format("Water falls[^1]. #sea\n\n[^1]: A book."), "sea/ebb.md")
    assert {"footnote", "tags"} <= set(outcome.ledger.boilerplate)


ORG = """#+TITLE: ebb
#+FILETAGS: :sea:

* ebb
from class: Oceanography
** Definition
Water /falls/ after *high tide*, says ~code~ or a [[https://example.org/x][link]].[fn:1]
** Must Know Facts For Your Next Test                                 :facts:
1. It is slow.
2. It ends.
** Review Questions
*** Why?
:PROPERTIES:
:ID: 12
:END:
The moon.
** Related Terms
- flood :: The rise.
- neap tide :: A weak one.
"""


@pytest.mark.parametrize("path", ["sea/ebb.org", "sea/ebb.txt"])
@pytest.mark.parametrize("head", [0, 2])
def test_org(path: str, head: int) -> None:
    outcome = parse("\n".join(ORG.split("\n")[head:]), path)
    record = only_record(outcome)
    assert not outcome.ledger.unclaimed
    assert record.term.text == "ebb"
    assert record.course.title == "Oceanography"
    assert record.definition.text == "Water falls after high tide, says code or a link."
    assert [fact.text for fact in record.facts] == ["It is slow.", "It ends."]
    assert [(one.question.text, one.answer and one.answer.text) for one in record.questions] == [("Why?", "The moon.")]
    assert [(one.term.text, one.definition and one.definition.text) for one in record.related_terms] == [
        ("flood", "The rise."),
        ("neap tide", "A weak one."),
    ]


def test_labels_before_tabs() -> None:
    page = (
        "ebb\nfrom class:\tOceanography\nDefinition:\tWater falls.\nMust Know Facts For Your Next Test\n"
        "1.\tIt is slow.\n2.\tIt ends.\nRelated Terms\nflood:\tThe rise.\nneap tide:\tA weak one.\n"
    )
    record = only_record(parse(page, "sea/ebb.txt"))
    assert record.definition.text == "Water falls."
    assert [one.term.text for one in record.related_terms] == ["flood", "neap tide"]
