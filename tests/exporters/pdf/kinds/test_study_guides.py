"""Study guides in handouts and answers: their order, numbering and index, drawn by the real engine and read back."""

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_factories import choice_question, study_guide
from pdf_documents import found_differences, written
from pdf_factories import MemoryCache, edition_of, key_term
from pdf_samples import LONG_WORD
from pipeline.config import PdfSettings
from pipeline.exporters import Edition
from pipeline.exporters.pdf.joining.indexing import IndexEntry, gathered
from pipeline.exporters.pdf.kinds.ordering import print_order
from pipeline.exporters.pdf.kinds.study_guide import StudyGuidePiece
from pipeline.notes import letter_of, shown_order
from pipeline.records import KeyTerm, RichText, StudyGuide

PIECE = StudyGuidePiece()
RESPIRATION = study_guide(
    "Cellular Respiration",
    objectives=["Name the stages", "Follow the carbon atoms"],
    lead="<p>A candle and a cell burn the same sugar; the cell is in less of a hurry.</p>",
    sections=[
        (2, "Glycolysis", "<p>Six carbons become twice three, in the two-step way of acetyl-CoA, at −5 and at -5.</p>"),
        (3, "Costs", "<ul><li>two ATP to begin with</li><li>none after \\(t = 3\\)</li></ul>"),
        (2, "Stages", "<table><thead><tr><th>Stage</th><th>Place</th></tr></thead><tbody>"
         + "".join(f"<tr><td>Stage {n}</td><td>Room number {n} of the cell</td></tr>" for n in range(60))
         + "</tbody></table>"),
        (2, "", "<pre><code>for cell in tissue:\n    cell.respire()</code></pre>"),
    ],
    vocabulary=[("glycolysis", "the splitting of sugar"), ("osmosis", "how water moves"), ("matrix", None)],
    linked=["osmosis"],
    questions=[
        choice_question("q1", "Where does it begin?", ["in the wall", "in the cytosol"], "in the cytosol", "No gate."),
        choice_question("q2", "Do plants do it?", [], "They do, day and night."),
        choice_question("q3", "Which one?", ["this", "that"], "neither of them"),
        choice_question("q4", "Left open?", ["yes", "no"], None),
    ],
    authors=["Ada Lake", "Ben Hill"],
    updated="2025-09",
)  # fmt: skip
OSMOSIS = key_term("osmosis", questions=[("Which way?", "Down its gradient.")])


def words(path: Path) -> list[str]:
    """Return the text of each page, white space collapsed."""
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(document[index].get_textpage().get_text_range().split()) for index in range(len(document))]


@pytest.fixture(scope="module")
def edition() -> Edition:
    settings = PdfSettings(contents_from=1)
    review = study_guide("Unit 3 Review", topic=None)
    later = study_guide("Fermentation", topic="3.10", vocabulary=[("Glycolysis", "seen before")])
    return edition_of([OSMOSIS, RESPIRATION, review, later, key_term("aliquot")], pdf=settings, jobs=1)


@pytest.fixture(scope="module")
def handout(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("handout"), edition, "handout")


@pytest.fixture(scope="module")
def answers(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("answers"), edition, "answers")


def test_every_word_of_a_guide_is_read_back(edition: Edition, handout: Path, answers: Path) -> None:
    assert found_differences(handout, edition) == []
    assert found_differences(answers, edition) == []


CHANGES: dict[str, Any] = {
    "title": RichText.of("Cellular Perspiration"),
    "topic": "3.6",
    "authors": ("Ada Lake", "Cy Dale"),
    "updated": "2024-09",
    "lead": RichText.of("Another lead."),
    "objectives": (RESPIRATION.objectives[0].model_copy(update={"html": "Blame the stages"}),),
    "sections": (RESPIRATION.sections[0].model_copy(update={"heading": RichText.of("Glycolyses")}),),
    "vocabulary": (RESPIRATION.vocabulary[0].model_copy(update={"definition": RichText.of("the spitting")}),),
    "questions": (choice_question("q1", "Where does it begin?", ["in the hall", "in the cytosol"], "in the cytosol"),),
}


