"""Guides and key-term pages know of one another, and a learner gets one note of a word, whoever supplies it."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from factories import COURSE, Workshop, key_term, picture, rich
from guide_pages import guide_page
from pipeline.config import AnkiSettings, Settings
from pipeline.exporters.pdf.cards import cards_of
from pipeline.identity import read_lock
from pipeline.notes import StudyNote
from pipeline.records import Course, KeyTerm, Source, StudyGuide, Unit, VocabularyItem, course_slug, item_keys, slug
from pipeline.report import print_table, report_page
from pipeline.stages.build.plan import Plan, run
from pipeline.stages.build.result import RunResult
from pipeline.stages.inspecting.finding import read_records
from pipeline.stages.inspecting.staleness import status
from pipeline.stages.inspecting.tracing import trace
from pipeline.stages.resolving.linking import Links, TermKey
from pipeline.verify import Proven
from pipeline.verify import records as verify_records
from pipeline.verify.anki import verify as verify_anki
from pipeline.verify.apkg import read_package
from term_pages import term_page


def guide(
    words: dict[str, str | None],
    *,
    title: str = "Doughs",
    unit: int | None = 3,
    topic: str | None = "3.5",
    course: str = COURSE,
    publisher: str = "Own Words",
) -> StudyGuide:
    keys = item_keys(words)
    place = "guide" if unit is None else f"unit-{unit}"
    return StudyGuide(
        id=f"{slug(publisher)}/{course_slug(course)}/{place}/{slug(title)}",
        title=rich(title),
        course=Course(slug=course_slug(course), title=course),
        unit=None if unit is None else Unit(number=unit),
        topic=topic,
        vocabulary=tuple(
            VocabularyItem(key=key, term=rich(word), definition=None if text is None else rich(text))
            for key, (word, text) in zip(keys, words.items(), strict=True)
        ),
        publisher=publisher,
        language="en",
        source=Source(path="g.html", sha256="0" * 64, media_type="text/html", encoding="utf-8", layout="guide"),
    )


def linked(records: Sequence[KeyTerm | StudyGuide]) -> tuple[list[Any], Links]:
    """Return the records with their links, as the stage resolves them."""
    links = Links()
    for record in records:
        if isinstance(record, StudyGuide):
            links.add_guide(record)
    for record in records:
        if isinstance(record, KeyTerm) and links.names(key_of(record)):
            links.add_page(key_of(record), record)
    out = [
        links.linked_page(key_of(record), record) if isinstance(record, KeyTerm) else links.linked_guide(record)
        for record in records
    ]
    return out, links


def key_of(page: KeyTerm) -> TermKey:
    return TermKey.of_page(slug(page.publisher), page.course.slug, page.id)


def words_of(record: StudyGuide) -> dict[str, VocabularyItem]:
    return {word.term.text: word for word in record.vocabulary}


def test_a_word_with_a_page_has_its_id_and_keeps_its_own_definition() -> None:
    (named, page), _ = linked([guide({"yeast": "It makes dough rise.", "salt": "A mineral."}), key_term("Yeast")])
    word = words_of(named)["yeast"]
    assert (word.record_id, word.definition_from) == (page.id, None)
    assert word.definition is not None
    assert word.definition.text == "It makes dough rise."
    assert words_of(named)["salt"].record_id is None


def test_a_word_without_definition_has_that_of_its_page_with_its_pictures_and_says_so() -> None:
    drawn, other = picture(b"drawn"), picture(b"other")
    html = f'Alive. <img src="{drawn.name}" alt="">'
    (named, page), links = linked([guide({"yeast": None}), key_term("yeast", html, media=[drawn, other])])
    word = words_of(named)["yeast"]
    assert (word.definition, word.record_id, word.definition_from) == (page.definition, page.id, page.id)
    assert named.media == (drawn,)
    assert not links.findings


@pytest.mark.parametrize("word", ["BREAK-EVEN point", "break even  Point", "“break even” point"])
def test_case_hyphens_quotes_and_spaces_do_not_part_a_word_from_its_page(word: str) -> None:
    (named, page), _ = linked([guide({word: None}), key_term("Break-even Point")])
    assert named.vocabulary[0].record_id == page.id


@pytest.mark.parametrize(("word", "term"), [("enzymes", "enzyme"), ("C", "C++"), ("ATP synthase", "ATP")])
def test_another_word_has_no_page(word: str, term: str) -> None:
    (named, page), _ = linked([guide({word: "It is what it is."}), key_term(term)])
    assert named.vocabulary[0].record_id is None
    assert page.named_in == ()


@pytest.mark.parametrize("other", [{"course": "Bread"}, {"publisher": "Others"}])
def test_a_page_of_another_course_is_not_meant(other: dict[str, str]) -> None:
    (named, page), links = linked([guide({"yeast": None}), key_term("yeast", **other)])  # type: ignore[arg-type]
    assert (named.vocabulary[0].record_id, page.named_in, links.findings) == (None, (), [])


def test_a_page_names_its_guides_once_each_by_unit_then_topic() -> None:
    places = [(None, None), (12, "12.1"), (3, None), (3, "3.10"), (3, "3.9")]
    guides = [
        guide({"yeast": None, "Yeast": None}, title=f"Title {number}", unit=unit, topic=topic)
        for number, (unit, topic) in enumerate(places)
    ]
    (*_, page), _ = linked([*guides, key_term("yeast")])
    assert [(place.unit, place.topic) for place in page.named_in] == [
        (3, "3.9"),
        (3, "3.10"),
        (3, None),
        (12, "12.1"),
        (None, None),
    ]


def test_definitions_that_differ_are_a_finding_with_both_from_where_they_part() -> None:
    common = "A living thing of one cell that eats the sugar of a dough and gives off a gas which makes it rise, "
    _, links = linked([guide({"yeast": common + "slowly."}), key_term("yeast", common + "within the hour of a proof.")])
    (finding,) = links.findings
    assert (finding.code, finding.path) == ("definition-differs", "g.html")
    here, there = finding.message.splitlines()[1:]
    assert here.startswith("  here: … ")
    assert here.endswith("rise, slowly.")
    assert there.endswith("rise, within the hour of a proof.")


def test_case_and_white_space_alone_are_no_disagreement() -> None:
    _, links = linked([guide({"yeast": "It is  ALIVE."}), key_term("yeast", "it is alive.")])
    assert links.findings == []


@given(st.lists(st.sampled_from(["yeast", "salt", "flour"]), unique=True), st.randoms())
def test_links_do_not_depend_on_the_order_of_records_and_lead_both_ways(terms: list[str], random: Any) -> None:
    guides = [guide({"yeast": None, "salt": "A mineral."}), guide({"salt": None}, title="Brines", topic="3.6")]
    records = [*guides, *(key_term(term) for term in terms)]
    once = {record.id: record for record in linked(records)[0]}
    random.shuffle(records)
    assert {record.id: record for record in linked(records)[0]} == once
    there = {(word.record_id, one.id) for one in once.values() if one.kind == "study_guide" for word in one.vocabulary}
    back = {(one.id, by.record_id) for one in once.values() if one.kind == "key_term" for by in one.named_in}
    assert {pair for pair in there if pair[0]} == back


def notes_in(workshop: Workshop, records: Sequence[KeyTerm | StudyGuide]) -> list[tuple[StudyNote, str]]:
    """Return the Key term notes of the build's decks, with the GUID of each."""
    edition = workshop.build(linked(records)[0]).edition
    given = [(record, course.identities()) for course in edition.courses for record in course.records()]
    notes = [(note, known[note.ref].guid) for record, known in given for note in edition.notes_of(record, known)]
    return [(note, guid) for note, guid in notes if note.kind == "key_term"]


