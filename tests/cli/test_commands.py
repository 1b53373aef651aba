"""The command line: what each command prints, for a person and for a program."""

import json
from pathlib import Path

import jsonschema
import pytest

from command_runs import guidepress
from pipeline.cli.app import cli
from term_pages import write_pages


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    write_pages(folder / "raw", ["Alpha", "Beta"])
    write_pages(folder / "raw", ["Gamma"], course="Other Studies")
    (folder / "raw" / "bad.html").write_text("")
    result = guidepress(["export", "json", "--jobs", "1"], folder)
    assert result.returncode == 3, result.stderr
    return folder


@pytest.mark.parametrize("name", [None, *cli.list_commands(None)])  # type: ignore[arg-type]
def test_help_works_everywhere_with_the_common_options(name: str | None, tmp_path: Path) -> None:
    result = guidepress([name, "-h"] if name else ["-h"], tmp_path)
    assert result.returncode == 0
    assert "Usage: guidepress" in result.stdout
    for option in (
        ("--raw", "--build", "--config", "--lock", "--frozen", "--jobs", "--strict", "--fail-on")
        if name in ("all", "export")  # the others offer only what they use
        else ()
    ):
        assert option in result.stdout


def test_one_table_at_the_end(built: Path) -> None:
    result = guidepress(["export", "json", "--jobs", "1"], built)
    rows = [line.split("  ")[0] for line in result.stdout.splitlines() if "  " in line]
    assert rows == [
        "Pages read",
        "Records",
        "Rejects",
        "Unclaimed text",
        "Doubts",
        "Warnings",
        "Duplicates",
        "Notes",
        "Artifacts",
        "Seconds",
    ]
    assert "Nothing has changed" in result.stdout
    assert "\x1b" not in result.stdout + result.stderr


def test_json_prints_one_object_and_nothing_else_and_the_report_holds_it(built: Path) -> None:
    result = guidepress(["export", "json", "--jobs", "1", "--json"], built)
    printed = json.loads(result.stdout)
    assert printed == json.loads((built / "build/report.json").read_text(encoding="utf-8"))
    assert (printed["pages"], printed["records"], printed["rejects"], printed["exit_code"]) == (4, 3, 1, 3)
    assert printed["artifacts"]["written"] == 0
    assert printed["artifacts"]["kept"] == len(printed["artifacts"]["files"])


def test_records_are_found_by_term_id_and_course(built: Path) -> None:
    listed = guidepress(["records"], built).stdout.splitlines()
    assert [line.split("\t")[1:] for line in listed] == [
        ["Gamma", "Other Studies"],
        ["Alpha", "Test Studies"],
        ["Beta", "Test Studies"],
    ]
    assert guidepress(["records", "ALPHA"], built).stdout.count("\n") == 1
    assert guidepress(["records", "--course", "other"], built).stdout.startswith("own-words/other-studies/gamma\t")
    found = json.loads(guidepress(["records", "beta", "--json"], built).stdout)
    assert [record["term"]["text"] for record in found["records"]] == ["Beta"]
    assert json.loads(guidepress(["records", "nothing", "--json"], built).stdout) == {"records": []}


def test_records_of_no_build_are_exit_code_2(tmp_path: Path) -> None:
    result = guidepress(["records"], tmp_path)
    assert result.returncode == 2
    assert "guidepress all" in result.stderr


def test_the_printed_schema_is_that_of_the_bundle_and_valid(built: Path) -> None:
    schema = json.loads(guidepress(["schema"], built).stdout)
    assert schema == json.loads((built / "build/json/schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    record = json.loads(guidepress(["schema", "record"], built).stdout)
    jsonschema.Draft202012Validator.check_schema(record)
    for line in (built / "build/records.jsonl").read_text(encoding="utf-8").splitlines():
        jsonschema.validate(json.loads(line), record, cls=jsonschema.Draft202012Validator)


def test_status_is_printed_for_people_and_programs(built: Path) -> None:
    assert "3 unchanged" in guidepress(["status"], built).stdout.replace("4 unchanged", "3 unchanged")
    found = json.loads(guidepress(["status", "--json"], built).stdout)
    assert (found["pages"], found["new"], found["gone"]) == (4, [], [])
    assert found["artifacts"]["json/manifest.json"] == "current"


def test_verify_reads_everything_back_and_finds_a_changed_file(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", ["Alpha"])
    assert guidepress(["export", "json", "--jobs", "1"], tmp_path).returncode == 0
    assert guidepress(["verify"], tmp_path).returncode == 0
    course = tmp_path / "build/json/test-studies.json"
    course.write_text(course.read_text(encoding="utf-8").replace("plain", "plane"), encoding="utf-8")
    result = guidepress(["verify"], tmp_path)
    assert result.returncode == 4
    assert "json/test-studies.json" in result.stderr
    (tmp_path / "build/records.jsonl").unlink()
    assert guidepress(["verify"], tmp_path).returncode == 4


def test_verify_of_no_build_is_exit_code_2(tmp_path: Path) -> None:
    assert guidepress(["verify"], tmp_path).returncode == 2


def test_init_makes_a_place_to_begin_and_leaves_what_is_there(tmp_path: Path) -> None:
    result = guidepress(["init", "--jobs", "2", "--raw", "pages"], tmp_path)
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "guidepress.toml").read_text(encoding="utf-8")
    assert 'raw = ["pages"]\n' in text
    assert "\njobs = 2\n" in text
    assert (tmp_path / "pages").is_dir()
    write_pages(tmp_path / "pages", ["Alpha"])
    assert guidepress(["parse"], tmp_path).returncode == 0
    assert "kept guidepress.toml" in guidepress(["init"], tmp_path).stdout
    assert (tmp_path / "guidepress.toml").read_text(encoding="utf-8") == text


def test_clean_says_what_it_deleted(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", ["Alpha"])
    guidepress(["export", "json", "--jobs", "1"], tmp_path)
    (tmp_path / "build" / "README.md").write_text("mine")
    result = guidepress(["clean"], tmp_path)
    assert result.returncode == 0
    assert "files deleted from build" in result.stdout
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["README.md"]


def test_several_raw_folders_are_read_with_their_names_in_front(tmp_path: Path) -> None:
    write_pages(tmp_path / "one", ["Alpha"])
    write_pages(tmp_path / "two", ["Beta"])
    (tmp_path / "two" / "bad.html").write_text("")
    result = guidepress(["parse", "--raw", "one", "--raw", "two", "--jobs", "1", "--json"], tmp_path)
    assert result.returncode == 3
    assert "two/bad.html: " in result.stderr
    lines = (tmp_path / "build/records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["source"]["path"] for line in lines] == [
        "one/test-studies/alpha.txt",
        "two/test-studies/beta.txt",
    ]


def test_an_unknown_variable_is_told_and_does_not_stop_the_run(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDEPRESS_JOB", "2")
    result = guidepress(["records"], built)
    assert result.returncode == 0
    assert "GUIDEPRESS_JOB: no setting has that name" in result.stderr
