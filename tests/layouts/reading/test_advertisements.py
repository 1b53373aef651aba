"""Places for advertisements between a page's parts, and pages about advertising."""

import pytest

from parsed_pages import only_record, parse, term_html
from pipeline.records import StudyGuide

WORDS = (
    "Advertisement", "ADVERTISEMENT", "Sponsored", "Ad", "Ads by Northwind", "Article continues below", "Werbung",
    "Report this ad", "Advertisement - scroll to continue", "Sponsored content", "Story continues below advertisement",
)  # fmt: skip
GUIDE = """<!doctype html><title>t</title><p>Sea Unit 3 Review</p><h1>Tides</h1><p>Written by Ann Lee</p>
<h2>Learning objectives</h2><ul><li>Explain the tides</li></ul><p>{ad}</p><h2>Two bulges</h2><p>The moon pulls.</p>
<div class="slot">{ad}</div><p>So does the sun.</p><h2>Key Terms to Review (1)</h2><p>ebb: The fall of the sea.</p>
<p>{ad}</p>"""


@pytest.mark.parametrize("ad", WORDS)
@pytest.mark.parametrize("tag", ["p", "div", "span", "section"])
def test_a_place_for_an_advertisement_is_no_text_of_a_field(ad: str, tag: str) -> None:
    slot = f"<{tag}>{ad}</{tag}>" if tag != "span" else f"<div><span>{ad}</span></div>"
    page = term_html(
        definition=f"<h2>Definition</h2>{slot}<p>Water crosses a membrane.</p>{slot}",
        facts=f"<h2>2 Must Know Facts</h2><ol><li>It is passive.</li><li>It needs a membrane.</li></ol>{slot}",
        questions=f"<h2>Review Questions</h2><p>Why?</p><p>Because of the solute.</p>{slot}",
        related=f"<h2>Related Terms</h2>{slot}<p><b>Solute</b>: What is dissolved.</p>{slot}",
    )
    outcome = parse(page)
    record = only_record(outcome)
    assert record.definition.text == "Water crosses a membrane."
    assert [fact.text for fact in record.facts] == ["It is passive.", "It needs a membrane."]
    assert [one.answer and one.answer.text for one in record.questions] == ["Because of the solute."]
    assert [term.definition and term.definition.text for term in record.related_terms] == ["What is dissolved."]
    assert not outcome.ledger.unclaimed


@pytest.mark.parametrize("ad", WORDS)
def test_a_guide_has_no_advertisement(ad: str) -> None:
    outcome = parse(GUIDE.format(ad=ad), "sea/p.html")
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    assert [objective.text for objective in record.objectives] == ["Explain the tides"]
    assert record.lead is None
    assert record.sections[0].body.text == "The moon pulls.\nSo does the sun."
    assert [word.definition and word.definition.text for word in record.vocabulary] == ["The fall of the sea."]
    assert not outcome.ledger.unclaimed


def test_an_advertisement_in_a_text_extraction_is_no_part_of_a_definition() -> None:
    page = "tide\nfrom class:\nSea\nDefinition\nIt rises.\nAdvertisement\n1 Must Know Facts\n  1. The moon pulls.\n"
    assert only_record(parse(page, "sea/tide.txt")).definition.text == "It rises."


@pytest.mark.parametrize(
    "page",
    [
        "Advertisement\nfrom class:\nMarketing\nDefinition\nA message that is paid for; advertising sells.\n",
        "brand\nfrom class:\nMarketing\nDefinition\nA name.\nRelated Terms\nAdvertisement: A paid message.\n",
    ],
)
def test_a_page_about_advertising_keeps_its_words(page: str) -> None:
    record = only_record(parse(page, "marketing/p.txt"))
    assert "Advertisement" in (record.term.text, *(one.term.text for one in record.related_terms))


def test_a_word_of_a_list_of_terms_is_no_advertisement() -> None:
    related = "<h2>Related Terms</h2><ul><li>Brand</li><li>Slogan</li><li>Advertisement</li></ul>"
    record = only_record(parse(term_html(related=related)))
    assert [term.term.text for term in record.related_terms] == ["Brand", "Slogan", "Advertisement"]
