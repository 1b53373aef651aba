"""What programs get: one JSON object whatever a command ends with, reports that keep their schema, formats of hosts."""

import json
import os
import runpy
import signal
from pathlib import Path

import jsonschema
import pytest
from pydantic import BaseModel

from command_runs import guidepress
from forked_commands import Forked, files_of_at_most, guidepress_forked
from pipeline.cli.commands.looking import status_command
from pipeline.report import DiffReport, ErrorReport, Report, report_schema
from places import ROOT
from term_pages import write_pages


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    write_pages(folder / "raw", ["Alpha", "Beta"])
    (folder / "raw" / "bad.html").write_text("")
    assert guidepress(["export", "json", "anki", "--jobs", "1"], folder).returncode == 3
    return folder


def valid(text: str, model: type[BaseModel]) -> dict:
    found = json.loads(text)
    schema = report_schema(model)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(found, schema, cls=jsonschema.Draft202012Validator)
    return found


@pytest.mark.parametrize(
    ("arguments", "kind", "said"),
    [
        (["all", "--json", "--jbos", "2"], "usage", "--jbos"),
        (["al", "--json"], "usage", "al"),
        (["init", "--json"], "usage", "--json"),
        (["all", "--json", "--jobs", "many"], "usage", "many"),
        (["all", "--config", "nowhere.toml", "--json"], "configuration", "settings file"),
        (["all", "--format", "json", "--raw", "nowhere"], "surroundings", ""),
        (["records", "--json", "--build", "nowhere"], "surroundings", ""),
        (["diff", "nowhere", "--json"], "surroundings", "nothing here"),
        (["trace", "nobody/knows/it", "--json"], "input", ""),
        (["verify", "--format=json", "--build", "nowhere"], "surroundings", ""),
        (["all", "--json", "--lock", "raw/bad.html"], "input", "bad.html"),
    ],
)
def test_json_prints_an_object_where_a_command_cannot_do_its_work(
    built: Path, arguments: list[str], kind: str, said: str
) -> None:
    result = guidepress(arguments, built)
    found = valid(result.stdout, ErrorReport)
    assert (result.returncode, found["exit_code"]) == (2, 2)
    told = found["error"]
    assert told["kind"] in {kind, "surroundings"}
    assert said in f"{told['where']} {told['message']}"
    assert told["message"].splitlines()[0] in result.stderr


def test_a_defect_is_an_object_too_with_where_its_traceback_is(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("pipeline.stages.inspecting.status", broken)
    assert status_command.command.name == "status"
    result = guidepress(["status", "--json"], built)
    found = valid(result.stdout, ErrorReport)
    assert (result.returncode, found["exit_code"], found["error"]["kind"]) == (1, 1, "defect")
    assert "build/.state/traceback.txt" in found["error"]["message"]
    assert "by nothing" in (built / "build/.state/traceback.txt").read_text()


def test_an_interrupted_run_prints_an_object_and_ends_with_130(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "late.toml")
    child = Forked(["status", "--json", "--config", "late.toml"], tmp_path)
    # It waits for the other end of the pipe that is its settings file: once that is open, it is where we want it.
    with (tmp_path / "late.toml").open("w"):
        child.kill(signal.SIGTERM)
        result = child.finished()
    assert result.returncode == 130, result.stderr
    assert valid(result.stdout, ErrorReport)["error"]["kind"] == "interrupted"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["export", "json", "--json"], 3),
        (["parse", "--format", "json"], 3),
        (["verify", "--json"], 3),
        (["export", "anki", "--frozen", "--lock", "other.lock", "--json"], 4),
    ],
)
def test_a_report_keeps_its_schema_whatever_the_run_ends_with(built: Path, arguments: list[str], code: int) -> None:
    workers = ["--jobs", "1"] if arguments[0] != "verify" else []
    result = guidepress([*arguments, *workers], built)
    found = valid(result.stdout, Report)
    assert (result.returncode, found["exit_code"]) == (code, code)
    assert json.loads((built / "build/report.json").read_text(encoding="utf-8")) == found
    if code == 4:
        assert found["would_change"]["new"]


def test_a_comparison_keeps_its_schema(built: Path) -> None:
    for arguments in ([], ["build/anki"], ["cards.lock", "--exit-code"], ["--format", "json"]):
        valid(guidepress(["diff", *arguments, "--json", "--jobs", "1"], built).stdout, DiffReport)


def test_the_schemas_of_reports_are_printed_and_those_of_the_docs(built: Path) -> None:
    for what, model in (("report", Report), ("diff", DiffReport), ("error", ErrorReport)):
        printed = guidepress(["schema", what], built).stdout
        assert json.loads(printed) == report_schema(model)
        assert printed == (ROOT / f"docs/{what}.schema.json").read_text(encoding="utf-8"), "run `make docs`"


def test_the_reference_of_the_report_is_that_of_its_model() -> None:
    made = runpy.run_path(str(ROOT / "scripts/report_reference.py"))["reference"]()
    assert (ROOT / "docs/report.md").read_text(encoding="utf-8") == made, "run `make docs`"


def test_a_format_has_the_standard_output_for_itself_and_people_read_the_error_stream(built: Path) -> None:
    result = guidepress(["export", "json", "--format", "github", "--jobs", "1"], built)
    assert result.returncode == 3
    assert [line for line in result.stdout.splitlines() if not line.startswith("::")] == []
    assert result.stdout.startswith("::error file=raw/bad.html,")
    assert "Pages read" in result.stderr
    assert "Pages read" in guidepress(["export", "json", "--format", "text", "--jobs", "1"], built).stdout


@pytest.mark.parametrize("name", ["github", "gitlab", "junit", "sarif"])
def test_a_format_tells_what_kept_the_command_from_its_work(built: Path, name: str) -> None:
    result = guidepress(["all", "--format", name, "--config", "nowhere.toml"], built)
    assert result.returncode == 2
    assert "there is no such settings file" in result.stdout
    assert "there is no such settings file" in result.stderr


def test_what_stands_behind_two_dashes_is_no_option(built: Path) -> None:
    result = guidepress(["trace", "--", "--json"], built)
    assert result.returncode == 2
    assert result.stdout == ""


def test_a_damaged_record_leaves_no_half_object(built: Path, tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    good = (built / "build/records.jsonl").read_text(encoding="utf-8")
    (tmp_path / "build/records.jsonl").write_text(good + "{damaged\n", encoding="utf-8")
    result = guidepress(["records", "--json"], tmp_path)
    assert result.returncode == 2
    assert valid(result.stdout, ErrorReport)["exit_code"] == 2


def test_a_comparison_without_room_for_its_own_files_is_an_object_too(built: Path) -> None:
    done = guidepress_forked(["diff", "--json", "--jobs", "1"], built, before=files_of_at_most(10_000))
    assert done.returncode == 2, done.stderr
    assert valid(done.stdout, ErrorReport)["error"]["kind"] == "surroundings"
