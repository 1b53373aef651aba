"""Handout and answers of the sample course, drawn by the real engine and read back."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from pdf_documents import SAMPLE_SETTINGS, draw, sample_edition, sample_files
from pdf_factories import MemoryCache, edition_of, key_term
from pdf_samples import LONG_WORD, sample_course
from pipeline.config import PdfSettings
from pipeline.exporters.pdf import PdfExporter
from pipeline.verify import Proven
from pipeline.verify.pdf.check import verify


def opened(part: str) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(sample_files()[part]))


def page_texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(document[index].get_textpage().get_text_range().split()) for index in range(len(document))]


def outline(pdf: pikepdf.Pdf) -> list[tuple[str, int]]:
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    found, item = [], pdf.Root.Outlines.First
    while item is not None:
        found.append((str(item.Title), numbers[item.Dest[0].objgen]))
        item = item.get("/Next")
    return found


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    """Return every element of the structure tree, in reading order."""
    found: list[Any] = []
    stack: list[Any] = [pdf.Root.StructTreeRoot.K[0]]
    while stack:
        node = stack.pop()
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            stack.extend(reversed(list(node.get("/K", []))))
    return found


def differences(part: str, data: bytes, tmp_path: Path) -> list[str]:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    found = verify(path, f"pdf/field-methods-{part}.pdf", sample_edition(), Proven())
    return [f"{difference.record_id}: {difference.message}" for difference in found]


@pytest.mark.parametrize("part", ["handout", "answers", "flashcards"])
def test_every_word_of_every_record_is_read_back_in_order(part: str, tmp_path: Path) -> None:
    assert differences(part, sample_files()[part], tmp_path) == []


def test_a_word_that_is_missing_is_found_missing_and_its_record_is_named(tmp_path: Path) -> None:
    records = [
        record.model_copy(update={"facts": record.facts[1:]}) if record.term.text == "Quadrat" else record
        for record in sample_course()
    ]
    drawn = draw(sample_edition(records), ["handout"])
    assert differences("handout", drawn["handout"], tmp_path) == [
        "guild/field-methods/quadrat: the text “Rule 1: count each plant that roots inside the frame, once.” "
        "is not found in its place"
    ]


def test_facts_in_another_order_are_a_difference(tmp_path: Path) -> None:
    records = [
        record.model_copy(update={"facts": record.facts[::-1]}) if record.term.text == "Osmosis" else record
        for record in sample_course()
    ]
    drawn = draw(sample_edition(records), ["handout"])
    found = differences("handout", drawn["handout"], tmp_path)
    assert found
    assert all(difference.startswith("guild/field-methods/osmosis:") for difference in found)


def test_a_file_that_is_no_pdf_is_a_difference_not_a_crash(tmp_path: Path) -> None:
    assert "cannot be read as a PDF" in differences("handout", b"%PDF-1.7 cut short", tmp_path)[0]


@pytest.mark.parametrize("part", ["handout", "answers", "flashcards"])
def test_the_file_has_no_syntax_error_and_says_what_it_is(part: str) -> None:
    with opened(part) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.docinfo["/Title"]) == f"Field Methods – {part.title()}"
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert b"pdfuaid:part>1<" in pdf.Root.Metadata.read_bytes()
        assert "/CreationDate" not in pdf.docinfo


def test_every_record_has_a_bookmark_that_leads_to_its_page() -> None:
    texts = page_texts(sample_files()["handout"])
    with opened("handout") as pdf:
        places = outline(pdf)
    terms = [record.term.text for record in sorted(sample_course(), key=lambda record: record.id)]
    assert [title for title, _ in places] == [*terms, "Glossary index"]
    for title, page in places:
        assert title in texts[page]


def test_every_internal_link_lands_where_its_target_begins() -> None:
    with opened("handout") as pdf:
        tops = {(str(title), page) for title, page in outline(pdf)}
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        links = [
            annotation for page in pdf.pages for annotation in page.obj.get("/Annots", ()) if "/Dest" in annotation
        ]
        records = {place for place in tops if place[0] != "Glossary index"}
        assert {(str(link.Contents), pages[link.Dest[0].objgen]) for link in links} == records
        # From the contents, on the first page, and from the index, on the last; no related term is a record here.
        assert {index for index, page in enumerate(pdf.pages) if "/Annots" in page.obj} == {0, len(pdf.pages) - 1}
        assert not [link for page in pdf.pages for link in page.obj.get("/Annots", ()) if "/A" in link]


def test_a_related_term_that_has_a_record_is_a_link_to_it() -> None:
    records = [
        key_term("Alpha", related=[("Beta", None), ("Nowhere", None)]),
        key_term("Beta", "<p>See <a href='https://example.test/x'>elsewhere</a>.</p>"),
    ]
    with pikepdf.open(BytesIO(draw(edition_of(records), ["handout"])["handout"])) as pdf:
        assert outline(pdf)[1] == ("Beta", 0)
        links = list(pdf.pages[0].obj.Annots)
        assert {str(link.Contents) for link in links if "/Dest" in link} == {"Beta"}
        assert [str(link.A.URI) for link in links if "/A" in link] == ["https://example.test/x"]


def test_contents_and_index_give_the_page_on_which_each_record_begins() -> None:
    texts = page_texts(sample_files()["handout"])
    with opened("handout") as pdf:
        places = dict(outline(pdf))
    for term in ("Aliquot", "Quadrat", "Osmosis"):
        assert f"{term} {places[term] + 1}" in texts[0]
        assert f"{term} {places[term] + 1}" in texts[-1]


def test_running_heads_name_the_course_and_the_term_and_pages_are_counted() -> None:
    texts = page_texts(sample_files()["handout"])
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert "North Shore Field School" in text
    assert all("Field Methods" in text for text in texts)
    assert texts[5].count("Quadrat") == 1  # a page on which that record only goes on


def test_the_structure_tree_is_whole_and_pictures_and_formulas_have_alternative_text() -> None:
    with opened("handout") as pdf:
        found = elements(pdf)
        kinds = {str(element.S) for element in found}
        assert {"/Sect", "/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Link", "/Figure"} <= kinds
        figures = [str(element.Alt) for element in found if element.S == "/Figure"]
        assert "Bar chart: eight bars, each higher than the one before" in figures
        assert r"\psi = \psi_s + \psi_p" in figures
        pages = {page.obj.objgen for page in pdf.pages}
        assert all(element.Pg.objgen in pages for element in found if "/Pg" in element)
        # Each page's marks are found under its number, each number once.
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]
        assert [int(number) for number in numbers] == sorted({int(number) for number in numbers})
        assert {int(page.obj.StructParents) for page in pdf.pages} <= {int(number) for number in numbers}


def test_the_answers_have_the_headings_and_numbers_of_the_handout_in_the_same_order() -> None:
    with opened("handout") as handout, opened("answers") as answers:
        asked = [title for title, _ in outline(handout)]
        answered = [title for title, _ in outline(answers)]
    assert answered == [title for title in asked if title in answered]
    assert "Aliquot" not in answered  # it has no question
    text = " ".join(page_texts(sample_files()["answers"]))
    assert LONG_WORD[:30] in text


def test_only_bundled_fonts_are_in_the_file() -> None:
    families = ("Text", "Display", "Label", "Code", "More-", "Furniture")
    with opened("handout") as pdf:
        names = {str(font.BaseFont).split("+")[1] for page in pdf.pages for font in page.obj.Resources.Font.values()}
    assert names
    assert all(name.startswith(families) for name in names)


def test_bytes_repeat_with_one_worker_and_with_two() -> None:
    records = [key_term(f"Term {number}", facts=["\\(x^2\\)", "fact"]) for number in range(18)]
    first = draw(edition_of(records, jobs=1), ["handout", "flashcards"])
    assert first == draw(edition_of(records, jobs=2), ["handout", "flashcards"])


def test_an_edit_draws_only_its_own_chunk_again() -> None:
    records = [key_term(f"Term {number:03d}", facts=["fact"]) for number in range(60)]
    cache = MemoryCache()
    draw(edition_of(records, cache=cache), ["handout"])
    chunks = len(cache.values) - 2  # contents and index
    assert chunks >= 3
    cache.missed.clear()
    records[30] = key_term("Term 030", facts=["another fact"])
    draw(edition_of(records, cache=cache), ["handout"])
    assert len(cache.missed) == 1
    cache.missed.clear()
    draw(edition_of([*records, key_term("Term 999")], cache=cache), ["handout"])
    assert len(cache.missed) <= 2 + 2  # a chunk or two, and the lists, which name the new term


@pytest.mark.parametrize(
    "settings",
    [
        PdfSettings(paper="Letter"),
        PdfSettings(text_size=18),
        PdfSettings(spacing="compact"),
        PdfSettings(answer_lines=5),
        PdfSettings(school="North"),
    ],
)
def test_each_option_that_changes_a_page_changes_the_digest(settings: PdfSettings) -> None:
    records = sample_course()
    before = [artifact.digest for artifact in PdfExporter().artifacts(sample_edition(records))]
    after = [artifact.digest for artifact in PdfExporter().artifacts(sample_edition(records, settings=settings))]
    assert not set(before) & set(after)


def test_parts_are_left_out_when_they_are_not_asked_for() -> None:
    edition = sample_edition(settings=SAMPLE_SETTINGS.model_copy(update={"parts": ("answers",)}))
    assert [artifact.path for artifact in PdfExporter().artifacts(edition)] == ["pdf/field-methods-answers.pdf"]


def test_answer_lines_are_ruled_and_not_split_from_their_question() -> None:
    settings = PdfSettings(answer_lines=4, contents_from=99)
    records = [key_term("Rule", questions=[(f"Question number {n}?", "An answer.") for n in range(1, 25)])]
    data = draw(edition_of(records, pdf=settings), ["handout"])["handout"]
    with pikepdf.open(BytesIO(data)) as pdf:
        texts = page_texts(data)
        for page, text in zip(pdf.pages, texts, strict=True):
            # The ruled lines are the first thing that is drawn, in one stroke.
            steps = [str(step.operator) for step in pikepdf.parse_content_stream(page)]
            ruled = steps[: steps.index("S")].count("l") if "S" in steps else 0
            assert ruled == 4 * text.count("Question number")


def test_each_record_is_hyphenated_by_its_own_language_whatever_the_course_is_in() -> None:
    words = (
        "Die Wahrscheinlichkeitsrechnung beschreibt Zufallserscheinungen mithilfe von Wahrscheinlichkeitsräumen. " * 6
    )

    def lines(language: str, others: str) -> list[str]:
        records = [
            key_term("Wahrscheinlichkeit", f"<p>{words}</p>", language=language),
            *(key_term(f"Z{number}", language=others) for number in range(2)),
        ]
        data = draw(edition_of(records), ["handout"])["handout"]
        with pypdfium2.PdfDocument(data) as document:
            text = document[0].get_textpage().get_text_range()
        return text[text.index("Die W") : text.index("Z0")].splitlines()

    assert lines("de", others="en") == lines("de", others="de")
    assert lines("de", others="en") != lines("en", others="en")
