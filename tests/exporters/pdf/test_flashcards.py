"""Card sheets: backs lie on their fronts, texts lie within their cards, ids are those of Anki."""

from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from pdf_documents import draw, sample_edition, sample_files, with_ids
from pdf_factories import edition_of, key_term
from pipeline.config import PdfSettings
from pipeline.exporters.pdf import cards_of
from pipeline.exporters.pdf.sheet import MM, PAPERS, CardGrid

raw: Any = pypdfium2.raw
Box = tuple[float, float, float, float]


def text_boxes(data: bytes, page: int) -> list[tuple[str, Box]]:
    """Return each line of text of a page with its box: left, bottom, right, top, in millimetres."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        text = document[page].get_textpage()
        for index in range(text.count_rects()):
            box = text.get_rect(index)
            found.append((text.get_text_bounded(*box).strip(), tuple(edge / MM for edge in box)))
    return found


def box_of(data: bytes, page: int, wanted: str) -> Box:
    return next(box for text, box in text_boxes(data, page) if text == wanted)


def middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


# A word on both sides of a card, in the middle: what is to lie upon what.
SAME = [key_term(f"W{number}", f"<p>W{number}</p>") for number in range(8)]


def marked(settings: PdfSettings) -> bytes:
    return draw(edition_of(SAME, pdf=settings), ["flashcards"])["flashcards"]


def cells(data: bytes, page: int, grid: CardGrid) -> list[Box]:
    """Return the cards of a page as they were printed, each by the label in its upper left corner, row by row."""
    labels = [box for text, box in text_boxes(data, page) if text == "Term"]
    # pdfium's box is that of the ink: Inter's T has 98 of 2048 units of white to its left.
    inset = 5 + 98 / 2048 * 6.5 / MM
    found = [
        (left - inset, top + 3.2 - grid.card_height, left - inset + grid.card_width, top + 3.2)
        for left, _, _, top in labels
    ]
    return sorted(found, key=lambda box: (-round(box[3]), box[0]))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_each_back_lies_on_its_front_when_the_sheet_is_turned_over_its_long_edge(paper: str) -> None:
    settings = PdfSettings(paper=paper)
    data = marked(settings)
    width, grid = PAPERS[paper][0], CardGrid.of(settings)
    fronts, backs = cells(data, 0, grid), cells(data, 1, grid)
    assert len(fronts) == len(backs) == 8
    # Turned over, the left edge of the sheet is the right one.
    turned = [(width - right, bottom, width - left, top) for left, bottom, right, top in backs]
    for front, back in zip(fronts, sorted(turned, key=lambda box: (-round(box[3]), box[0])), strict=True):
        assert max(abs(one - other) for one, other in zip(front, back, strict=True)) < 0.05
    for number in range(8):
        place = next(index for index, cell in enumerate(fronts) if _holds(cell, box_of(data, 0, f"W{number}")))
        partner = next(index for index, cell in enumerate(backs) if _holds(cell, box_of(data, 1, f"W{number}")))
        # The same row, the other column: what lies behind a front is its own back.
        assert (place // 2, 1 - place % 2) == divmod(partner, 2)


def _holds(outer: Box, inner: Box) -> bool:
    x, y = middle(inner)
    return outer[0] < x < outer[2] and outer[1] < y < outer[3]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_cut_marks_of_front_and_back_lie_on_one_another(paper: str) -> None:
    data = marked(PdfSettings(paper=paper))
    width = PAPERS[paper][0]
    front, back = (cut_marks(data, page) for page in (0, 1))
    assert len(front) == len(back) > 20
    turned = sorted((round(width - right, 2), bottom, round(width - left, 2), top) for left, bottom, right, top in back)
    for one, other in zip(front, turned, strict=True):
        assert one == pytest.approx(other, abs=0.2)


def cut_marks(data: bytes, page: int) -> list[Box]:
    """Return the short lines of a page as boxes, in millimetres, sorted."""
    with pikepdf.open(BytesIO(data)) as pdf:
        steps = [
            (str(step.operator), [float(value) for value in step.operands if not isinstance(value, pikepdf.Object)])
            for step in pikepdf.parse_content_stream(pdf.pages[page])
            if str(step.operator) in {"m", "l", "S"}
        ]
    marks = [
        (*start, *end)
        for (first, start), (second, end), (third, _) in zip(steps, steps[1:], steps[2:], strict=False)
        if (first, second, third) == ("m", "l", "S")
    ]
    return sorted(
        (round(min(x1, x2) / MM, 2), round(min(y1, y2) / MM, 2), round(max(x1, x2) / MM, 2), round(max(y1, y2) / MM, 2))
        for x1, y1, x2, y2 in marks
    )


def test_a_back_offset_moves_the_backs_by_just_that_and_nothing_else() -> None:
    plain, moved = marked(PdfSettings()), marked(PdfSettings(back_offset_mm=(1.5, -2.25)))
    for number in range(8):
        before, after = box_of(plain, 1, f"W{number}"), box_of(moved, 1, f"W{number}")
        assert after[0] - before[0] == pytest.approx(1.5, abs=0.02)
        assert after[1] - before[1] == pytest.approx(-2.25, abs=0.02)
        assert box_of(moved, 0, f"W{number}") == box_of(plain, 0, f"W{number}")


def test_a_printer_that_turns_over_the_short_edge_gets_backs_turned_by_half_a_turn() -> None:
    plain, turned = marked(PdfSettings()), marked(PdfSettings(flip="short-edge"))
    width, height = PAPERS["A4"]
    for number in range(8):
        left, bottom, right, top = box_of(plain, 1, f"W{number}")
        expected = (width - right, height - top, width - left, height - bottom)
        assert box_of(turned, 1, f"W{number}") == pytest.approx(expected, abs=0.05)


def test_every_text_lies_within_its_card() -> None:
    data = sample_files()["flashcards"]
    grid = CardGrid.of(PdfSettings())
    with pypdfium2.PdfDocument(data) as document:
        pages = len(document) - 2
    for page in range(pages):
        for text, (left, bottom, right, top) in text_boxes(data, page):
            if "· sheet" in text:
                continue
            column = int((left - grid.margin_x) // grid.card_width)
            row = int((grid.height - top - grid.margin_y) // grid.card_height)
            cell_left = grid.margin_x + column * grid.card_width
            cell_top = grid.height - grid.margin_y - row * grid.card_height
            assert left >= cell_left + 4.5, text
            assert right <= cell_left + grid.card_width - 3.5, text
            assert top <= cell_top - 2.5, text
            assert bottom >= cell_top - grid.card_height + 2.5, text


def test_no_two_texts_lie_over_one_another() -> None:
    data = sample_files()["flashcards"]
    for page in range(4):
        boxes = [box for _, box in text_boxes(data, page)]
        for index, (left, bottom, right, top) in enumerate(boxes):
            for other in boxes[index + 1 :]:
                across = min(right, other[2]) - max(left, other[0])
                up = min(top, other[3]) - max(bottom, other[1])
                assert across < 0.1 or up < 1.2


def test_each_card_has_the_id_that_anki_shows() -> None:
    edition = sample_edition()
    data = sample_files()["flashcards"]
    with pypdfium2.PdfDocument(data) as document:
        fronts = " ".join(document[page].get_textpage().get_text_range() for page in range(0, len(document) - 2, 2))
    idents = [card.ident for card in cards_of(edition.courses[0], edition)]
    assert len(set(idents)) == len(idents) > 30
    assert all(ident in fronts for ident in idents)


def test_a_calibration_sheet_is_at_the_end() -> None:
    with pypdfium2.PdfDocument(sample_files()["flashcards"]) as document:
        assert len(document) % 2 == 0
        assert "back_offset_mm" in document[len(document) - 2].get_textpage().get_text_range()
        assert [item.get_title() for item in document.get_toc()] == ["Cards", "Calibration"]


def test_a_fact_of_four_hundred_words_is_parted_over_several_cards() -> None:
    with pypdfium2.PdfDocument(sample_files()["flashcards"]) as document:
        text = " ".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    assert "Fact · 1 of 4" in text
    assert "Fact · 4 of 4" in text


def lowest_and_foot(data: bytes, page: int, ident: str) -> tuple[float, float]:
    """Return the lower edge of what is drawn on a page as no text, and the upper edge of that id, in millimetres."""
    foot = next(box for text, box in text_boxes(data, page) if text.startswith(ident))
    with pypdfium2.PdfDocument(data) as document:
        drawn = [
            item.get_bounds()
            for item in document[page].get_objects(max_depth=1)
            if item.type != raw.FPDF_PAGEOBJ_TEXT and raw.FPDFPageObj_GetMarkedContentID(item) >= 0
        ]
        return min(bottom for _, bottom, _, _ in drawn) / MM, foot[3]


def test_a_formula_higher_than_a_card_is_scaled_to_it() -> None:
    rows = "\\\\".join("&amp;".join(str(row * column) for column in range(6)) for row in range(12))
    edition = with_ids(
        edition_of([key_term("A", f"\\[\\begin{{bmatrix}}{rows}\\end{{bmatrix}}\\]")], pdf=PdfSettings(text_size=18))
    )
    data = draw(edition, ["flashcards"])["flashcards"]
    bottom, foot = lowest_and_foot(data, 1, "card000000")
    assert bottom > foot


def test_a_long_word_in_a_paragraph_stays_on_its_cards() -> None:
    data = draw(with_ids(edition_of([key_term("A", f"<p>{'a' * 900}</p>")])), ["flashcards"])["flashcards"]
    grid = CardGrid.of(PdfSettings())
    for text, (_, bottom, _, top) in text_boxes(data, 1):
        if set(text) == {"a"}:
            from_top = grid.height - grid.margin_y - (top + bottom) / 2
            assert 6 < from_top % grid.card_height < grid.card_height - 6


def test_a_long_course_name_ends_in_an_ellipsis_within_its_card() -> None:
    records = [key_term("A", course="A very long title of a course " * 8)]
    edition = with_ids(edition_of(records))
    data = draw(edition, ["flashcards"])["flashcards"]
    grid = CardGrid.of(PdfSettings())
    ((foot, box),) = ((text, box) for text, box in text_boxes(data, 0) if "…" in text and box[3] < grid.height - 20)
    assert foot.endswith("…")
    assert grid.card_width - 15 < box[2] - grid.margin_x <= grid.card_width - 4.5
