"""Card sheets: backs lie on their fronts, texts lie within their cards, ids are those of Anki."""

import pypdfium2
import pytest
from pdf_documents import draw, sample_edition, sample_files
from pdf_factories import edition_of, key_term

from pipeline.config import PdfSettings
from pipeline.exporters.pdf import cards_of
from pipeline.exporters.pdf.sheet import MM, PAPERS, CardGrid

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


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_each_back_lies_on_its_front_when_the_sheet_is_turned_over_its_long_edge(paper: str) -> None:
    data = marked(PdfSettings(paper=paper))
    width = PAPERS[paper][0]
    grid = CardGrid.of(PdfSettings(paper=paper))
    for number in range(8):
        front, back = box_of(data, 0, f"W{number}"), box_of(data, 1, f"W{number}")
        x, y = middle(front)
        left, _ = grid.place(number, back=False)
        back_left, _ = grid.place(number, back=True)
        # The two cells, one turned over, cover each other.
        assert abs((left + grid.card_width) - (width - back_left)) < 0.2
        # The front's text is in the middle of its cell; the back's is at the back cell's left, at the same height.
        assert abs(x - (left + grid.card_width / 2)) < 0.2
        assert abs(back[0] - (back_left + 5)) < 0.5
        assert abs(y - middle(back)[1]) < 1.0


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
