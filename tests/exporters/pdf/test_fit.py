"""What is too high or too wide for a page, drawn by the real engine: all there, in its place, within the margins."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from guide_factories import choice_question, study_guide
from pdf_documents import draw
from pdf_factories import edition_of, key_term
from pipeline.config import PdfSettings
from pipeline.exporters.pdf.drawing.lists import title_size
from pipeline.exporters.pdf.sheet import MM, Sheet
from pipeline.records import KeyTerm, StudyGuide
from pipeline.verify import Proven
from pipeline.verify.pdf.check import verify

LARGE = PdfSettings(text_size=18, paper="Letter", spacing="compact", contents_from=99)
SMALL = PdfSettings(contents_from=99)
WIDE = r"\(" + "+".join(f"x_{{{number}}}y^{{{number}}}" for number in range(40)) + r"\)"
QUADRATIC = r"\(\frac{-b\pm\sqrt{b^2-4ac}}{2a}\)"
SENTENCE = "日本語テキストの長い文章です。これは二行目まで続きます。" * 2
LONG = "deinstitutionalization"


def table(*cells: str) -> str:
    """Return a table of a head and one row."""
    head = "".join(f"<th>H {number}</th>" for number in range(len(cells)))
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    return f"<table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>"


def printed(records: list[KeyTerm | StudyGuide], settings: PdfSettings, folder: Path, part: str = "handout") -> Path:
    """Return the file of that part, in which no record's text is missing."""
    edition = edition_of(records, pdf=settings)
    path = folder / f"life-science-{part}.pdf"
    path.write_bytes(draw(edition, [part])[part])
    assert [
        f"{found.record_id}: {found.message}" for found in verify(path, f"pdf/{path.name}", edition, Proven())
    ] == []
    return path


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def objects(path: Path, kinds: set[int]) -> list[tuple[int, Any]]:
    """Return page and bounds (left, bottom, right, top, in points) of all that is drawn of these kinds."""
    with pypdfium2.PdfDocument(path) as document:
        return [
            (number, item.get_bounds())
            for number, page in enumerate(document)
            for item in page.get_objects(max_depth=1)
            if item.type in kinds
        ]


def assert_within_margins(path: Path, settings: PdfSettings) -> None:
    sheet = Sheet.of(settings)
    raw = pypdfium2.raw
    found = objects(path, {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_IMAGE})
    assert found
    assert min(left for _, (left, *_) in found) > sheet.side * MM - 2
    assert max(right for _, (_, _, right, _) in found) < sheet.width_pt - sheet.side * MM + 2


def ruled_lines(path: Path) -> list[tuple[int, float]]:
    """Return page and height above the sheet's foot of each ruled line: those of a page are drawn in one stroke."""
    found = []
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            steps = pikepdf.parse_content_stream(page)
            names = [str(step.operator) for step in steps]
            # The whole page is drawn with its origin at the top, in pixels; ruled lines are the first thing on it.
            stroke = names.index("S") if "S" in names else 0
            height = float(page.mediabox[3])
            found += [
                (number, height - float(step.operands[1]) * 0.75)
                for step in steps[:stroke]
                if str(step.operator) == "l"
            ]
    return found


def tick_boxes(path: Path) -> list[tuple[int, Any]]:
    """Return page and bounds of the squares before choices."""
    paths = objects(path, {pypdfium2.raw.FPDF_PAGEOBJ_PATH})
    return [(page, bounds) for page, bounds in paths if 5 < bounds[2] - bounds[0] < 14]


@pytest.mark.parametrize("settings", [SMALL, LARGE], ids=["small", "large"])
def test_a_row_higher_than_a_page_is_broken_below_its_head(settings: PdfSettings, tmp_path: Path) -> None:
    high = table("x", "word " * 900)
    guide = study_guide("G", vocabulary=[("word", high), ("another", "word " * 900)])
    pages = texts(printed([key_term("Alpha", high), guide], settings, tmp_path))
    with_head = next(text for text in pages if "Alpha" in text)
    assert "H 0 H 1 x word word" in with_head
    assert "Vocabulary word H 0 H 1 x word word" in " ".join(pages)


@pytest.mark.parametrize("part", ["handout", "flashcards"])
def test_characters_that_no_font_draws_do_not_stop_a_course(part: str, tmp_path: Path) -> None:
    odd = "\u2028\u2029\x85\x07\x0b\x0c\x1f\x7f\x90\ufff9\ufffa"
    facts = [f"In 1511 a ship called before{char}after left the harbour of Lisbon." for char in odd]
    text = " ".join(texts(printed([key_term("Alpha", f"<pre>one{odd}two</pre>", facts=facts)], SMALL, tmp_path, part)))
    assert "U+FFF9" in text
    assert "U+0007" not in text  # controls do not pass the waist
    assert "before after" in text


@pytest.mark.parametrize("settings", [SMALL, LARGE], ids=["small", "large"])
def test_nothing_is_wider_than_the_page(settings: PdfSettings, tmp_path: Path) -> None:
    records = [
        key_term("Tables", table("x", WIDE, "y") + table(*[QUADRATIC] * 10) + table(*[LONG] * 8), facts=[WIDE]),
        key_term("Boxes", f"<p>{SENTENCE}</p>", facts=["\U0001f600" * 30]),
        key_term("Items", f"<ol>{'<li>item</li>' * 120}</ol>", facts=["a fact"] * 101),
        study_guide("G", vocabulary=[("word", table(*[f"{LONG} {n}." for n in range(8)])), ("formula", WIDE)]),
    ]
    assert_within_margins(printed(records, settings, tmp_path), settings)


