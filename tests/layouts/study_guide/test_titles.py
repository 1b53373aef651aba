"""The title of a guide: never a section's heading, and never a line that nothing but itself calls one."""

import pytest

from parsed_pages import codes, finding, parse
from pipeline.config import DefaultsRule, Settings
from pipeline.records import StudyGuide
from pipeline.stages.page.outcome import ParseOutcome

SAID = Settings(defaults=(DefaultsRule(path="**", course="Soil Science"),))
DOC = (
    "<html><head>{head}</head><body>{above}<h1>Key points</h1><ul><li>A teaspoon of soil has many bacteria.</li></ul>"
    "<h1>Vocabulary</h1><p><b>nematode</b>: A tiny roundworm.</p><h1>Check yourself</h1><ol><li>What does a fungus"
    " get?</li></ol><p><b>Answers</b></p><ol><li>Sugar.</li></ol></body></html>"
)
TITLE = '<p class="c4">Life in the soil</p>'


def guide(outcome: ParseOutcome) -> StudyGuide:
    assert [reject.message for reject in outcome.rejects] == []
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    return record


def title(outcome: ParseOutcome) -> str:
    return guide(outcome).title.text


@pytest.mark.parametrize(
    ("head", "above", "path"),
    [
        ("", TITLE, "life-in-the-soil.html"),
        ("<title>Life in the soil</title>", TITLE, "page7.html"),
        ("<title>Life in the soil - Docs</title>", f"{TITLE}<p>Spring term</p>", "page7.html"),
        ("", f"<p>Room 12</p>{TITLE}", "life-in-the-soil.html"),
    ],
    ids=["file name", "title tag", "subtitle", "line above"],
)
def test_the_line_above_headings_of_one_level_is_the_title_that_another_place_names(
    head: str, above: str, path: str
) -> None:
    outcome = parse(DOC.format(head=head, above=above), path, SAID)
    record = guide(outcome)
    assert record.title.text == "Life in the soil"
    assert [section.heading.text for section in record.sections] == ["Key points"]
    assert "title" in record.source.inferred
    assert "doubtful-name" not in [one.code for one in outcome.findings]


def test_the_class_above_a_title_is_none() -> None:
    outcome = parse(DOC.format(head="", above=f"<p>Soil Science</p>{TITLE}"), "page7.html", SAID)
    assert title(outcome) == "Life in the soil"
    assert finding(outcome, "doubtful-name").value == "Life in the soil"


def test_a_title_that_no_other_place_names_is_in_doubt() -> None:
    outcome = parse(DOC.format(head="", above=TITLE), "page7.html", SAID)
    assert title(outcome) == "Life in the soil"
    doubt = finding(outcome, "doubtful-name")
    assert (doubt.level, doubt.field, doubt.value, doubt.line) == ("doubt", "title", "Life in the soil", 1)
    assert 'the first heading is "Key points"' in doubt.signs


def test_a_heading_that_the_page_is_called_after_is_its_title_though_sections_have_its_level() -> None:
    page = DOC.format(head="<title>Key points | Soil</title>", above="<p>Soil notes</p>")
    assert title(parse(page, "page7.html", SAID)) == "Key points"


def test_a_title_that_alone_is_of_the_first_level_stays_one() -> None:
    page = (
        DOC.format(head="", above="<p>Soil notes</p>")
        .replace("h1", "h2")
        .replace("<h2>Key points</h2>", "<h1>Soil</h1>")
    )
    outcome = parse(page, "page7.html", SAID)
    assert (title(outcome), guide(outcome).source.inferred) == ("Soil", ())


TEXT = """{above}

Overview

Soil holds water in its pores, and the widest of them drain first when the rain is over and the wind comes up.

Key Terms to Review (1)

pore: A hole between grains.

Practice Questions

Which pores drain first?

The widest.
"""


@pytest.mark.parametrize("above", ["What is inside the ground", "Notes for pupils and families", "Spring term"])
def test_a_line_alone_is_no_title(above: str) -> None:
    assert codes(parse(TEXT.format(above=above), "page7.txt", SAID)) == ["no-title"]


@pytest.mark.parametrize(
    ("above", "path", "said"),
    [
        ("Water in soil\n\nWritten by Ana Cruz • Last updated July 2026", "page7.txt", "Water in soil"),
        ("Water in soil\n\nWater in soil", "page7.txt", "Water in soil"),
        ("Water in soil", "soil/water-in-soil.txt", "Water in soil"),
        ("Soil Unit 2 Topic 5: Water", "page7.txt", "Soil Unit 2 Topic 5: Water"),
        ("Soil Unit 2 Review\n\n2.5 Water", "page7.txt", "Water"),
    ],
    ids=["byline", "twice", "file name", "part of the class", "topic"],
)
def test_a_line_is_a_title_by_its_place_or_by_what_else_names_it(above: str, path: str, said: str) -> None:
    assert title(parse(TEXT.format(above=above), path, SAID)) == said
