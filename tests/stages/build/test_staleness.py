"""What a second run does: nothing, but for what changed."""

import json
import os
from pathlib import Path

import pytest
from term_pages import term_page, write_pages

from pipeline.config import Limits, Settings, SurroundingsError
from pipeline.records import Finding
from pipeline.stages.build.result import RunResult
from pipeline.records import Finding
from pipeline.stages.build.plan import Plan, run
from pipeline.stages.inspecting.cleaning import clean
from pipeline.stages.inspecting.staleness import status
from pipeline.stages.exporting import verifying
from pipeline.stages.progress import Silent
from pipeline.verify import Difference


class Told(Silent):
    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, message: str) -> None:
        self.notes.append(message)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    write_pages(tmp_path / "raw", course="Test Studies")
    write_pages(tmp_path / "raw", ["Delta"], course="Other Studies")
    return Settings(raw=(tmp_path / "raw",), build=tmp_path / "build", lock=tmp_path / "cards.lock", jobs=1)


def build(settings: Settings, *, verify: bool = True) -> RunResult:
    return run(settings, Plan(export=("json",), verify=verify))


def written(result: RunResult) -> list[str]:
    return sorted(path for path, fate in result.fates.items() if fate == "written")


def page(settings: Settings, name: str = "test-studies/alpha.txt") -> Path:
    return settings.raw[0] / name


def test_a_second_run_parses_and_writes_nothing(settings: Settings) -> None:
    first = build(settings)
    assert (first.pages, first.parsed, first.records, first.exit_code) == (4, 4, 4, 0)
    second = build(settings)
    assert (second.pages, second.parsed, written(second), second.deleted) == (4, 0, [], [])
    assert second.fates.keys() == first.fates.keys()
    assert second.exit_code == 0


def test_a_new_time_alone_parses_nothing(settings: Settings) -> None:
    build(settings)
    os.utime(page(settings), ns=(5_000_000_000, 5_000_000_000))
    second = build(settings)
    assert (second.parsed, written(second)) == (0, [])


def test_an_edited_page_alone_is_parsed_and_only_what_holds_it_is_written(settings: Settings) -> None:
    build(settings)
    page(settings).write_text(term_page("Alpha", definition="Alpha is another thing now."), encoding="utf-8")
    second = build(settings)
    assert second.parsed == 1
    assert written(second) == ["json/manifest.json", "json/test-studies.json", "records.jsonl"]
    assert second.identity is not None
    assert (second.identity.updated, second.identity.new, second.identity.retired_now) == (1, 0, 0)


def test_an_edit_of_equal_length_with_the_old_time_is_seen(settings: Settings) -> None:
    build(settings)
    times = page(settings).stat()
    text = page(settings).read_text(encoding="utf-8")
    page(settings).write_text(text.replace("plain sentence", "short sentence"), encoding="utf-8")
    os.utime(page(settings), ns=(times.st_atime_ns, times.st_mtime_ns))
    assert build(settings).parsed == 1


def test_a_page_that_is_gone_takes_its_record_along(settings: Settings) -> None:
    build(settings)
    page(settings).unlink()
    second = build(settings)
    assert (second.pages, second.records, second.parsed, second.gone) == (3, 3, 0, 1)
    assert "json/test-studies.json" in written(second)


def test_a_course_that_is_gone_takes_its_artifacts_along(settings: Settings) -> None:
    build(settings)
    page(settings, "other-studies/delta.txt").unlink()
    second = build(settings)
    assert second.deleted == ["json/other-studies.json"]
    assert not (settings.build / "json/other-studies.json").exists()


def test_a_page_that_moves_is_one_record_still(settings: Settings) -> None:
    build(settings)
    page(settings).rename(page(settings).with_name("renamed.txt"))
    second = build(settings)
    assert (second.records, second.parsed, second.gone) == (4, 1, 1)
    assert second.identity is not None
    assert second.identity.new == 0


def test_an_artifact_that_was_edited_or_deleted_is_made_again(settings: Settings) -> None:
    build(settings)
    (settings.build / "json/test-studies.json").write_text("{}")
    (settings.build / "json/schema.json").unlink()
    (settings.build / "rejects.jsonl").write_text("?")
    second = build(settings)
    assert second.parsed == 0
    assert written(second) == ["json/schema.json", "json/test-studies.json", "rejects.jsonl"]


def test_other_settings_of_reading_parse_every_page_again(settings: Settings) -> None:
    build(settings)
    second = build(settings.model_copy(update={"limits": Limits(depth=99)}))
    assert second.parsed == 4
    assert written(second) == []


def test_other_settings_of_an_output_parse_nothing(settings: Settings) -> None:
    build(settings)
    second = build(settings.model_copy(update={"pdf": settings.pdf.model_copy(update={"paper": "Letter"})}))
    assert (second.parsed, written(second)) == (0, [])


