"""What of a study guide's page is its text: lists that repeat headings, call-outs, keys of answers."""

import pytest

from parsed_pages import parse
from pipeline.records import StudyGuide
from pipeline.stages.page.outcome import ParseOutcome

HEAD = "<p>Biology Unit 3 Review</p><h1>3.5 Cells</h1><p>6 min read</p>"
WALLS = "<h2>Walls</h2><p>Walls hold a cell up, and keep its neighbours out of it.</p>"
DOORS = "<h2>Doors</h2><p>Doors let in what a cell needs. Most of them turn one way only.</p>"


def outcome_of(body: str) -> ParseOutcome:
    return parse(
        f"<html><head><link rel='canonical' href='https://example.org/cells'></head><body><main>{HEAD}{body}</main></body></html>",
        "cells.html",
    )


def guide_of(body: str) -> StudyGuide:
    outcome = outcome_of(body)
    assert outcome.ledger.unclaimed == ()
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    return record


def texts(guide: StudyGuide) -> dict[str, str]:
    return {section.heading.text: " ".join(section.body.text.split()) for section in guide.sections}


LIST = "<ul><li>Walls</li><li>Doors</li></ul>"
LINKS = "<ul><li><a href='/w'>Walls</a></li><li><a href='/d'>Doors</a></li></ul>"


def test_a_list_to_which_the_text_leads_up_is_text_though_its_items_are_headings_below() -> None:
    guide = guide_of(f"<p>A cell has two parts worth a look:</p>{LIST}{WALLS}{DOORS}")
    assert guide.lead is not None
    assert guide.lead.text.split() == ["A", "cell", "has", "two", "parts", "worth", "a", "look:", "Walls", "Doors"]


def test_a_list_of_links_or_one_below_no_text_is_a_table_of_contents() -> None:
    for listed in (f"<p>A cell has two parts worth a look:</p>{LINKS}", LIST, f"<p>On this page</p>{LIST}"):
        guide = guide_of(f"{listed}{WALLS}{DOORS}")
        assert set(texts(guide)) == {"Walls", "Doors"}
        assert "Doors" not in (guide.lead.text if guide.lead else "")


def test_a_call_out_between_paragraphs_is_text_and_a_bar_of_links_is_none() -> None:
    call = "<aside><h4>Remember</h4><p>💡 Water follows salt.</p></aside>"
    bar = "<aside><p>Related guides</p><a href='/a'>Salt</a><a href='/b'>Water</a></aside>"
    said = texts(guide_of(f"{WALLS}{call}<p>So walls have to stand it.</p>{DOORS}{bar}"))
    assert said["Walls"].endswith("Remember 💡 Water follows salt. So walls have to stand it.")
    assert "Salt" not in said["Doors"]
    outcome = outcome_of(f"{WALLS}{bar}{DOORS}")
    assert "Salt" not in texts(outcome.records[0])["Walls"]  # type: ignore[arg-type]


def test_a_key_under_a_heading_of_its_own_gives_the_answers() -> None:
    first = "<p>1. What is a cell?</p><p>A. a room</p><p>B. a wall</p>"
    second = "<p>2. What is a wall?</p><p>A. a side</p><p>B. a floor</p>"
    key = "<h2>Answer Key</h2><p>1. A</p><p>2. A</p>"
    guide = guide_of(f"{WALLS}<h2>Practice Questions</h2>{first}{second}{key}")
    assert [question.answer.text for question in guide.questions if question.answer] == ["a room", "a side"]
    assert set(texts(guide)) == {"Walls"}


@pytest.mark.parametrize(
    ("lead_in", "told"),
    [
        ("By the end of this week you will be able to:", []),
        ("After this lesson you should know how to:", []),
        ("In this lesson we do three things.", ["unclaimed-text"]),
    ],
)
def test_a_line_that_leads_up_to_the_objectives_is_none_of_them(lead_in: str, told: list[str]) -> None:
    body = f"<h2>Learning objectives</h2><p>{lead_in}</p><ul><li>Say why the sea rises</li><li>Read a table</li></ul>"
    outcome = outcome_of(body + WALLS)
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    assert [item.text for item in record.objectives] == ["Say why the sea rises", "Read a table"]
    assert [finding.code for finding in outcome.findings] == told
