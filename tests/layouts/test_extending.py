"""Layouts that extend another one; boilerplate of any length and place; regions; fields that are given."""

from pathlib import Path

import pytest

from parsed_pages import parse
from pipeline.config import load_settings
from pipeline.records import StudyGuide
from pipeline.stages.page.outcome import ParseOutcome

WEEK = """<html lang="en"><head><title>Soil Science : Water in soil</title></head><body>
<h1>Soil Science : Water in soil</h1>
<table><tr><th>Course</th><td>Soil Science</td></tr><tr><th>Week</th><td>2</td></tr></table>
<h2>Three kinds of water</h2><p>Gravity drains the widest pores within a day or two.</p>
<h2>Vocabulary</h2><ul><li><b>wilting point</b>: The water content at which plants wilt.</li></ul>
<h2>Check yourself</h2>
<details><summary>Which pores drain first?</summary><p>Show the answer</p><p>The widest.</p></details>
<p>16 March 2025</p></body></html>"""
NOTES = """
[[layouts]]
name = "fernwood-notes"
extends = "study-guide"
publisher = "Fernwood Open Notes"
course = "Soil Science"
[layouts.headings]
questions = ["check yourself"]
[layouts.boilerplate]
properties = ["course", "soil science", "week", "2"]
"comment date" = ["16 march 2025"]
[[layouts.evidence.title]]
from = "title"
pattern = "^[^:]+ : (?P<value>.+)$"
[[layouts.evidence.unit]]
from = "path"
pattern = "week-(?P<value>\\\\d+)"
"""


def read(tmp_path: Path, page: str, toml: str, path: str = "soil/week-2.html") -> ParseOutcome:
    config = tmp_path / "guidepress.toml"
    config.write_text(toml, encoding="utf-8")
    return parse(page, path, load_settings(config))


def guide(outcome: ParseOutcome) -> StudyGuide:
    assert outcome.rejects == ()
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    return record


def test_a_guide_layout_gives_title_unit_and_boilerplate_down_to_cells(tmp_path: Path) -> None:
    outcome = read(tmp_path, WEEK, NOTES)
    record = guide(outcome)
    assert record.id == "fernwood-open-notes/soil-science/unit-2/water-in-soil"
    assert record.lead is None
    assert [item.term.text for item in record.vocabulary] == ["wilting point"]  # a heading of the extended layout
    assert record.questions[0].answer is not None
    assert record.questions[0].answer.text == "The widest."
    assert outcome.ledger.unclaimed == ()
    assert outcome.ledger.boilerplate["properties"] == len("CourseSoilScienceWeek2")
    assert outcome.ledger.boilerplate["comment date"] == len("16March2025")


def test_words_behind_an_exclamation_mark_stand_in_place_of_the_others(tmp_path: Path) -> None:
    page = WEEK.replace("Check yourself", "Practice Questions")
    added = guide(read(tmp_path, page, NOTES))
    instead = guide(read(tmp_path, page, NOTES.replace('["check yourself"]', '["!", "check yourself"]')))
    assert [question.question.text for question in added.questions] == ["Which pores drain first?"]
    assert instead.questions == ()
    assert [section.heading.text for section in instead.sections] == ["Three kinds of water", "Practice Questions"]


def test_a_layout_extends_another_one_of_the_user(tmp_path: Path) -> None:
    child = '[[layouts]]\nname = "later"\nextends = "fernwood-notes"\npath = ["soil/**"]\ncourse = "Soils"\n'
    record = guide(read(tmp_path, WEEK, child + NOTES.replace("course =", 'path = ["other/**"]\ncourse =')))
    assert (record.source.layout, record.course.title, record.publisher) == ("later", "Soils", "Fernwood Open Notes")
    assert [question.question.text for question in record.questions] == ["Which pores drain first?"]


def test_boilerplate_matches_blocks_of_any_length(tmp_path: Path) -> None:
    intro = "This site collects words of the sea. " * 40
    page = f"<title>Sea words</title><p>{intro}</p><dl><dt>ebb</dt><dd>The fall of the water.</dd></dl>"
    toml = '[[layouts]]\nname = "sea"\ncourse = "Sea"\nmany = "pairs"\n[layouts.boilerplate]\n'
    outcome = read(tmp_path, page, toml + 'intro = ["this site collects words of the sea\\\\..*"]\n')
    assert [record.kind for record in outcome.records] == ["key_term"]
    assert outcome.ledger.unclaimed == ()
    assert outcome.ledger.boilerplate["intro"] == len("".join(intro.split()))


REGIONS = (
    NOTES
    + """
[layouts.regions]
comments = {from = ["one response to .*"], to = "end"}
sharing = {from = ["share this"], to = "heading"}
"""
)
SHARED = WEEK.replace("<h2>Vocabulary", "<h3>Share this:</h3><ul><li>On a wall</li></ul><h2>Vocabulary").replace(
    "</body>",
    "<h2>One response to “Water”</h2><p>Petra M.</p><p>Thanks!</p><h3>Leave a Reply</h3>"
    "<footer>© 2026 Fernwood</footer></body>",
)


