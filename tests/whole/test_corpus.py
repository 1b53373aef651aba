"""Whole pages against their truth: the seed, the corpus, the sample pages, and the golden folders of `tests/golden`."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pytest

from parsed_pages import only_record, parse_file, parse_folder
from pipeline.records import KeyTerm
from places import GOLDEN, ROOT, SAMPLES, SHARED
from tests.generations.check import compare
from tests.generations.model import Truth, squeeze

SEEDS, CORPUS = SHARED / "seeds", SHARED / "corpus"
# Golden study guides are read in `test_layouts_study_guide.py`.
CASES = sorted(folder for folder in GOLDEN.iterdir() if folder.is_dir() and not folder.name.startswith("guide-"))


def differences(folder: Path, truths: Mapping[str, Truth], guides: Collection[str] = ()) -> list[str]:
    """Return, for all pages of a raw folder but `guides`, what differs from their truths, and what nothing claims."""
    told, read = [], set()
    for outcome in parse_folder(folder):
        if outcome.path in guides:
            continue  # compared in `test_layouts_study_guide.py`
        read.add(outcome.path)
        told += [f"{outcome.path}: {reject.code}: {reject.message}" for reject in outcome.rejects]
        told += [f"{outcome.path}:{piece.line}: unclaimed: {piece.text}" for piece in outcome.ledger.unclaimed]
        for record in outcome.records:
            said = record.model_dump(mode="json")
            told += [f"{outcome.path}: {difference}" for difference in compare(said, truths[outcome.path])]
    assert read == set(truths)
    return told


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed page is no part of the project, and is not beside it")
def test_the_seed_gives_one_record_equal_to_the_page_with_nothing_unclaimed() -> None:
    (page,) = SEEDS.iterdir()
    (outcome,) = parse_folder(SEEDS)
    record = only_record(outcome)
    # Read by place, with none of our code: the page is a text extraction with a blank line between its blocks.
    blocks = page.read_text("utf-8").strip().split("\n\n")
    definition = blocks[blocks.index("Definition") + 1]
    facts = blocks[next(n for n, block in enumerate(blocks) if "Must Know Facts" in block) + 1].splitlines()
    asked = blocks[blocks.index("Review Questions") + 1].splitlines()
    assert record.term.text == "ML Engineer"
    assert record.course.title == "Deep Learning Systems"
    assert record.definition.text == squeeze(definition)
    assert record.definition.text.count(". ") == 2
    assert [fact.text for fact in record.facts] == [fact.strip()[3:] for fact in facts]
    assert len(record.facts) == 5
    assert [one.question.text for one in record.questions] == [line.strip()[2:] for line in asked[::2]]
    assert [one.answer.text if one.answer else None for one in record.questions] == [
        line.strip()[2:] for line in asked[1::2]
    ]
    assert len(record.questions) == 3
    assert record.related_terms == ()
    assert record.also_found_in == ()
    assert list(record.notices) == blocks[-1].splitlines()
    assert len(record.notices) == 2
    assert outcome.ledger.unclaimed == ()
    assert outcome.findings == ()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed page is no part of the project, and is not beside it")
def test_each_visible_character_of_the_seed_is_counted_once() -> None:
    (page,) = SEEDS.iterdir()
    (outcome,) = parse_folder(SEEDS)
    ledger = outcome.ledger
    signs = Counter(line.split()[0] for line in page.read_text("utf-8").splitlines() if line.startswith(" "))
    assert ledger.visible == sum(map(len, page.read_text("utf-8").split())) - sum(
        len(sign) * number for sign, number in signs.items()
    )
    assert sum(ledger.fields.values()) + sum(ledger.boilerplate.values()) == ledger.visible


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is no part of the project, and is not beside it")
def test_every_page_of_the_corpus_is_read_as_it_stands() -> None:
    truths = json.loads((CORPUS / "truth.json").read_text("utf-8"))
    assert len(truths) == 130
    assert differences(CORPUS / "raw", truths) == []


def test_every_sample_page_is_read_as_it_stands() -> None:
    truths = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
    assert len(truths) >= 24
    guides = json.loads((SAMPLES / "guides-truth.json").read_text("utf-8"))
    assert differences(ROOT / "raw", truths, guides) == []


@pytest.mark.parametrize("folder", CASES, ids=[folder.name for folder in CASES])
def test_golden_page(folder: Path) -> None:
    (page,) = (file for file in folder.iterdir() if file.name != "record.json")
    expected = json.loads((folder / "record.json").read_text("utf-8"))
    (outcome,) = parse_file(page.read_bytes(), f"{folder.name}/{page.name}")
    if "reject" in expected:
        assert [reject.code for reject in outcome.rejects] == [expected["reject"]]
        assert outcome.records == ()
    else:
        said = summary(only_record(outcome))
        assert {key: said[key] for key in expected} == expected
        assert outcome.ledger.unclaimed == ()


def summary(record: KeyTerm) -> dict[str, Any]:
    """Return a record in the words of `record.json`: plain text, white space collapsed."""
    return {
        "term": squeeze(record.term.text),
        "course": record.course.title,
        "definition": squeeze(record.definition.text),
        "facts": [squeeze(fact.text) for fact in record.facts],
        "questions": [
            {"question": squeeze(one.question.text), "answer": squeeze(one.answer.text) if one.answer else None}
            for one in record.questions
        ],
        "related": [
            {"term": squeeze(one.term.text), "definition": squeeze(one.definition.text) if one.definition else None}
            for one in record.related_terms
        ],
        "also_found_in": [course.title for course in record.also_found_in],
        "notices": list(record.notices),
        **dict(record.details()),
    }
