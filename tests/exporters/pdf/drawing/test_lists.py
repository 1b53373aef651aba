"""Contents and index in two columns: nothing is lost, and no heading of a group stands alone at a column's foot."""

import re
from collections import Counter
from pathlib import Path

import pypdfium2
from hypothesis import given
from hypothesis import strategies as st

from guide_factories import study_guide
from pdf_documents import found_differences, written
from pdf_factories import edition_of, key_term
from pipeline.config import PdfSettings
from pipeline.exporters.pdf.drawing.lists import Row, paginate
from pipeline.exporters.pdf.sheet import Sheet

SHEET = Sheet.of(PdfSettings())
NAMES = st.sampled_from(["osmosis", "a name of several words that needs two lines of its column", "x" * 150])
GROUPS = st.lists(st.tuples(NAMES, st.lists(NAMES, min_size=1, max_size=9)), max_size=30)


@given(GROUPS, st.floats(0, 500))
def test_every_row_is_in_one_column_in_order_and_no_group_begins_at_a_columns_foot(
    groups: list[tuple[str, list[str]]], used: float
) -> None:
    rows = [
        row
        for letter, names in groups
        for row in (Row(letter, is_letter=True), *(Row(name, "anchor", 7) for name in names))
    ]
    columns = [column for page in paginate(rows, SHEET, used) for column in page]
    assert [row for column in columns for row in column] == rows
    assert not any(column[-1].is_letter for column in columns if column)


def test_a_title_that_just_fills_its_line_is_broken_at_its_end_and_its_number_stays_whole(tmp_path: Path) -> None:
    titles = [f"How to Accumulate Personal Wealth{'x' * more}" for more in range(7)]
    guides = [study_guide(title, topic=f"3.{number}") for number, title in enumerate(titles, 1)]
    edition = edition_of(guides, pdf=PdfSettings(contents_from=1))
    path = written(tmp_path, edition, "handout")
    with pypdfium2.PdfDocument(path) as document:
        lines = document[0].get_textpage().get_text_range().splitlines()
    for number in range(1, 8):
        assert any(line.startswith(f"3.{number} How to Accumulate Personal") for line in lines)
    assert found_differences(path, edition) == []


def test_names_whose_characters_are_boxed_take_the_room_of_their_boxes() -> None:
    plain, boxed = ([Row(12 * letter, "anchor", 7) for _ in range(60)] for letter in "aந")
    assert len(paginate(boxed, SHEET, 0)) > len(paginate(plain, SHEET, 0))


def test_a_small_handout_is_one_page_without_an_index_and_ends_with_its_credits(
    tmp_path: Path,
) -> None:
    edition = edition_of([key_term("osmosis", facts=["Water moves towards the sugar, never away."])])
    path = written(tmp_path, edition, "handout")
    with pypdfium2.PdfDocument(path) as document:
        (text,) = [page.get_textpage().get_text_range() for page in document]
    assert "Glossary index" not in text
    assert text.index("never away") < text.index("Sources and notices")
    assert found_differences(path, edition) == []


def test_numbers_of_the_contents_end_at_one_edge_on_the_last_line_of_their_entry(tmp_path: Path) -> None:
    titles = ["Osmosis", "Diffusion Through a Membrane of Several Layers That Let Some Things Pass and Others Not"]
    guides = [
        study_guide(f"{title} of {name}", topic=f"3.{number}")
        for number, name in enumerate("abcdef", 1)
        for title in titles
    ]
    path = written(tmp_path, edition_of(guides, pdf=PdfSettings(contents_from=1)), "handout")
    with pypdfium2.PdfDocument(path) as document:
        page = document[0].get_textpage()
        chars = [(page.get_text_range(index, 1), page.get_charbox(index)) for index in range(page.count_chars())]
    text = "".join(char for char, _ in chars)
    ends = [chars[match.end() - 1][1] for match in re.finditer(r"(?<=\s)\d+(?=\s*(?:\r\n|$))", text)]
    edges = Counter(box[2] // 4 for box in ends)  # a figure is some points wide, its ink a little less
    assert (
        sum(count for _, count in edges.most_common(2)) == len(guides) + 1
    )  # an edge for each column, and the page’s own number
