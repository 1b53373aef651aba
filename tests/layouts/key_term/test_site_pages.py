"""The site's key-term pages of today: a headline of term and course, and the site's own Markdown."""

import pytest

from parsed_pages import codes, only_record, parse
from pipeline.config import DefaultsRule, Settings
from pipeline.records import KeyTerm

TEXT = """{head}

A tariff is a tax that a country puts on goods when they cross its border.

{signs}

Tariff vs. quota

A quota limits the amount; a tariff changes the price.
"""
VERIFIED = "Verified for the 2027 AP Sample History examLast updated June 2026"
WHAT = "What is a tariff?\n\nThink of a toll gate: whoever brings goods in pays at the gate."
WHY = "Why tariffs matter in AP Sample\n\nUnit 4 asks you to explain who gained and who lost by them."


@pytest.mark.parametrize(
    ("head", "signs"),
    [
        ("Tariff in AP Sample History", f"{VERIFIED}\n\n{WHAT}\n\n{WHY}"),
        ("Tariff in AP Sample History", VERIFIED),
        ("Tariffs in AP Sample History", f"{WHAT}\n\n{WHY}"),
        ("Tariff in AP Sample History", f"Key things to know about tariffs\n\nIt raises money.\n\n{WHY}"),
    ],
)
def test_a_headline_says_term_and_course_and_the_text_below_it_is_the_definition(head: str, signs: str) -> None:
    outcome = parse(TEXT.format(head=head, signs=signs), "tariff.txt")
    record = only_record(outcome)
    assert (record.term.text, record.course.title) == (head.split(" in ", maxsplit=1)[0], "AP Sample History")
    assert record.definition.text == "A tariff is a tax that a country puts on goods when they cross its border."
    assert record.source.inferred == ("definition",)
    assert [one for one in outcome.findings if one.level == "doubt"] == []
    told = " ".join(piece.text for piece in outcome.ledger.unclaimed)
    assert "Tariff vs. quota" in told
    assert "AP Sample History" not in told


def test_a_term_that_says_in_is_cut_where_the_page_confirms_it() -> None:
    signs = "Verified for the 2027 AP Sample History exam\n\nWhat are changes in trade?\n\nNew routes."
    record = only_record(parse(TEXT.format(head="Changes in trade in AP Sample History", signs=signs), "x.txt"))
    assert (record.term.text, record.course.title) == ("Changes in trade", "AP Sample History")


@pytest.mark.parametrize("head", ["Tariff in AP Sample History", "A Toll at the Gate in Old Times", "Trade in Europe"])
def test_a_line_with_in_is_no_headline_by_itself(head: str) -> None:
    page = TEXT.format(head=head, signs="More about money\n\nMoney is what a state needs.")
    assert codes(parse(page, "x.txt")) == ["no-layout"]


HTML = """<!doctype html><html lang="en"><head>
<title>Tariff — AP Sample History Definition &amp; Exam Guide | Fiveable</title>
<link rel="canonical" href="https://fiveable.me/sample/key-terms/tariff"></head><body>
<header><a href="/">Fiveable</a> <button>upgrade</button></header>
<main><h1>Tariff in AP Sample History</h1><p>A tariff is a tax on goods that cross a border.</p>
<p>Verified for the 2027 AP Sample History exam</p><p>Last updated June 2026</p>
<h2>What is a tariff?</h2><p>Think of a toll gate.</p>
<h2>Key things to know about tariffs</h2><ul><li>It raises money.</li><li>It protects makers.</li></ul>
<h2>Frequently asked questions</h2><h3>Who pays a tariff?</h3><p>The importer pays it.</p>
<h2>Related terms</h2><ul><li><a href="/sample/key-terms/quota">Quota</a>: A limit on an amount.</li></ul>
</main><footer>© 2026 Fiveable Inc. All rights reserved.</footer></body></html>"""


def test_the_sections_below_a_headline_are_read() -> None:
    outcome = parse(HTML, "x.html")
    record = only_record(outcome)
    assert record.id == "fiveable/ap-sample-history/tariff"
    assert record.definition.text == "A tariff is a tax on goods that cross a border."
    assert [fact.text for fact in record.facts] == ["It raises money.", "It protects makers."]
    assert [one.question.text for one in record.questions] == ["Who pays a tariff?"]
    assert [one.term.text for one in record.related_terms] == ["Quota"]
    assert [piece.text for piece in outcome.ledger.unclaimed] == ["What is a tariff?", "Think of a toll gate."]


def test_a_page_that_lost_its_headline_is_named_by_title_and_address() -> None:
    page = HTML.replace("<h1>Tariff in AP Sample History</h1>", "<h1>Tariff</h1><h2>Definition</h2>")
    record = only_record(parse(page, "x.html"))
    assert (record.term.text, record.course.title) == ("Tariff", "AP Sample History")
    assert record.source.inferred == ("course",)


MARKDOWN = """---
title: "{title}"
canonical: "https://fiveable.me/ap-ocean/key-terms/tide"
type: "key-term"
subject: "AP Ocean Science"
---

# {title}

## Definition

The slow rise and fall of the sea.

## Related Study Guides

- [2.6 Currents](/ap-ocean/unit-2/currents/study-guide/7yV)
- [2.8 Waves](/ap-ocean/unit-2/waves/study-guide/CCE)

## Review

### Related Terms

- [Ebb](/ap-ocean/key-terms/ebb): The fall of the water.
"""


@pytest.mark.parametrize("given", [(), (DefaultsRule(path="**", course="Seas"),)], ids=["alone", "defaults"])
@pytest.mark.parametrize(
    "title",
    ["Tide — AP Ocean Science Definition & Exam Guide", "Tide - AP Ocean Science Definition and Exam Guide", "Tide"],
)
def test_the_sites_markdown_says_its_course_in_its_front_matter(title: str, given: tuple[DefaultsRule, ...]) -> None:
    outcome = parse(MARKDOWN.format(title=title), "tide.md", Settings(defaults=given))
    record = only_record(outcome)
    assert isinstance(record, KeyTerm)
    assert record.id == "fiveable/ap-ocean-science/tide"
    assert (record.term.text, record.course.title) == ("Tide", "AP Ocean Science")
    assert record.definition.text == "The slow rise and fall of the sea."
    assert [one.term.text for one in record.related_terms] == ["Ebb"]
    assert record.source.inferred == ()
    assert outcome.ledger.unclaimed == ()


def test_the_type_in_the_front_matter_is_a_sign_of_the_page() -> None:
    page = MARKDOWN.format(title="Tide").split("## Related Study")[0]
    assert only_record(parse(page, "tide.md")).term.text == "Tide"
    assert codes(parse(page.replace('type: "key-term"\n', ""), "tide.md")) == ["no-layout"]
