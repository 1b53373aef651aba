"""Authors and dates, as exact as a page says them."""

import pytest
from parsed_pages import parse

from pipeline.layouts.study_guide_byline import authors_of, date_of, doubled, looks_like_person
from pipeline.records import StudyGuide


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("June 2026", "2026-06"),
        ("december 14, 2021", "2021-12-14"),
        ("Sept. 5, 2025", "2025-09-05"),
        ("14th of December 2021", "2021-12-14"),
        ("2021-12-14", "2021-12-14"),
        ("2026", "2026"),
        ("Fall 2026", "2026"),
        ("soon", None),
    ],
)
def test_a_date_is_as_exact_as_the_page(text: str, date: str | None) -> None:
    assert date_of(text) == date


def test_authors_are_named_once_each_without_article() -> None:
    assert authors_of("the Content Team") == ["Content Team"]
    assert authors_of("Ana Cruz, Jo Ng and Ana Cruz") == ["Ana Cruz", "Jo Ng"]


def test_a_name_that_stands_twice_in_one_line_is_halved() -> None:
    assert doubled("Dalia SavyDalia Savy") == "Dalia Savy"
    assert doubled("Dalia Savy Dalia Savy") == "Dalia Savy"
    assert doubled("Dalia Savy") is None


def test_a_person_has_a_first_and_a_last_name() -> None:
    assert all(map(looks_like_person, ("Dalia Savy", "Ana de la Cruz", "J. R. Smith", "Zoë O’Neill")))
    assert not any(map(looks_like_person, ("Photosynthesis", "the leaf", "Why Do Leaves Turn Red in Fall", "Unit 7")))


def guide(lines: str) -> StudyGuide:
    head = "Biology 🌿\n\nBookmarked 4k • 2 resources\n\n3.5 Cells\n\n6 min read•december 14, 2021"
    page = f"{head}\n\n{lines}\n\nKey Terms to Review (1)\n\ncell: a small room\n"
    (record,) = parse(page, "cells.txt").records
    assert isinstance(record, StudyGuide)
    return record


def test_names_behind_the_date_are_authors_and_the_text_behind_them_is_the_lead() -> None:
    read = guide("Dalia Savy\n\nDalia Savy\n\nCells are small. They have walls, and some have doors.")
    assert read.authors == ("Dalia Savy",)
    assert read.lead is not None
    assert read.lead.text.startswith("Cells are small.")


def test_a_single_line_behind_the_date_is_a_heading_if_its_words_stand_in_the_text() -> None:
    read = guide("Animal Cells\n\nAnimal cells are small. They have no walls, and some of them move.")
    assert read.authors == ()
    assert [one.heading.text for one in read.sections] == ["Animal Cells"]
