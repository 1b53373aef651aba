"""Authors and dates, as exact as a page says them."""

import pytest

from parsed_pages import parse
from pipeline.layouts.study_guide.head.byline import authors_of, date_of, doubled, looks_like_person
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
        ("2026-27 edition", "2026"),
        ("June 31, 2026", "2026-06"),
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


BYLINES = {
    "Written by Dalia Savy • Last updated June 2026": (["Dalia Savy"], "2026-06"),
    "Last updated June 2026 • Written by Dalia Savy": (["Dalia Savy"], "2026-06"),
    "By Dalia Savy • Last updated June 2026": (["Dalia Savy"], "2026-06"),
    "by José Núñez and Ana de la Cruz | Updated June 2026": (["José Núñez", "Ana de la Cruz"], "2026-06"),
    "Dalia Savy • June 2026": (["Dalia Savy"], "2026-06"),
    "Dalia Savy • Last updated June 14, 2026": (["Dalia Savy"], "2026-06-14"),
    "Written by Dalia Savy | Last updated June 2026": (["Dalia Savy"], "2026-06"),
    "Written by Dalia Savy – Last updated June 2026": (["Dalia Savy"], "2026-06"),
    "Written by Dalia Savy • Published June 2026": (["Dalia Savy"], "2026-06"),
    "Written by Jo Ng • Published May 2020 • Updated June 2026": (["Jo Ng"], "2026-06"),
    "Written by Dalia Savy • 5 min read • Reviewed by Jo Ann Gray • Last updated June 2026": (
        ["Dalia Savy"],
        "2026-06",
    ),
    "Written by Dalia Savy • Last updated June 2026 • Verified for the 2026 exam": (["Dalia Savy"], "2026-06"),
    "Verified for the 2027 AP® Biology examWritten by Jo Ng • Last updated June 2026": (["Jo Ng"], "2026-06"),
    "Written by Jane Doe, PhD • Last updated June 2026": (["Jane Doe, PhD"], "2026-06"),
    "Written by Jane Doe, M.A., and John Roe, Jr.": (["Jane Doe, M.A.", "John Roe, Jr."], None),
    "Written by Dr. Q. Lê, Ana Cruz & the Fiveable Content Team": (
        ["Dr. Q. Lê", "Ana Cruz", "Fiveable Content Team"],
        None,
    ),
    "Curated by Dalia Savy": (["Dalia Savy"], None),
    "5 min read • Last updated June 2026": ([], "2026-06"),
    "Last Updated: 14 June 2026": ([], "2026-06-14"),
}


@pytest.mark.parametrize(("line", "said"), BYLINES.items(), ids=BYLINES)
def test_a_byline_says_who_and_when_in_any_order(line: str, said: tuple[list[str], str | None]) -> None:
    page = (
        f"🌿Biology Unit 3 Review\n\n3.5 Cells\n\n{line}\n\nCells are small. They have walls, and "
        "some have doors.\n\nGlossary\n\ncell: a room\n"
    )
    (record,) = parse(page, "cells.txt").records
    assert isinstance(record, StudyGuide)
    assert (list(record.authors), record.updated) == said
    assert record.lead is not None
    assert record.lead.text == "Cells are small. They have walls, and some have doors."


@pytest.mark.parametrize(
    "name", ["catherine.w", "ludwig van Beethoven", "王小明", "Jane Doe, PhD", "Σοφία Παππά", "J. R. Smith Jr."]
)
def test_a_name_that_stands_twice_behind_the_date_may_have_any_form(name: str) -> None:
    read = guide(f"{name}\n\n{name}\n\nCells are small. They have walls, and some have doors.")
    assert read.authors == (name,)
    assert read.lead is not None
    assert read.lead.text.startswith("Cells are small.")


def test_names_and_date_may_stand_in_lines_of_their_own_behind_written_by() -> None:
    head = "Biology\n\nUnit 3\n\n3.5 Cells\n\n⏱️ 5 min read\n\nwritten by\n\nDalia Savy\n\nJuly 30, 2024"
    page = (
        f"{head}\n\nCells are small. They have walls, and some have doors.\n\nKey Terms to Review "
        "(1)\n\ncell: a small room\n"
    )
    (record,) = parse(page, "cells.txt").records
    assert isinstance(record, StudyGuide)
    assert (record.authors, record.updated) == (("Dalia Savy",), "2024-07-30")
    assert record.lead is not None
    assert record.lead.text.startswith("Cells are small.")


@pytest.mark.parametrize("heading", ["Bora Bora", "Written Language", "By the Numbers", "Cells", "Dada"])
def test_a_first_heading_behind_the_date_is_no_author(heading: str) -> None:
    read = guide(f"{heading}\n\nCells are small, by all numbers. On Bora Bora and in written language they have walls.")
    assert read.authors == ()
