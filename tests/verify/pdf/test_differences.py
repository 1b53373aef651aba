"""Whatever a file has too much, too little or in another form than its records is noticed, in every part."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from guide_factories import choice_question
from pdf_documents import found_differences, with_ids, written
from pdf_factories import edition_of, key_term
from pdf_samples import picture
from pipeline.config import PdfPart, PdfSettings
from pipeline.exporters import Edition
from pipeline.records import Item, KeyTerm, Media, RichText

MEDIA = {"p.png": picture(120, 120), "nameless.png": picture(120, 120)}
SAVED = [Media(name=name, media_type="image/png", alt="", sha256="0" * 64, size=1) for name in MEDIA]
FACTS = [
    "Heat flows from hot to cold.",
    "The charge is −5 or x<sup>2</sup> and H<sub>2</sub>O.",
    "Area is 5 m² today.",
    r"See \(x^2 + y\) now.",
    'Look <img src="p.png" alt="a red cell"> here.',
    'And <img src="nameless.png" alt=""> there.',
    "A well-known fact.",
    "Yes.",
]
ALPHA = key_term(
    "Alpha",
    "<p>Not all cells divide at the rate of the others.</p>",
    facts=FACTS,
    related=[("Beta", "The second one."), ("Gamma", None)],
    also=["Other"],
    media=SAVED,
).model_copy(
    update={
        "questions": (
            choice_question("a" * 10, "Which one?", ["Water", "Salt", "Sugar"], "Salt", "Because."),
            choice_question("b" * 10, "Why so?", [], "It is so.", "Since."),
        )
    }
)
BETA = key_term("Beta", "<p>Second.</p>", questions=[("Q?", "A.")])
PARTS: tuple[PdfPart, ...] = ("handout", "answers", "flashcards")


def edition_with(*records: KeyTerm) -> Edition:
    return with_ids(edition_of(records, media=MEDIA, jobs=1, pdf=PdfSettings(contents_from=2)))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[PdfPart, Path]:
    folder = tmp_path_factory.mktemp("files")
    edition = edition_with(ALPHA, BETA)
    return {part: written(folder, edition, part) for part in PARTS}


def definition(text: str) -> KeyTerm:
    return ALPHA.model_copy(update={"definition": RichText.of(f"<p>{text}</p>")})


def fact(index: int, text: str) -> KeyTerm:
    facts = list(ALPHA.facts)
    facts[index] = Item(key=facts[index].key, html=text, text=RichText.of(text).text)
    return ALPHA.model_copy(update={"facts": tuple(facts)})


def question(**update: Any) -> KeyTerm:
    first, *others = ALPHA.questions
    return ALPHA.model_copy(update={"questions": (first.model_copy(update=update), *others)})


GAMMA = ALPHA.related_terms[1]
SILENT = ALPHA.related_terms[0].model_copy(update={"definition": None})
CHOICES = ALPHA.questions[0].choices
# What a record was when the file was made, against what it says now: the parts that have to differ.
CHANGES: dict[str, tuple[KeyTerm, str]] = {
    "a first word less": (definition("all cells divide at the rate of the others."), "hf"),
    "a last word less": (definition("Not all cells divide at the rate of the."), "hf"),
    "all but the end gone": (definition("the rate of the others."), "hf"),
    "a word within gone": (definition("Not all cells divide at rate of the others."), "hf"),
    "words swapped": (definition("Not cells all divide at the rate of the others."), "hf"),
    "a word more": (definition("Not all cells ever divide at the rate of the others."), "hf"),
    "a minus as a hyphen": (fact(1, "The charge is -5 or x<sup>2</sup> and H<sub>2</sub>O."), "hf"),
    "raised text not raised": (fact(1, "The charge is −5 or x2 and H<sub>2</sub>O."), "hf"),
    "raised for lowered": (fact(1, "The charge is −5 or x<sub>2</sub> and H<sup>2</sup>O."), "hf"),
    "a superior figure as a figure": (fact(2, "Area is 5 m2 today."), "hf"),
    "another formula": (fact(3, r"See \(x^2 - y\) now."), "hf"),
    "a formula as text": (fact(3, "See x^2 + y now."), "hf"),
    "another picture": (fact(4, 'Look <img src="p.png" alt="a blue cell"> here.'), "hf"),
    "a picture less": (fact(4, "Look here."), "hf"),
    "a nameless picture less": (fact(5, "And there."), "hf"),
    "a hyphen less": (fact(6, "A wellknown fact."), "hf"),
    "another case": (fact(0, "heat flows from hot to cold."), "hf"),
    "facts in another order": (ALPHA.model_copy(update={"facts": ALPHA.facts[::-1]}), "hf"),
    "a first fact less": (ALPHA.model_copy(update={"facts": ALPHA.facts[1:]}), "hf"),
    "a short last fact less": (ALPHA.model_copy(update={"facts": ALPHA.facts[:-1]}), "hf"),
    "a choice less": (question(choices=CHOICES[:1] + CHOICES[2:]), "haf"),
    "a last choice less": (question(choices=CHOICES[:-1]), "haf"),
    "choices in another order": (question(choices=CHOICES[::-1]), ""),  # they are shown in an order of their own
    "no choices": (question(choices=()), "haf"),
    "another answer": (question(answer=RichText.of("Sugar")), "af"),
    "no answer": (question(answer=None), "af"),
    "no explanation": (question(explanation=None), "af"),
    "a last question less": (ALPHA.model_copy(update={"questions": ALPHA.questions[:1]}), "haf"),
    "no meaning of a related term": (ALPHA.model_copy(update={"related_terms": (SILENT, GAMMA)}), "h"),
    "a related term less": (ALPHA.model_copy(update={"related_terms": ALPHA.related_terms[:1]}), "h"),
    "found nowhere else": (ALPHA.model_copy(update={"also_found_in": ()}), "h"),
}  # fmt: skip


def test_what_was_written_says_what_its_records_say(files: dict[PdfPart, Path]) -> None:
    for path in files.values():
        assert found_differences(path, edition_with(ALPHA, BETA)) == []


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed_in_each_part_that_prints_it_and_in_no_other(
    change: str, files: dict[PdfPart, Path]
) -> None:
    record, parts = CHANGES[change]
    # The same ids: what differs is texts, not names.
    (course,), (before,) = edition_with(record, BETA).courses, edition_with(ALPHA, BETA).courses
    edition = replace(edition_with(record, BETA), courses=[replace(course, identities=before.identities)])
    for part, path in files.items():
        assert bool(found_differences(path, edition)) == (part[0] in parts), part


def test_a_record_too_much_or_too_little_is_noticed(files: dict[PdfPart, Path]) -> None:
    gamma = key_term("Gamma", questions=[("Q?", "A.")])
    for part, path in files.items():
        for records in ([ALPHA], [BETA], [ALPHA, BETA, gamma], [key_term("Aaa", questions=[("q", "a")]), ALPHA, BETA]):
            found = found_differences(path, edition_with(*records))
            assert found, part
            assert not [message for message in found if "cannot be read" in message]


def test_a_courses_title_of_any_characters_is_read_back_from_the_edges_of_cards(tmp_path: Path) -> None:
    records = [key_term("A", "<p>A \ufffd sign.</p>", course="1\u20442 of 日本 1\u20132, x\u0305 p\u0302 \U0001f600")]
    edition = with_ids(edition_of(records, jobs=1))
    assert found_differences(written(tmp_path, edition, "flashcards"), edition) == []


def test_a_heading_with_a_replacement_character_has_a_bookmark_of_its_own(tmp_path: Path) -> None:
    edition = edition_of([key_term("A \ufffd sign")], jobs=1)
    assert found_differences(written(tmp_path, edition, "handout"), edition) == []


def test_a_notice_less_is_noticed(files: dict[PdfPart, Path]) -> None:
    silent = [record.model_copy(update={"notices": ()}) for record in (ALPHA, BETA)]
    assert found_differences(files["handout"], edition_with(*silent))
    assert found_differences(files["answers"], edition_with(*silent))


def changed(path: Path, target: Path, change: Callable[[pikepdf.Pdf], None]) -> Path:
    with pikepdf.open(path) as pdf:
        change(pdf)
        pdf.save(target / path.name)
    return target / path.name


def test_bookmarks_are_counted_and_equal_the_records_in_their_order(files: dict[PdfPart, Path], tmp_path: Path) -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Outlines.First.Title = pikepdf.String("Alpine")

    def drop(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Outlines.First = pdf.Root.Outlines.First.Next

    for part in ("handout", "answers"):
        for change in (rename, drop):
            assert found_differences(changed(files[part], tmp_path, change), edition_with(ALPHA, BETA)), part


def test_text_that_no_element_has_and_elements_that_are_there_twice_are_noticed(
    files: dict[PdfPart, Path], tmp_path: Path
) -> None:
    def drop(pdf: pikepdf.Pdf) -> None:
        document = pdf.Root.StructTreeRoot.K[0]
        section = next(kid for kid in document.K if str(kid.S) == "/Sect")
        del section.K[0]

    def double(pdf: pikepdf.Pdf) -> None:
        document = pdf.Root.StructTreeRoot.K[0]
        document.K.append(document.K[-1])

    path, edition = files["handout"], edition_with(ALPHA, BETA)
    found = found_differences(changed(path, tmp_path, drop), edition)
    assert any("belongs to nothing" in message for message in found)
    assert found_differences(changed(path, tmp_path, double), edition)


def test_a_file_without_a_structure_is_a_difference_not_a_crash(files: dict[PdfPart, Path], tmp_path: Path) -> None:
    def drop(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot

    for path in files.values():
        (message,) = found_differences(changed(path, tmp_path, drop), edition_with(ALPHA, BETA))
        assert "cannot be read as a PDF" in message


def test_page_numbers_of_contents_and_index_are_those_of_the_pages(files: dict[PdfPart, Path], tmp_path: Path) -> None:
    long = ALPHA.model_copy(update={"definition": RichText.of("<p>word</p>" * 90)})
    moved = written(tmp_path, edition_with(long, BETA), "handout")
    with pikepdf.open(moved) as pdf:
        pages = len(pdf.pages)
    assert pages > 3
    assert found_differences(moved, edition_with(long, BETA)) == []

    def mislead(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Outlines.First.Next.Dest[0] = pdf.pages[1].obj

    aside = tmp_path / "aside"
    aside.mkdir()
    assert found_differences(changed(moved, aside, mislead), edition_with(long, BETA))
