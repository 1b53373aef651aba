"""What flavours of Markdown write beside CommonMark, and Org: fields hold the words, not the marks."""

import pytest

from parsed_pages import only_record, parse
from pipeline.blocks.flavours import markdown_of_wiki

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


WIKI = {
    "MediaWiki": (
        "= ebb =\nfrom class:\n=== Oceanography ===\n== Definition ==\nWater ''falls''.<ref>A book.</ref>\n"
        "== 2 Must Know Facts For Your Next Test ==\n# It is slow.\n# It ends.\n"
        "== Related Terms ==\n; flood : The rise.\n; slack\n: The rest.\n[[Category:Tides]]\n"
    ),
    "bold terms": (
        "=ebb=\nfrom class:\n===Oceanography===\n==Definition==\nWater falls.\n"
        "==2 Must Know Facts For Your Next Test==\n#It is slow.\n#It ends.\n"
        "==Related Terms==\n*'''flood''': The rise.\n*'''slack''': The rest.\n"
    ),
    "DokuWiki": (
        "====== ebb ======\n\nfrom class:\n\n==== Oceanography ====\n\n===== Definition =====\n\nWater //falls//.\n\n"
        "===== 2 Must Know Facts For Your Next Test =====\n\n  - It is slow.\n  - It ends.\n\n"
        "===== Related Terms =====\n\n^ Term ^ Definition ^\n| flood | The rise. |\n| slack | The rest. |\n"
    ),
    "AsciiDoc": (
        "= ebb\n\nfrom class:\n\n=== Oceanography\n\n== Definition\n\nWater _falls_.\n\n"
        "== 2 Must Know Facts For Your Next Test\n\n. It is slow.\n. It ends.\n\n"
        "== Related Terms\n\nflood:: The rise.\nslack::\n  The rest.\n"
    ),
    "Textile": (
        "h1. ebb\n\nfrom class:\n\nh3. Oceanography\n\nh2. Definition\n\nWater _falls_.\n\n"
        "h2. 2 Must Know Facts For Your Next Test\n\n# It is slow.\n# It ends.\n\n"
        "h2. Related Terms\n\n- flood := The rise.\n- slack := The rest.\n"
    ),
    "Jira": (
        "h1. ebb\n\nfrom class:\n\nh3. Oceanography\n\nh2. Definition\n\nWater falls.\n\n"
        "h2. 2 Must Know Facts For Your Next Test\n\n# It is slow.\n# It ends.\n\n"
        "h2. Related Terms\n\n||flood|The rise.|\n||slack|The rest.|\n"
    ),
}


@pytest.mark.parametrize("name", WIKI)
def test_the_source_of_a_wiki_says_what_its_page_says(name: str) -> None:
    outcome = parse(WIKI[name], "sea/ebb.txt")
    record = only_record(outcome)
    assert (record.term.text, record.course.title, record.definition.text) == ("ebb", "Oceanography", "Water falls.")
    assert [fact.text for fact in record.facts] == ["It is slow.", "It ends."]
    pairs = [(item.term.text, item.definition and item.definition.text) for item in record.related_terms]
    assert pairs == [("flood", "The rise."), ("slack", "The rest.")]
    assert not outcome.ledger.unclaimed


@pytest.mark.parametrize("text", ["x == y\n= z = 3\n", "a\n====\nb\n====\n"])
def test_signs_of_a_wiki_that_stand_by_chance_make_no_wiki(text: str) -> None:
    assert markdown_of_wiki(text) is None


def test_a_table_of_a_wiki_has_rows_and_cells() -> None:
    table = '{| class="wide"\n|-\n! Word !! Sense\n|-\n| ebb || the fall\n|-\n| flood\n| the rise\n|}\n'
    found = markdown_of_wiki(f"= Tides =\n== Words ==\n{table}after\n") or ""
    assert "| Word | Sense |\n|---|---|\n| ebb | the fall |\n| flood | the rise |\n\nafter" in found


def test_properties_of_blocks_are_cut() -> None:
    page = PAGE.format("Water falls.").replace("1. It is slow.", "1. It is slow.\n   logseq.order-list-type:: number")
    outcome = parse(page, "sea/ebb.md")
    assert only_record(outcome).facts[0].text == "It is slow."
    assert "property of a block" in outcome.ledger.boilerplate


def test_a_box_of_notion_is_told_and_is_no_answer() -> None:
    outcome = parse(
        PAGE.format("Water falls.") + "\n<aside>\n💡 Bring a chart of the coast to class.\n\n</aside>\n", "s/e.md"
    )
    assert "aside" not in only_record(outcome).model_dump_json()
    assert [piece.text for piece in outcome.ledger.unclaimed] == ["💡 Bring a chart of the coast to class."]


def test_a_wrapped_heading_is_one() -> None:
    heading = "# The rise and the fall of the sea, and of all the rivers that run into it, by"
    page = PAGE.format("Water falls.").replace("# ebb", f"{heading}\nday")
    assert only_record(parse(page, "sea/ebb.md")).term.text == f"{heading[2:]} day"


def test_a_definition_of_several_lines_is_one_paragraph() -> None:
    page = PAGE.format("Water falls.").replace("- [[flood]]: The rise.", "flood\n\n:   The rise of\n    the sea.")
    assert only_record(parse(page, "sea/ebb.md")).related_terms[0].definition.html == "The rise of the sea."