def test_one_note_stands_for_a_page_and_all_the_guides_that_name_it() -> None:
    guides = [guide({"yeast": "Rises."}), guide({"Yeast": "Eats."}, title="Brines", unit=4, topic="4.1")]
    ((note, _),) = notes_in(Workshop(), [*guides, key_term("yeast", "Alive.")])
    assert (note.back, note.unit, note.topic) == ("Alive.", "3", "3.5")
    below = {tag.removeprefix(f"course::{note.course_slug}::") for tag in note.tags}
    assert {"unit::03", "unit::04", "topic::3.5", "topic::4.1"} <= below


def test_without_a_page_the_first_guide_that_defines_a_word_supplies_its_note() -> None:
    guides = [
        guide({"yeast": None}, title="A"),
        guide({"yeast": "Rises."}, title="B"),
        guide({"yeast": "Eats."}, title="C"),
    ]
    ((note, _),) = notes_in(Workshop(), guides)
    assert (note.back, note.record_id) == ("Rises.", guides[1].id)


def test_a_note_stays_the_same_when_a_page_supplies_it_a_year_later_and_when_the_page_is_gone_again() -> None:
    workshop, named = Workshop(), guide({"yeast": "Rises."})
    ((_, first),) = notes_in(workshop, [named])
    ((note, second),) = notes_in(workshop, [named, key_term("Yeast", "Alive.")])
    ((_, third),) = notes_in(workshop, [named])
    assert first == second == third
    assert note.back == "Alive."


