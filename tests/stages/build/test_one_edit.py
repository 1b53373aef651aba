"""What an edit costs: the rows and the reading of its course; the files of the whole build are copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from term_pages import term_page, write_pages

from pipeline.config import Settings
from pipeline.exporters.anki import rows
from pipeline.stages.build.plan import Plan, run
from pipeline.stages.build.result import RunResult
from pipeline.stages.exporting import verifying
from pipeline.store import PageIndex
from pipeline.verify import records as verify_records

COURSES = ("First Studies", "Second Studies", "Third Studies")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for number, course in enumerate(COURSES):
        write_pages(tmp_path / "raw", [f"{word} {number}" for word in ("Alpha", "Beta")], course=course)
    return Settings(raw=(tmp_path / "raw",), build=tmp_path / "build", lock=tmp_path / "cards.lock", jobs=1)


def build(settings: Settings) -> RunResult:
    return run(settings, Plan(export=("anki", "json")))


def edit(settings: Settings) -> None:
    path = settings.raw[0] / "second-studies/alpha 1.txt"
    path.write_text(term_page("Alpha 1", COURSES[1], definition="{term} is another thing by now."), encoding="utf-8")


def artifacts(settings: Settings) -> dict[str, bytes]:
    files = (path for name in ("anki", "json") for path in (settings.build / name).rglob("*"))
    return {path.relative_to(settings.build).as_posix(): path.read_bytes() for path in files if path.is_file()}


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    """Give the records of which rows are made, the artifacts that are read back, the records that are validated."""
    seen: dict[str, list[str]] = {"rows": [], "artifacts": [], "lines": []}
    row_of, verify_artifact, load_record = rows.row_of, verifying.verify_artifact, verify_records.load_record

    def made(note: Any, *rest: Any) -> Any:
        seen["rows"].append(note.record_id)
        return row_of(note, *rest)

    def read(exporter: str, path: Path, artifact: str, *rest: Any) -> Any:
        seen["artifacts"].append(artifact)
        return verify_artifact(exporter, path, artifact, *rest)

    def validated(line: str) -> Any:
        record = load_record(line)
        seen["lines"].append(record.id)
        return record

    monkeypatch.setattr(rows, "row_of", made)
    monkeypatch.setattr(verifying, "verify_artifact", read)
    monkeypatch.setattr(verify_records, "load_record", validated)
    return seen


def test_an_edit_costs_its_course_and_copies_and_gives_the_bytes_of_a_first_build(
    settings: Settings, looked_at: dict[str, list[str]]
) -> None:
    assert build(settings).differences == []
    assert len({record.split("/")[1] for record in looked_at["rows"]}) == 3
    assert len(looked_at["lines"]) == 6
    for seen in looked_at.values():
        seen.clear()
    edit(settings)
    result = build(settings)
    assert result.differences == []
    assert {record.split("/")[1] for record in looked_at["rows"]} == {"second-studies"}
    assert sorted(looked_at["artifacts"]) == [
        "anki/all.apkg",
        "anki/second-studies.apkg",
        "findings.jsonl",
        "json/manifest.json",
        "json/second-studies.json",
        "records.jsonl",
        "rejects.jsonl",
    ]
    after = artifacts(settings)
    shutil.rmtree(settings.build)
    build(settings)
    assert artifacts(settings) == after


def test_all_decks_are_not_made_from_a_course_that_could_not_be(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = term_page("Alpha 1", COURSES[1], definition="{term} is shown by a picture.")
    path = settings.raw[0] / "second-studies/alpha 1.html"
    path.with_suffix(".txt").unlink()
    paragraphs = "".join(f"<p>{line}</p>" for line in shown.split("\n\n")[:5])
    pixel = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    path.write_text(f'{paragraphs}<p>So. <img src="data:image/gif;base64,{pixel}" alt="a dot"></p>', encoding="utf-8")
    build(settings)
    before = artifacts(settings)
    path.write_text(path.read_text(encoding="utf-8").replace("shown", "drawn"), encoding="utf-8")

    def lost(_: PageIndex, name: str) -> bytes:
        raise KeyError(name)

    monkeypatch.setattr(PageIndex, "media", lost)
    result = build(settings)
    told = {failure.path: failure.message for failure in result.failures}
    assert "is missing" in told["anki/second-studies.apkg"]
    assert told["anki/all.apkg"] == "it is made from anki/second-studies.apkg, which could not be made"
    assert result.exit_code == 3
    assert artifacts(settings)["anki/all.apkg"] == before["anki/all.apkg"]
    monkeypatch.undo()
    assert build(settings).exit_code == 0
    assert artifacts(settings)["anki/all.apkg"] != before["anki/all.apkg"]
