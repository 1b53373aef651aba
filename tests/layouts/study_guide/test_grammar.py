"""Study guides: whole pages against their truth, in generations the parser was not written around; nothing is lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from parsed_pages import parse, parse_file, parse_folder
from pipeline.records import StudyGuide
from pipeline.stages.page.outcome import ParseOutcome
from places import GOLDEN, ROOT, SAMPLES, SHARED
from tests.generations.guides_model import GuideTruth, compare_guide
from tests.generations.guides_truths import GUIDES
from tests.generations.model import squeeze
from tests.generations.run_guides import RENDERERS, check

FOLDERS = sorted(folder for folder in GOLDEN.iterdir() if folder.name.startswith("guide-"))
GUIDE_CORPUS = SHARED / "guides"
CASES = [(generation, variant) for generation, one in RENDERERS.items() for variant in range(one.VARIANTS)]


def only_guide(outcome: ParseOutcome) -> StudyGuide:
    assert outcome.rejects == ()
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    return record


def summary(guide: StudyGuide) -> dict[str, Any]:
    """Return a guide in the words of `record.json`: plain text, white space collapsed."""
    return {
        "kind": guide.kind,
        "id": guide.id,
        "title": guide.title.text,
        "topic": guide.topic,
        "course": guide.course.title,
        "unit": guide.unit.model_dump() if guide.unit else None,
        "authors": list(guide.authors),
        "updated": guide.updated,
        "objectives": [one.text for one in guide.objectives],
        "lead": squeeze(guide.lead.text) if guide.lead else None,
        "sections": [
            {"heading": one.heading.text, "level": one.level, "text": squeeze(one.body.text)} for one in guide.sections
        ],
        "bodies": [one.body.html for one in guide.sections],
        "vocabulary": [
            {"term": one.term.text, "definition": squeeze(one.definition.text) if one.definition else None}
            for one in guide.vocabulary
        ],
        "questions": [
            {
                "question": squeeze(one.question.text),
                "choices": [squeeze(choice.text) for choice in one.choices],
                "answer": squeeze(one.answer.text) if one.answer else None,
                "explanation": squeeze(one.explanation.text) if one.explanation else None,
            }
            for one in guide.questions
        ],
        "notices": list(guide.notices),
        "publisher": guide.publisher,
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_golden_guide(folder: Path) -> None:
    (page,) = (file for file in folder.iterdir() if file.name != "record.json")
    expected = json.loads((folder / "record.json").read_text("utf-8"))
    findings = expected.pop("findings", [])
    (outcome,) = parse_file(page.read_bytes(), f"{folder.name}/{page.name}")
    said = summary(only_guide(outcome))
    assert {key: said[key] for key in expected} == expected
    assert outcome.ledger.unclaimed == ()
    assert sorted({finding.code for finding in outcome.findings}) == findings


def told_in_blocks(truth: dict[str, Any]) -> GuideTruth:
    """Return a truth file's entry in the form of the generated pages' truths."""
    sections = [{"heading": one["heading"], "blocks": [("p", one["text"])]} for one in truth["sections"]]
    questions = [{key: value for key, value in one.items() if value} for one in truth["questions"]]
    return {**truth, "sections": sections, "questions": questions}  # type: ignore[typeddict-item, return-value]


@pytest.mark.skipif(not GUIDE_CORPUS.is_dir(), reason="the guides are no part of the project, and are not beside it")
def test_every_guide_of_the_corpus_is_read_as_it_stands() -> None:
    truths = json.loads((GUIDE_CORPUS / "truth.json").read_text("utf-8"))
    told, read = [], set()
    for outcome in parse_folder(GUIDE_CORPUS / "raw"):
        read.add(outcome.path)
        told += [f"{outcome.path}: unclaimed: {piece.text}" for piece in outcome.ledger.unclaimed]
        guide = only_guide(outcome)
        # The truth does not tell who wrote the page, nor when.
        truth = {**truths[outcome.path], "authors": list(guide.authors), "updated": guide.updated}
        told += [
            f"{outcome.path}: {one}" for one in compare_guide(guide.model_dump(mode="json"), told_in_blocks(truth))
        ]
        assert guide.authors
        assert guide.updated
    assert told == []
    assert read == set(truths)


@pytest.mark.parametrize("case", CASES, ids=[f"{generation}-{variant}" for generation, variant in CASES])
def test_every_guide_equals_its_truth_with_nothing_unclaimed(case: tuple[str, int]) -> None:
    assert {truth["title"]: check(*case, truth) for truth in GUIDES} == {truth["title"]: [] for truth in GUIDES}


@pytest.mark.parametrize("case", CASES, ids=[f"{generation}-{variant}" for generation, variant in CASES])
def test_each_visible_character_of_a_guide_is_counted_once(case: tuple[str, int]) -> None:
    generation, variant = case
    for truth in GUIDES:
        (outcome,) = parse_file(
            RENDERERS[generation].render(truth, variant=variant), RENDERERS[generation].name(variant)
        )
        ledger = outcome.ledger
        assert sum(ledger.fields.values()) + sum(ledger.boilerplate.values()) == ledger.visible


def test_other_pages_of_the_site_are_no_guides_and_their_rejects_name_the_nearest_layout() -> None:
    links = "<a href='/'>Home</a><a href='/k'>Key Terms</a><a>AP Biology Unit 3</a><a>Practice</a>"
    menu = f"<header><nav>{links}</nav></header>"
    about = (
        f"<html><body>{menu}<main><h1>About us</h1><p>We write guides for every class.</p><h2>Our Mission</h2>"
        "<p>To make learning easier.</p><h2>FAQs</h2><h3>Who are you?</h3><p>Students.</p></main></body></html>"
    )
    lost = (
        f"<html><body>{menu}<main><h1>404</h1><p>This page could not be found.</p><p>Key terms</p></main></body></html>"
    )
    lost_text = "Home\n\nKey Terms\n\nPractice\n\nAP Biology Unit 3 Review\n\n404\n\nThis page could not be found.\n"
    for page, path in ((about, "about.html"), (lost, "404.html"), (lost_text, "404.txt")):
        (reject,) = parse(page, path).rejects
        assert reject.code == "no-layout"
        assert "the nearest is" in reject.message


def test_a_guide_without_content_or_course_says_what_is_missing() -> None:
    head = "<html><body><main><h1>3.5 Respiration</h1><p>6 min read</p><h2>Key Terms to Review (1)</h2>"
    (reject,) = parse(f"{head}<p>cell: a small room</p></main></body></html>", "a.html").rejects
    assert reject.code == "no-course"
    (reject,) = parse(f"<p>AP Biology Unit 3 Review</p>{head}</main></body></html>", "b.html").rejects
    assert reject.code == "no-content"


def test_a_count_that_differs_from_what_was_read_is_told_with_its_line() -> None:
    page = "Biology Unit 3 Review\n\n3.5 Cells\n\n6 min read\n\nKey Terms to Review (3)\n\ncell: a small room\n"
    outcome = parse(page, "cells.txt")
    assert [(one.code, one.line) for one in outcome.findings] == [("count-differs", 7)]
    assert [word.term.text for word in only_guide(outcome).vocabulary] == ["cell"]


def test_a_word_of_a_guide_keeps_the_address_of_its_page() -> None:
    page = (
        "<main><p>Biology Unit 3 Review</p><h1>3.5 Cells</h1><p>6 min read</p><h2>Vocabulary</h2><table><tr><td>"
        "<a href='https://example.org/key-terms/biology/cell'>cell</a></td><td>a small room</td></tr></table></main>"
    )
    (word,) = only_guide(parse(page, "cells.html")).vocabulary
    assert (word.term.html, word.url) == ("cell", "https://example.org/key-terms/biology/cell")


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_table_in_text_holds_together_over_blank_lines_and_words_without_a_definition(gap: str) -> None:
    rows = gap.join(["Term\t\tDefinition", "cell\t\ta small room", "wall\t\twhat is around it"])
    if gap == "\n":
        rows = rows.replace("wall\t", "door\nwall\t")
    guide = only_guide(
        parse(f"Biology Unit 3 Review\n\n3.5 Cells\n\n6 min read\n\nVocabulary\n\n{rows}\n", "cells.txt")
    )
    words = {word.term.text: word.definition.text if word.definition else None for word in guide.vocabulary}
    assert words == {"cell": "a small room", "wall": "what is around it"} | ({"door": None} if gap == "\n" else {})


def test_names_that_stand_below_the_title_are_no_text() -> None:
    page = (
        "<main><h1>3.5 Cells</h1><p>🧬Biology Unit 3 Review</p><p>Unit 3 – Small Rooms</p><p>6 min read</p>"
        "<h2>Walls</h2><p>They are around it.</p><h2>Glossary</h2><p>cell: a small room</p></main>"
    )
    outcome = parse(page, "cells.html")
    guide = only_guide(outcome)
    assert (guide.course.title, guide.unit and guide.unit.title) == ("Biology", "Small Rooms")
    assert guide.lead is None
    assert outcome.ledger.unclaimed == ()


def test_every_sample_guide_is_read_as_it_stands() -> None:
    truths = json.loads((SAMPLES / "guides-truth.json").read_text("utf-8"))
    assert len(truths) >= 9
    told = []
    for outcome in parse_folder(ROOT / "raw"):
        if outcome.path in truths:
            guide = only_guide(outcome)
            told += [
                f"{outcome.path}: {one}"
                for one in compare_guide(guide.model_dump(mode="json"), told_in_blocks(truths[outcome.path]))
            ]
            told += [f"{outcome.path}: unclaimed: {piece.text}" for piece in outcome.ledger.unclaimed]
    assert told == []