def test_a_guides_word_that_is_on_no_note_is_found_out(tmp_path: Path) -> None:
    build = Workshop().build([guide({"yeast": "Rises."}), key_term("salt")])
    package = build.write(tmp_path) / "all.apkg"
    assert list(verify_anki(package, "anki/all.apkg", build.edition, Proven())) == []
    without = Workshop().build([guide({"salt": None}), key_term("salt")])
    package = without.write(tmp_path / "other") / "kitchen-science.apkg"
    messages = [one.message for one in verify_anki(package, "anki/kitchen-science.apkg", build.edition, Proven())]
    assert "no note is about the word 'yeast'" in messages


def test_units_have_decks_of_their_own_where_that_is_chosen(tmp_path: Path) -> None:
    records, _ = linked([guide({"yeast": "Rises.", "salt": "Salty."}), key_term("yeast", facts=["It eats."])])
    records.append(key_term("crumb"))
    for chosen, expected in (("unit", {"salt": "::Unit 03", "yeast": "::Unit 03", "crumb": ""}), ("none", {})):
        build = Workshop(anki=AnkiSettings(subdecks=chosen)).build(records)  # type: ignore[arg-type]
        path = build.write(tmp_path / chosen) / "all.apkg"
        assert list(verify_anki(path, "anki/all.apkg", build.edition, Proven())) == []
        with read_package(path) as package:
            for note in package.notes():
                decks = {deck for _, deck, _ in note.cards}
                assert decks == {f"Guidepress::{COURSE}{expected.get(note.fields['Term'], '')}"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "alpha.txt").write_text(term_page("Alpha"), encoding="utf-8")
    (raw / "beta.txt").write_text(term_page("Beta"), encoding="utf-8")
    words = {"alpha": "A letter of its own kind.", "Beta": "", "delta": "The fourth of the letters."}
    (raw / "letters.txt").write_text(guide_page("First Letters", words), encoding="utf-8")
    return Settings(raw=(raw,), build=tmp_path / "build", lock=tmp_path / "cards.lock", jobs=1)


def build(settings: Settings) -> RunResult:
    return run(settings, Plan(export=("json", "anki")))


def record(settings: Settings, name: str) -> Any:
    return next(read_records(settings.build, text=name))


def test_a_run_links_reports_and_counts_both_kinds_and_ends_well(settings: Settings) -> None:
    result = build(settings)
    assert (result.exit_code, result.kinds) == (0, {"key_term": 2, "study_guide": 1})
    assert result.finding_codes["definition-differs"] == 1
    assert "A letter of its own kind." in report_page(result, settings.raw)
    console = Console(file=io.StringIO(), width=120)
    print_table(result, console)
    assert "Definitions differ" in console.file.getvalue()  # type: ignore[attr-defined]
    named = words_of(record(settings, "first-letters"))
    assert named["alpha"].record_id == record(settings, "alpha").id
    assert named["Beta"].definition == record(settings, "beta").definition
    manifest = json.loads((settings.build / "json/manifest.json").read_text(encoding="utf-8"))
    assert manifest["kinds"] == manifest["courses"][0]["kinds"] == {"key_term": 2, "study_guide": 1}
    assert status(settings).kinds == {"key_term": 2, "study_guide": 1}
    assert [one.id for one in read_records(settings.build, kind="study_guide")] == [named_id(settings)]
    (traced,) = trace(named_id(settings), settings)
    assert {"title", "vocabulary"} <= {line.owner.split(".")[0].split("[")[0] for line in traced.lines}