def test_a_table_in_a_vocabulary_is_not_squashed_to_single_letters(tmp_path: Path) -> None:
    guide = study_guide("G", vocabulary=[("word", table(*[f"growth rights {LONG}"] * 8))])
    with pypdfium2.PdfDocument(printed([guide], SMALL, tmp_path)) as document:
        lines = document[0].get_textpage().get_text_range().splitlines()
    assert not [line for line in lines if len(line.strip()) == 1]


@pytest.mark.parametrize(
    ("lines", "settings"),
    [
        (20, PdfSettings(answer_lines=20, text_size=18, contents_from=99)),
        (12, PdfSettings(answer_lines=12, text_size=28, contents_from=99)),
        (20, LARGE.model_copy(update={"answer_lines": 20})),
    ],
)
def test_answer_lines_that_fill_a_page_go_on_over_the_next(lines: int, settings: PdfSettings, tmp_path: Path) -> None:
    asked = [("Why?", "x"), ("Why not, " * 60, "y")]
    path = printed([key_term("Alpha", questions=asked)], settings, tmp_path)
    sheet = Sheet.of(settings)
    ruled = ruled_lines(path)
    assert len(ruled) == 2 * lines
    assert min(y for _, y in ruled) > sheet.bottom * MM - 2
    # The first question has lines on the page on which it stands.
    first = next(number for number, text in enumerate(texts(path)) if "Why?" in text)
    assert first in {number for number, _ in ruled}


def test_no_heading_stands_alone_at_the_end_of_a_page(tmp_path: Path) -> None:
    items = f"<ol>{'<li>item</li>' * 60}</ol>"
    choices = [f"choice {number}" for number in range(50)]
    records: list[KeyTerm | StudyGuide] = [
        study_guide("A list", topic="1.1", vocabulary=[("word", items)]),
        study_guide("Text", topic="1.2", sections=[(2, "S", "<p>" + "word " * 560 + "</p>")],
                    vocabulary=[("word", "w " * 700)]),
        study_guide("Asked", topic="1.3", questions=[choice_question("q1", "Which?", choices, None)]),
    ]  # fmt: skip
    for text in texts(printed(records, SMALL, tmp_path)):
        assert not text.removesuffix(text[text.rfind("Life Science") :]).endswith(("Vocabulary", "Questions"))
        for heading, follows in (("Vocabulary", "word"), ("Question ", "Which?")):
            assert heading not in text or follows in text.split(heading)[1]


def test_each_choice_has_a_line_of_its_own_even_an_empty_one(tmp_path: Path) -> None:
    guide = study_guide("G", questions=[choice_question("q1", "Which?", ["Alpha", "", "", "Delta"], None)])
    tops = sorted({round(top) for _, (_, _, _, top) in tick_boxes(printed([guide], SMALL, tmp_path))})
    assert len(tops) == 4
    assert min(after - before for before, after in pairwise(tops)) >= 12


def test_two_letters_of_a_choice_are_beside_its_box(tmp_path: Path) -> None:
    guide = study_guide("G", questions=[choice_question("q1", "Which?", [f"c{n}" for n in range(30)], None)])
    path = printed([guide], SMALL, tmp_path)
    box_ends = max(right for _, (_, _, right, _) in tick_boxes(path))
    with pypdfium2.PdfDocument(path) as document:
        places = [(page.get_textpage(), page.get_textpage().search("AA.").get_next()) for page in document]
        letters_begin = min(text.get_charbox(found[0])[0] for text, found in places if found)
    assert letters_begin > box_ends + 5


def test_paragraphs_of_a_related_terms_meaning_are_apart(tmp_path: Path) -> None:
    related = [("Other", "<p>First end.</p><p>Second here.</p>")]
    assert "First end. Second here." in texts(printed([key_term("Alpha", related=related)], SMALL, tmp_path))[0]


def test_an_address_over_several_lines_has_no_hyphen_but_its_own(tmp_path: Path) -> None:
    address = f"https://example.org/{'pathsegment/' * 20}"
    with pypdfium2.PdfDocument(printed([key_term("Alpha", f"<p>See {address}</p>")], SMALL, tmp_path)) as document:
        lines = document[0].get_textpage().get_text_range().splitlines()
    within = [line for line in lines if "pathsegment" in line]
    assert len(within) > 2
    assert all(line.rstrip().endswith("/") for line in within)


def test_a_long_title_is_set_smaller_and_its_block_is_not_torn(tmp_path: Path) -> None:
    course = "An exceptionally long course title that goes on " * 4
    settings = PdfSettings(text_size=28, school="S" * 30 + " School of " * 8, contents_from=1)
    edition = edition_of([key_term(f"Term {number}", course=course) for number in range(3)], pdf=settings)
    path = tmp_path / "long.pdf"
    path.write_bytes(draw(edition, ["handout"])["handout"])
    first = texts(path)[0]
    assert course.strip() in first
    assert "Contents" in first
    sheet = Sheet.of(settings)
    assert title_size(sheet, course) < title_size(sheet, "Short") == pytest.approx(2.6 * 28)