def test_a_picture_that_changes_beside_its_page_is_seen(settings: Settings) -> None:
    picture = settings.raw[0] / "test-studies" / "alpha_files" / "cell.png"
    picture.parent.mkdir()
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    html = (
        "<html><body><h1>Alpha</h1><p>from class:</p><p>Test Studies</p><h2>Definition</h2>"
        "<p>Alpha has a picture. <img src='alpha_files/cell.png' alt='a cell'></p></body></html>"
    )
    page(settings).unlink()
    page(settings, "test-studies/alpha.html").write_text(html, encoding="utf-8")
    first = build(settings)
    assert len(first.courses[1].media) == 1
    assert build(settings).parsed == 0
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(41))
    second = build(settings)
    assert second.parsed == 1
    assert [path for path in second.deleted if path.startswith("json/media/")]
    assert len(list((settings.build / "json/media").iterdir())) == 1


def test_two_pages_for_one_term_give_one_record_and_a_finding_with_both_paths(settings: Settings) -> None:
    page(settings, "test-studies/zz-copy.txt").write_text(term_page("Alpha", questions=()), encoding="utf-8")
    result = build(settings)
    assert (result.pages, result.records, result.exit_code) == (5, 4, 0)
    (group,) = result.findings
    (finding,) = group.examples
    assert (finding.code, finding.path) == ("duplicate", "test-studies/zz-copy.txt")
    assert finding.examples == ("test-studies/alpha.txt",)
    assert "test-studies/alpha.txt" in finding.message
    (line,) = (settings.build / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    assert Finding.model_validate_json(line) == finding


def test_an_empty_raw_folder_is_told_and_leaves_what_was_built(settings: Settings) -> None:
    build(settings)
    for path in settings.raw[0].rglob("*.txt"):
        path.unlink()
    with pytest.raises(SurroundingsError, match="no raw pages"):
        build(settings)
    assert (settings.build / "json/test-studies.json").exists()


def test_a_damaged_state_is_made_anew_and_changes_no_artifact(settings: Settings) -> None:
    build(settings)
    database = settings.build / ".state/state.sqlite3"
    data = bytearray(database.read_bytes())
    data[5000:40000] = b"\x5a" * 35000
    database.write_bytes(data)
    told = Told()
    second = run(settings, Plan(export=("json",)), told)
    assert (second.pages, second.records, second.exit_code) == (4, 4, 0)
    assert any("state" in note for note in told.notes)


def test_a_reject_is_reported_again_without_being_parsed_again(settings: Settings) -> None:
    page(settings, "bad.html").write_text("", encoding="utf-8")
    assert build(settings).exit_code == 3
    second = build(settings)
    assert (second.parsed, second.exit_code, second.reject_codes) == (0, 3, {"empty": 1})
    (line,) = (settings.build / "rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line).keys() == {"path", "line", "code", "message", "hint"}


def test_with_frozen_a_lock_that_would_change_ends_the_run_before_exports(settings: Settings) -> None:
    frozen = settings.model_copy(update={"frozen": True})
    result = build(frozen)
    assert result.exit_code == 4
    assert not settings.lock.exists()
    assert not (settings.build / "json").exists()
    build(settings)
    assert build(frozen).exit_code == 0


def test_verification_is_not_repeated_for_what_it_found_right(settings: Settings) -> None:
    build(settings)
    course = settings.build / "json/test-studies.json"
    os.utime(course, ns=(1, 1))
    assert build(settings).differences == []
    course.write_bytes(course.read_bytes().replace(b"Alpha", b"Alpho"))
    result = run(settings, Plan(parse=False, export=(), again=True))
    assert result.exit_code == 4
    assert {difference.artifact for difference in result.differences} == {
        "json/manifest.json",
        "json/test-studies.json",
    }


def test_to_make_an_artifact_again_is_advised_only_where_that_can_help(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hints(plan: Plan) -> set[str]:
        return {difference.hint for difference in run(settings, plan).differences}

    def differing(exporter: str, path: Path, artifact: str, *_: object) -> list[Difference]:
        return [Difference(artifact, "it differs", hint="make it again")]

    monkeypatch.setattr(verifying, "verify_artifact", differing)
    (ours,) = hints(Plan(export=("json",)))
    assert "report it" in ours
    # Another run may have older artifacts before it, which a new export makes right.
    assert hints(Plan(parse=False, export=(), again=True)) == {"make it again"}


def test_status_says_what_the_next_run_would_do_and_does_nothing(settings: Settings) -> None:
    before = status(settings)
    assert (before.pages, len(before.new), before.current) == (4, 4, False)
    assert not settings.build.exists()
    build(settings)
    assert status(settings).not_made == ["anki", "pdf"]
    assert set(status(settings).artifacts.values()) == {"current"}
    page(settings).write_text(term_page("Alpha", questions=()), encoding="utf-8")
    page(settings, "test-studies/beta.txt").unlink()
    page(settings, "test-studies/new.txt").write_text(term_page("New"), encoding="utf-8")
    (settings.build / "json/schema.json").unlink()
    after = status(settings)
    assert (after.stale, after.gone, after.new) == (
        ["test-studies/alpha.txt"],
        ["test-studies/beta.txt"],
        ["test-studies/new.txt"],
    )
    assert after.artifacts["json/schema.json"] == "missing"


def test_clean_deletes_what_we_wrote_and_nothing_else(settings: Settings) -> None:
    build(settings)
    (settings.build / "json/mine.txt").write_text("mine")
    clean(settings)
    left = sorted(path.relative_to(settings.build).as_posix() for path in settings.build.rglob("*") if path.is_file())
    assert left == ["json/mine.txt"]
    assert settings.lock.exists()
