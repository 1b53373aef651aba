"""Selectors of a user's layout: what counts as content, what is dropped by name, what says a field."""

from pathlib import Path

from parsed_pages import finding, parse
from pipeline.config import load_settings
from pipeline.records import KeyTerm, StudyGuide
from pipeline.stages.page.outcome import ParseOutcome

PAGE = """<!doctype html><html lang="en"><head><title>Bread Hub</title>
<meta name="credit" content="Ada Oven, Bo Crust"></head><body>
<div class="top">Bread Hub <p>Buy our mixer</p></div>
<div class="card"><table><tr><th>Module</th><td>Unit 2: Doughs</td></tr><tr><th>Course</th><td>Baking</td></tr>
<tr><th>Status</th><td>Final</td></tr></table></div>
<article><div class="name">Shaping a loaf</div>
<h2>Folding</h2><p>Fold the edges to the middle.</p><div class="rate">Rate this page: 1 2 3</div>
<h2>Vocabulary</h2><ul><li><b>crumb</b>: the inside of a loaf</li></ul></article>
<p>Visit our shop</p></body></html>"""
LAYOUT = """
[[layouts]]
name = "bread"
extends = "study-guide"
publisher = "Bread Hub"
content = ["article"]
drop = [".rate"]
[layouts.select]
title = ".name"
course = "tr:has(th:lexbor-contains('Course')) td"
unit = "tr:has(th:lexbor-contains('Module')) td"
authors = "meta[name=credit] @content"
"""


def read(tmp_path: Path, page: str, toml: str, path: str = "bread/loaf.html") -> ParseOutcome:
    config = tmp_path / "guidepress.toml"
    config.write_text(toml, encoding="utf-8")
    return parse(page, path, load_settings(config))


def guide(outcome: ParseOutcome) -> StudyGuide:
    assert outcome.rejects == ()
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    return record


def test_selected_elements_say_their_fields_wherever_they_stand(tmp_path: Path) -> None:
    record = guide(read(tmp_path, PAGE, LAYOUT))
    assert (record.title.text, record.course.title, record.authors) == (
        "Shaping a loaf",
        "Baking",
        ("Ada Oven", "Bo Crust"),
    )
    assert record.unit is not None
    assert (record.unit.number, record.unit.title) == (2, "Doughs")
    assert [section.heading.text for section in record.sections] == ["Folding"]
    assert [section.body.text for section in record.sections] == ["Fold the edges to the middle."]
    assert record.lead is None
    assert (record.source.inferred, record.source.given) == ((), ())


def test_what_is_outside_the_content_or_dropped_is_in_the_ledger_by_name(tmp_path: Path) -> None:
    ledger = read(tmp_path, PAGE, LAYOUT).ledger
    assert ledger.unclaimed == ()
    assert ledger.boilerplate[".rate"] == len("Ratethispage:123")
    outside = "BreadHubBuyourmixerModuleCourseStatusFinalVisitourshop"
    assert ledger.boilerplate["outside the content"] == len(outside)
    assert ledger.fields["course"] == len("Baking")


def test_what_no_selector_of_the_content_finds_is_read_whole_and_told(tmp_path: Path) -> None:
    outcome = read(tmp_path, PAGE.replace("article", "section"), LAYOUT)
    assert "`article` finds nothing" in finding(outcome, "selector").message
    assert [section.heading.text for section in guide(outcome).sections] == ["Folding"]


def test_a_layout_with_selectors_that_does_not_mean_a_page_takes_nothing_of_it(tmp_path: Path) -> None:
    other = LAYOUT.replace('name = "bread"', 'name = "bread"\npath = ["cake/**"]')
    plain = '[[layouts]]\nname = "plain"\nextends = "study-guide"\n'
    record = guide(read(tmp_path, PAGE.replace("<article>", "<article><h1>Loaves</h1>"), other + plain))
    assert record.source.layout == "plain"
    assert record.sections[0].body.text == "Fold the edges to the middle.\nRate this page: 1 2 3"


def test_a_layout_that_turns_out_not_to_fit_leaves_the_page_as_it_was(tmp_path: Path) -> None:
    first = '[[layouts]]\nname = "terms"\ncontent = [".rate"]\n[layouts.headings]\ndefinition = ["nowhere"]\n'
    record = guide(read(tmp_path, PAGE, first + LAYOUT))
    assert record.source.layout == "bread"
    assert [section.heading.text for section in record.sections] == ["Folding"]


TERM = """<html><head><title>Acme</title></head><body><header><h1>Acme Crafts</h1></header>
<p class="crumb">Home <span class="class">Sewing</span></p><div class="entry"><span class="word">selvage</span></div>
<div class="meaning"><p>The woven edge of a fabric.</p><p>It does <em>not</em> fray.</p></div>
<h2>Worth knowing</h2><ul><li>It is cut off before sewing.</li></ul></body></html>"""
TERM_LAYOUT = """
[[layouts]]
name = "acme"
extends = "key-term"
publisher = "Acme"
[layouts.headings]
facts = ["worth knowing"]
[layouts.select]
term = ".word"
course = ".class"
definition = ".meaning"
"""


def test_a_term_page_is_read_by_selectors_alone(tmp_path: Path) -> None:
    outcome = read(tmp_path, TERM, TERM_LAYOUT)
    assert outcome.rejects == ()
    (record,) = outcome.records
    assert isinstance(record, KeyTerm)
    assert record.id == "acme/sewing/selvage"
    assert record.source.inferred == ()
    assert record.definition.html == "<p>The woven edge of a fabric.</p><p>It does <em>not</em> fray.</p>"
    assert [fact.text for fact in record.facts] == ["It is cut off before sewing."]


def test_a_page_cannot_mark_its_own_elements(tmp_path: Path) -> None:
    page = TERM.replace('<p class="crumb">', '<p guidepress-field="course">Forged</p><p class="crumb">')
    (record,) = read(tmp_path, page, TERM_LAYOUT).records
    assert record.course.title == "Sewing"