def test_a_region_ends_with_the_page_or_before_the_next_heading(tmp_path: Path) -> None:
    outcome = read(tmp_path, SHARED, REGIONS)
    plain = guide(read(tmp_path, WEEK, NOTES))
    record = guide(outcome)
    assert (record.sections, record.vocabulary, record.questions) == (
        plain.sections,
        plain.vocabulary,
        plain.questions,
    )
    assert record.notices == ("© 2026 Fernwood",)
    assert outcome.ledger.boilerplate["sharing"] == len("Sharethis:Onawall")
    assert outcome.ledger.boilerplate["comments"] == len("Oneresponseto“Water”PetraM.Thanks!LeaveaReply")


def test_a_region_is_left_out_of_a_text_too(tmp_path: Path) -> None:
    text = (
        "2.1 Water in soil\n\nwritten by Ada Oven\n\nThree Kinds of Water\n\n"
        "Gravity drains the widest pores within a day or two.\n\n"
        "Share this\n\nOn a wall\n\nVocabulary\n\nwilting point: The water content at which plants wilt.\n\n"
        "One response to Water\n\nThanks, that finally made sense to me!\n"
    )
    outcome = read(tmp_path, text, REGIONS, "soil/week-2.txt")
    record = guide(outcome)
    assert [item.term.text for item in record.vocabulary] == ["wilting point"]
    assert outcome.ledger.boilerplate["sharing"] == len("SharethisOnawall")
    assert outcome.ledger.boilerplate["comments"] == len("OneresponsetoWaterThanks,thatfinallymadesensetome!")


@pytest.mark.parametrize(
    ("unit", "number", "title"),
    [("3", 3, None), ('"Unit 3: Cells"', 3, "Cells"), ('"week-3"', 3, None), ('"Foundations"', None, "Foundations")],
)
def test_defaults_give_a_title_and_a_unit_where_the_page_says_none(
    tmp_path: Path, unit: str, number: int | None, title: str | None
) -> None:
    toml = f'[[defaults]]\npath = "soil/**"\ncourse = "Soil"\ntitle = "Pores"\nunit = {unit}\n'
    page = (
        "<h2>Key Terms to Review (1)</h2><ul><li><b>pore</b>: a gap</li></ul><h2>Objectives</h2><ul><li>See.</li></ul>"
    )
    record = guide(read(tmp_path, page, toml))
    assert record.title.text == "Pores"
    assert record.unit is not None
    assert (record.unit.number, record.unit.title) == (number, title)
    assert record.source.given == ("course", "title", "unit")


def test_a_line_behind_its_label_is_a_field_of_one_value(tmp_path: Path) -> None:
    toml = NOTES + '[layouts.labels]\ncourse = ["course: (?P<value>.+)"]\nunit = ["week (?P<value>\\\\d+)"]\n'
    page = WEEK.replace("<h2>Three", "<p>Course: Wet Soils</p><p>Week 7</p><h2>Three")
    record = guide(read(tmp_path, page, toml))
    assert record.course.title == "Wet Soils"
    assert record.unit is not None
    assert record.unit.number == 7


def test_defaults_give_a_page_only_the_fields_of_its_kind(tmp_path: Path) -> None:
    toml = '[[defaults]]\npath = "**"\ncourse = "Sea"\ntitle = "Pores"\nunit = 3\n'
    toml += '[[layouts]]\nname = "sea"\nmany = "pairs"\n'
    outcome = read(tmp_path, "<dl><dt>ebb</dt><dd>The fall of the water.</dd></dl>", toml)
    assert [record.source.given for record in outcome.records] == [("course",)]


def test_a_layout_says_the_language_better_than_the_program_that_made_the_page(tmp_path: Path) -> None:
    page = WEEK.replace("<body>", '<body data-lang="cy">')
    record = guide(read(tmp_path, page, NOTES + '[layouts.select]\nlanguage = "body[data-lang] @data-lang"\n'))
    assert record.language == "cy"


@pytest.mark.parametrize("line", ["Topic name: Water at rest", "TOPIC NAME: Water at rest"])
def test_a_title_behind_its_label_is_the_title_without_it(tmp_path: Path, line: str) -> None:
    toml = NOTES + '[layouts.labels]\ntitle = ["topic name: (?P<value>.+)"]\n'
    record = guide(read(tmp_path, WEEK.replace("<h1>Soil Science : Water in soil</h1>", f"<p>{line}</p>"), toml))
    assert record.title.text == "Water at rest"


def test_a_term_behind_its_label_is_the_term_without_it(tmp_path: Path) -> None:
    toml = '[[layouts]]\nname = "words"\nextends = "key-term"\ncourse = "Sewing"\n[layouts.labels]\n'
    toml += 'term = ["entry: (?P<value>.+)"]\n'
    page = "<h1>Acme</h1><p>Entry: selvage</p><h2>Definition</h2><p>The woven edge of a fabric.</p>"
    outcome = read(tmp_path, page, toml)
    assert outcome.rejects == ()
    assert [record.id for record in outcome.records] == ["unknown/sewing/selvage"]


def test_what_defaults_give_goes_before_a_layouts_constant(tmp_path: Path) -> None:
    given = '[[defaults]]\npath = "soil/**"\nunit = "Unit 5: Rain"\n'
    constant = NOTES.replace('course = "Soil Science"', 'course = "Soil Science"\nunit = 4')
    constant = constant.split("[[layouts.evidence.unit")[0]
    units = [guide(read(tmp_path, WEEK, toml)).unit for toml in (constant, given + constant)]
    assert [unit and (unit.number, unit.title) for unit in units] == [(4, None), (5, "Rain")]