def named_id(settings: Settings) -> str:
    return str(record(settings, "first-letters").id)


def test_a_second_run_keeps_links_findings_and_every_byte(settings: Settings) -> None:
    first = build(settings)
    second = build(settings)
    assert set(second.fates.values()) == {"kept"}
    assert second.finding_codes == first.finding_codes


def test_an_edited_definition_changes_the_guide_in_which_it_stands_in(settings: Settings) -> None:
    build(settings)
    text = term_page("Beta", definition="Beta is quite another thing now.")
    (settings.raw[0] / "beta.txt").write_text(text, encoding="utf-8")
    result = build(settings)
    assert (result.parsed, result.fates["json/test-studies.json"], result.exit_code) == (1, "written", 0)
    word = words_of(record(settings, "first-letters"))["Beta"]
    assert word.definition is not None
    assert word.definition.text == "Beta is quite another thing now."


def test_a_page_that_is_gone_leaves_no_link_and_no_finding_behind(settings: Settings) -> None:
    build(settings)
    for name in ("alpha.txt", "beta.txt"):
        (settings.raw[0] / name).unlink()
    result = build(settings)
    assert (result.exit_code, result.finding_codes.get("definition-differs")) == (0, None)
    words = words_of(record(settings, "first-letters"))
    assert [word.record_id for word in words.values()] == [None, None, None]
    assert words["Beta"].definition is None


def test_a_guide_first_and_its_words_page_a_year_later_are_one_line_of_the_lock(settings: Settings) -> None:
    page = settings.raw[0] / "delta.txt"
    build(settings)
    before = {line.identity_key: line for line in read_lock(settings.lock).lines if line.kind == "key_term"}
    page.write_text(term_page("Delta"), encoding="utf-8")
    result = build(settings)
    after = {line.identity_key: line for line in read_lock(settings.lock).lines if line.kind == "key_term"}
    assert result.exit_code == 0
    assert {key: line.guid for key, line in after.items()} == {key: line.guid for key, line in before.items()}
    assert after["own-words/test-studies/delta"].record_id == "own-words/test-studies/delta"
    assert after["own-words/test-studies/delta"].mod > before["own-words/test-studies/delta"].mod


def test_a_link_to_no_record_is_found_out(settings: Settings) -> None:
    build(settings)
    edition = Workshop().build([key_term("a"), key_term("b"), key_term("c")]).edition
    path = settings.build / "records.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"id":"own-words/test-studies/beta"' not in line), "utf-8")
    messages = [one.message for one in verify_records.verify(path, "records.jsonl", edition, Proven())]
    assert "leads to own-words/test-studies/beta, which is no record of this build" in messages


def test_printed_cards_are_those_of_the_deck() -> None:
    records, _ = linked([guide({"yeast": "Rises.", "salt": "Salty."}), key_term("yeast", "Alive.")])
    edition = Workshop().build(records).edition
    backs = [card.back for course in edition.courses for card in cards_of(course, edition) if card.label == "Term"]
    assert sorted(backs) == ["Alive.", "Salty."]


def test_two_pages_of_one_term_that_are_told_apart_have_a_note_each_and_keep_it(tmp_path: Path) -> None:
    workshop, named = Workshop(), guide({"yeast": "Rises."})
    page = key_term("yeast", "Alive.")
    ((_, first),) = notes_in(workshop, [named, page])
    other = key_term("yeast", "A brand.").model_copy(update={"id": "aaa/yeast"})
    for records in ([named, other, page], [other, page], [named, other, page]):
        guids = {note.back: guid for note, guid in notes_in(workshop, records)}
        assert guids.keys() == {"Alive.", "A brand."}
        assert guids["Alive."] == first
    build = workshop.build(linked([named, other, page])[0])
    assert list(verify_anki(build.write(tmp_path) / "all.apkg", "anki/all.apkg", build.edition, Proven())) == []