@pytest.mark.parametrize("field", CHANGES)
def test_a_changed_word_of_any_field_is_a_difference(field: str, handout: Path, edition: Edition) -> None:
    changed = RESPIRATION.model_copy(update={field: CHANGES[field]})
    others = [record for record in edition.courses[0].records() if record.id != RESPIRATION.id]
    assert found_differences(handout, edition_of([*others, changed]))


def test_a_changed_answer_or_explanation_is_a_difference_of_the_answers(answers: Path, edition: Edition) -> None:
    others = [record for record in edition.courses[0].records() if record.id != RESPIRATION.id]
    first, *rest = RESPIRATION.questions
    for update in ({"answer": RichText.of("in the wall")}, {"explanation": RichText.of("No goat.")}):
        changed = RESPIRATION.model_copy(update={"questions": (first.model_copy(update=update), *rest)})
        assert found_differences(answers, edition_of([*others, changed]))


def test_guides_stand_before_key_terms_by_unit_then_topic_with_reviews_last() -> None:
    guides = [
        study_guide("No unit at all", unit=None, unit_title=None, topic=None),
        study_guide("Review", unit=2, topic=None),
        study_guide("Tenth", unit=2, topic="2.10"),
        study_guide("Ninth", unit=2, topic="2.9"),
        study_guide("A later unit", unit=10, topic="10.1"),
        study_guide("A unit by name", unit=None, topic=None),
    ]
    records: list[KeyTerm | StudyGuide] = sorted([*guides, key_term("aaa"), OSMOSIS], key=lambda record: record.id)
    named = [
        (record.title if isinstance(record, StudyGuide) else record.term).text
        for record in print_order(lambda: iter(records))
    ]
    assert named == [
        "Ninth", "Tenth", "Review", "A later unit", "A unit by name", "No unit at all", "aaa", "osmosis",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("levels", "numbers"),
    [
        ([2, 3, 3, 2], ["1", "1.1", "1.2", "2"]),
        ([2, 4, 3], ["1", "1.1", "1.2"]),
        ([3, 2, 3], ["1", "2", "2.1"]),
        ([2, 3, 4, 5, 6], ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.1.1"]),
    ],
)
def test_sections_are_numbered_by_level(levels: list[int], numbers: list[str]) -> None:
    guide = study_guide("T", sections=[(level, f"Part {index}", "<p>x</p>") for index, level in enumerate(levels)])
    assert [item.number for item in PIECE.sections(guide)] == numbers


@given(st.lists(st.integers(2, 6), max_size=12))
def test_no_two_sections_have_the_same_number_and_each_is_in_order(levels: list[int]) -> None:
    guide = study_guide("T", sections=[(level, f"Part {index}", "<p>x</p>") for index, level in enumerate(levels)])
    numbers = [tuple(int(part) for part in item.number.split(".")) for item in PIECE.sections(guide)]
    assert numbers == sorted(set(numbers))


def test_headings_that_number_themselves_get_no_second_number() -> None:
    guide = study_guide("T", sections=[(2, "3.5.1 Glycolysis", "<p>x</p>"), (2, "3.5.2 Rest", "<p>x</p>")])
    assert [item.number for item in PIECE.sections(guide)] == ["", ""]
    years = study_guide("T", sections=[(2, "1848 and after", "<p>x</p>")])
    assert [item.number for item in PIECE.sections(years)] == ["1"]


def test_a_section_without_a_heading_takes_no_number() -> None:
    assert [item.number for item in PIECE.sections(RESPIRATION)] == ["1", "1.1", "2", ""]


def test_the_right_choice_is_named_by_its_letter() -> None:
    assert [letter_of(question) for question in RESPIRATION.questions] == ["B", "", "", ""]
    numbers = [str(number) for number in range(30)]
    place = shown_order(choice_question("q", "Which?", numbers, "1"))
    assert letter_of(choice_question("q", "Which?", numbers, place[27].text)) == "AB"


def test_a_key_terms_choices_have_boxes_and_its_answer_a_letter_like_a_guides(tmp_path: Path) -> None:
    def paths(*choices: str) -> int:
        asked = choice_question("q1", "Which way does it go?", choices, "down")
        settings = PdfSettings(answer_lines=0)
        edition = edition_of([OSMOSIS.model_copy(update={"questions": (asked,)})], jobs=1, pdf=settings)
        handout, answers = (written(tmp_path, edition, part) for part in ("handout", "answers"))
        assert found_differences(handout, edition) == found_differences(answers, edition) == []
        assert bool(letter_of(asked)) == ("down" in choices)
        assert f" {letter_of(asked)} down".replace("  ", " ") in words(answers)[0]
        with pypdfium2.PdfDocument(handout) as document:
            return [item.type for item in document[0].get_objects()].count(pypdfium2.raw.FPDF_PAGEOBJ_PATH)

    boxes = paths("up", "down") - paths()
    assert boxes >= 2
    assert paths("up", "down", "left", "right") - paths() == 2 * boxes


def test_a_definition_that_stands_in_is_marked_and_the_mark_explained(tmp_path: Path) -> None:
    word, *others = study_guide("T", vocabulary=[("osmosis", "how water moves"), ("own", "its own")]).vocabulary
    given_by_page = word.model_copy(update={"definition_from": OSMOSIS.id})
    guide = study_guide("T").model_copy(update={"vocabulary": (given_by_page, *others)})
    edition = edition_of([guide], jobs=1)
    handout = written(tmp_path, edition, "handout")
    assert (
        "osmosis † how water moves own its own † The definition is the one on the term’s own page." in words(handout)[0]
    )
    assert found_differences(handout, edition) == []
    # Who takes the mark away, or puts one where none belongs, makes another file.
    unmarked = guide.model_copy(update={"vocabulary": (word, *others)})
    assert "†" not in " ".join(words(written(tmp_path, edition_of([unmarked], jobs=1), "handout")))
    assert found_differences(written(tmp_path, edition_of([unmarked], jobs=1), "handout"), edition)


def test_the_answers_give_letter_text_and_explanation(answers: Path) -> None:
    text = " ".join(words(answers))
    assert "B in the cytosol No gate." in text
    assert "No answer is given." in text


def test_title_block_names_unit_topic_authors_and_month(handout: Path) -> None:
    page = next(text for text in words(handout) if "By Ada Lake" in text)
    assert "Unit 3 · Energy 3.5 Cellular Respiration By Ada Lake and Ben Hill · Updated September 2025" in page


def test_contents_group_guides_by_unit_and_name_the_key_terms(handout: Path) -> None:
    first = words(handout)[0]
    order = [
        "Unit 3 · Energy",
        "3.5 Cellular Respiration",
        "3.10 Fermentation",
        "Unit 3 Review",
        "Key terms",
        "aliquot",
    ]
    places = [first.index(entry) for entry in order]
    assert places == sorted(places)


def test_guides_of_one_unit_are_one_group_of_the_contents_though_not_all_say_its_title(tmp_path: Path) -> None:
    guides = [
        study_guide("Roots", topic="3.1", unit_title=None),
        study_guide("Stems", topic="3.2", unit_title="Plants"),
        study_guide("Leaves", topic="3.3", unit_title=None),
    ]
    edition = edition_of([*guides, OSMOSIS], pdf=PdfSettings(contents_from=1), jobs=1)
    path = written(tmp_path, edition, "handout")
    first = words(path)[0]
    assert first.count("Unit 3") == first.count("Unit 3 · Plants") == 1
    assert found_differences(path, edition) == []


def test_the_index_lists_the_words_of_both_kinds_with_all_their_pages(handout: Path) -> None:
    *pages, index = words(handout)

    def page_of(text: str) -> int:
        return next(number for number, page in enumerate(pages, 1) if text in page)

    in_vocabulary = page_of("the splitting of sugar")
    assert f"glycolysis {in_vocabulary}, {page_of('seen before')}" in index
    assert f"osmosis {in_vocabulary}, {page_of('Which way?')}" in index
    assert f"Cellular Respiration {page_of('By Ada Lake')}" in index
    assert f"aliquot {len(pages)}" in index or f"aliquot {len(pages) - 1}" in index


def test_index_entries_that_say_the_same_are_one_named_by_the_records_heading() -> None:
    word, heading = IndexEntry("Osmosis", "Osmosis", "r1", False), IndexEntry("osmosis", "osmosis", "r2", True)
    other = IndexEntry("Ångström", "Ångström", "r3", False)
    assert gathered([word, heading, other]) == [[other], [heading, word]]


def test_every_link_of_a_guide_and_of_the_lists_leads_to_its_record(handout: Path) -> None:
    with pikepdf.open(handout) as pdf:
        links = [list(page.get("/Annots", ())) for page in pdf.pages]
    assert all("/Dest" in link for page in links for link in page)
    named = [{str(link.Contents) for link in page} for page in links]
    assert named[0] == {"3.5 Cellular Respiration", "3.10 Fermentation", "Unit 3 Review", "aliquot", "osmosis"}
    # Of the vocabulary only the word that has a page of its own is a link.
    assert [names for names in named[1:-1] if names] == [{"osmosis"}]


def test_each_record_has_one_bookmark_in_the_order_of_print(handout: Path) -> None:
    with pypdfium2.PdfDocument(handout) as document:
        titles = [item.get_title() for item in document.get_toc()]
    assert titles == [
        "3.5 Cellular Respiration", "3.10 Fermentation", "Unit 3 Review", "aliquot", "osmosis", "Glossary index",
    ]  # fmt: skip


def test_an_edited_guide_costs_one_chunk_and_the_lists(tmp_path: Path) -> None:
    cache = MemoryCache()
    guides = [study_guide(f"Topic {number}", topic=f"3.{number}") for number in range(1, 9)]
    settings = PdfSettings(contents_from=1)
    written(tmp_path, edition_of([*guides, OSMOSIS], pdf=settings, jobs=1, cache=cache), "handout")
    chunks = len(cache.missed) - 2
    cache.missed.clear()
    edited = guides[0].model_copy(update={"lead": RichText.of("One more word.")})
    written(tmp_path, edition_of([edited, *guides[1:], OSMOSIS], pdf=settings, jobs=1, cache=cache), "handout")
    assert chunks >= 3
    assert len(cache.missed) == 1


def test_the_same_guides_give_the_same_bytes_with_one_worker_and_two(tmp_path: Path) -> None:
    records = [RESPIRATION, OSMOSIS]
    one = written(tmp_path, edition_of(records, jobs=1), "handout").read_bytes()
    assert written(tmp_path, edition_of(records, jobs=2), "handout").read_bytes() == one


def test_a_guide_with_everything_that_is_hard_to_set_is_read_back(tmp_path: Path) -> None:
    long_text = "The water of the lake is measured at dawn, when nothing stirs it. " * 130
    hard = study_guide(
        f"Waves of \\(\\lambda = 5\\) and {LONG_WORD}",
        unit_title=LONG_WORD,
        objectives=[f"<p>Say {LONG_WORD}</p><pre>x = -1\ny = 2</pre>"],
        lead='<p>See <img src="missing.png" alt="a lake at dawn">.</p>',
        sections=[
            (2, "\\(E = mc^2\\), 日本", f"<p>{long_text}</p><blockquote>{long_text}</blockquote>"),
            (6, LONG_WORD, ""),
            (3, "Only a heading", "Text without a paragraph."),
        ],
        vocabulary=[(LONG_WORD, f"<p>{long_text}</p>"), ("\\(\\lambda\\)", "<ul><li>one</li><li>two</li></ul>")],
        questions=[
            choice_question("q1", long_text, [LONG_WORD, "<p>\\(x\\)</p>", f"<p>{long_text}</p>"], "<p>\\(x\\)</p>"),
            choice_question("q2", "<p>Read:</p><pre>for a in b:\n    a()</pre>", [], long_text, LONG_WORD),
        ],
        authors=["Ada Lake", "日本", "Cy Dale"],
        updated="last year",
    )
    edition = edition_of([hard], pdf=PdfSettings(contents_from=1, text_size=18, spacing="compact"), jobs=1)
    for part in ("handout", "answers"):
        assert found_differences(written(tmp_path, edition, part), edition) == []
