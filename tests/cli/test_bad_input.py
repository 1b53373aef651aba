"""Bad input: a clear message each, the right exit code, and every other page's output complete."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from command_runs import artifact_sums, guidepress
from forked_commands import files_of_at_most, guidepress_forked, without_roots_rights
from term_pages import term_page, write_pages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pages(tmp_path / "raw", ["Alpha", "Beta"])
    return tmp_path


def rejects(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "build/rejects.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def bad_page(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / "raw" / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


HTML_WITHOUT_DEFINITION = """<!doctype html>
<html><head><title>Osmosis - Test Studies</title></head><body>
<h1>Osmosis</h1><p>from class:</p><p>Test Studies</p>
<h2>Overview</h2><p>Some words.</p>
<h2>Review Questions</h2><ul><li>Why?<ul><li>So.</li></ul></li></ul>
</body></html>"""
RECIPE = """<html><head><title>Apple pie</title></head><body><h1>Apple pie</h1><h2>Ingredients</h2>
<ul><li>Apples</li><li>Flour</li></ul><h2>Method</h2><p>Bake it for an hour.</p></body></html>"""


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("empty.html", b"", {"empty"}),
        ("blank.txt", b" \n\t\n", {"empty"}),
        ("binary.html", bytes(range(256)) * 40, {"binary"}),
        ("no-definition.html", HTML_WITHOUT_DEFINITION, {"no-definition"}),
        ("recipe.html", RECIPE, {"no-layout", "no-definition", "no-term", "no-course"}),
        ("truncated.html", HTML_WITHOUT_DEFINITION[:150] + "<p class='", {"truncated", "no-definition"}),
        ("cut.zip", b"PK\x03\x04" + bytes(20), {"corrupt-archive"}),
    ],
)
def test_a_bad_page_is_rejected_with_file_reason_and_hint_and_the_others_are_made(
    folder: Path, name: str, content: bytes | str, codes: set[str]
) -> None:
    bad_page(folder, name, content)
    result = guidepress(["export", "json", "--jobs", "1"], folder)
    assert result.returncode == 3, result.stderr
    (reject,) = rejects(folder)
    assert reject["path"] == name
    assert reject["code"] in codes
    assert reject["message"]
    assert reject["hint"]
    assert f"raw/{name}" in result.stderr
    assert f"hint: {reject['hint']}" in result.stderr
    records = (folder / "build/records.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(records) == 2
    assert len(json.loads((folder / "build/json/test-studies.json").read_text(encoding="utf-8"))["records"]) == 2


def test_a_page_without_a_definition_is_told_with_its_line(folder: Path) -> None:
    bad_page(folder, "osmosis.html", HTML_WITHOUT_DEFINITION)
    result = guidepress(["parse", "--jobs", "1"], folder)
    (reject,) = rejects(folder)
    assert isinstance(reject["line"], int)
    assert f"raw/osmosis.html:{reject['line']}: no definition found" in result.stderr


def test_a_broken_link_is_rejected(folder: Path) -> None:
    (folder / "raw/gone.html").symlink_to(folder / "nowhere.html")
    result = guidepress(["parse", "--jobs", "1"], folder)
    assert result.returncode == 3
    assert [reject["code"] for reject in rejects(folder)] == ["broken-link"]


def test_an_unreadable_file_is_rejected_and_the_others_are_made(folder: Path) -> None:
    bad_page(folder, "closed.html", "x").chmod(0)
    result = guidepress_forked(["parse", "--jobs", "1"], folder, before=without_roots_rights)
    assert result.returncode == 3, result.stderr
    assert [reject["code"] for reject in rejects(folder)] == ["unreadable"]
    assert "raw/closed.html" in result.stderr


@pytest.mark.parametrize("arguments", [["all"], ["parse"], ["export", "json"]])
def test_a_read_only_build_folder_is_told_in_a_line(folder: Path, arguments: Sequence[str]) -> None:
    (folder / "build").mkdir()
    (folder / "build").chmod(0o555)
    result = guidepress_forked([*arguments, "--jobs", "1"], folder, before=without_roots_rights)
    assert result.returncode == 2
    assert result.stderr.startswith("build: the build folder cannot be written")
    assert "hint:" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_full_disk_leaves_the_old_artifacts(folder: Path) -> None:
    """A limit on the size of a file stands for the full disk: both end a write in the middle."""
    assert guidepress(["export", "json", "--jobs", "1"], folder).returncode == 0
    before = artifact_sums(folder / "build")
    big = "Gamma is long. " + "word " * 60_000
    (folder / "raw/gamma.txt").write_text(term_page("Gamma", definition=big), encoding="utf-8")
    result = guidepress_forked(["export", "json", "--jobs", "1"], folder, before=files_of_at_most(200_000))
    assert result.returncode == 2, result.stderr
    assert "hint:" in result.stderr
    assert "Traceback" not in result.stderr
    assert artifact_sums(folder / "build") == before
    assert guidepress(["export", "json", "--jobs", "1"], folder).returncode == 0


def _only_readme(raw: Path) -> None:
    raw.mkdir()
    (raw / "README.md").write_text("no page")


@pytest.mark.parametrize("make", [lambda raw: None, lambda raw: raw.mkdir(), _only_readme])
def test_a_missing_or_empty_raw_folder_is_told(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    make(tmp_path / "raw")
    result = guidepress(["all"], tmp_path)
    assert result.returncode == 2
    assert "raw" in result.stderr
    assert "hint:" in result.stderr


def test_an_unknown_key_is_told_with_file_line_and_hint(folder: Path) -> None:
    (folder / "guidepress.toml").write_text("jobs = 1\n\n[limits]\nsecnds = 2\n")
    result = guidepress(["all"], folder)
    assert result.returncode == 2
    assert result.stderr == "guidepress.toml:4: unknown key `limits.secnds`\n  hint: did you mean `seconds`?\n"


@pytest.mark.parametrize(
    "arguments",
    [["all", "--jbos", "2"], ["sing"], ["all", "--jobs", "-1"], ["export", "docx"], ["all", "--config", "no.toml"],
     ["all", "--only", ","], ["all", "--only", ""], ["watch", "--only", " , "]],
)  # fmt: skip
def test_a_slip_on_the_command_line_is_exit_code_2(folder: Path, arguments: list[str]) -> None:
    result = guidepress(arguments, folder)
    assert result.returncode == 2
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_a_damaged_lock_is_told_with_its_line_and_is_left_as_it_is(folder: Path) -> None:
    assert guidepress(["export", "json", "--jobs", "1"], folder).returncode == 0
    lock = folder / "cards.lock"
    text = lock.read_text(encoding="utf-8").replace('"live"', '"alive"', 1)
    lock.write_text(text, encoding="utf-8")
    result = guidepress(["export", "json", "--jobs", "1"], folder)
    assert result.returncode == 2
    assert "cards.lock:" in result.stderr
    assert lock.read_text(encoding="utf-8") == text


def test_of_many_rejects_of_one_kind_three_are_shown_and_the_rest_counted(folder: Path) -> None:
    for number in range(30):
        bad_page(folder, f"bad-{number:02}.html", b"")
    result = guidepress(["parse", "--jobs", "1"], folder)
    assert [result.stderr.count(word) for word in ("raw/bad-", "hint:", "30 pages rejected")] == [3, 1, 1]
    assert "27 more pages" in result.stderr
    assert guidepress(["parse", "--jobs", "1", "-v"], folder).stderr.count("raw/bad-") == 30


def test_a_page_that_takes_too_long_is_rejected(folder: Path) -> None:
    page = "<table>" + "<tr><td>x" * 30_000
    bad_page(folder, "slow.html", page)
    (folder / "guidepress.toml").write_text("[limits]\nseconds = 0.02\n")
    result = guidepress(["parse", "--jobs", "2"], folder)
    assert result.returncode == 3
    assert "timeout" in [reject["code"] for reject in rejects(folder)]


@pytest.mark.parametrize("command", ["check", "parse"])
@pytest.mark.parametrize("build", ["raw", "raw/out"])
def test_a_build_folder_among_the_raw_pages_is_refused_and_nothing_is_written(
    folder: Path, command: str, build: str
) -> None:
    before = sorted((folder / "raw").iterdir())
    result = guidepress([command, "--build", build], folder)
    assert result.returncode == 2
    assert f"--build: the build folder {build} lies in the raw folder raw: " in result.stderr
    assert sorted((folder / "raw").iterdir()) == before


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ('jobs = 1\nbuild = "raw/out"\n', "guidepress.toml:2: the build folder raw/out lies in the raw folder raw: "),
        ('raw = ["."]\n', "guidepress.toml:1: the build folder build lies in the raw folder .: "),
        ('jobs = 1\n\nfail_on = ["wrning"]\n', "guidepress.toml:3: no finding has the code or level `wrning`"),
    ],
)
def test_what_settings_cannot_mean_together_is_told_with_its_line(folder: Path, settings: str, place: str) -> None:
    (folder / "guidepress.toml").write_text(settings)
    for command in ("all", "check"):
        result = guidepress([command], folder)
        assert result.returncode == 2
        assert result.stderr.startswith(place)


def test_a_name_in_fail_on_is_told_with_the_flag_or_the_variable_that_gave_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert guidepress(["all", "--fail-on", "odd"], folder).stderr.startswith("--fail-on: no finding has")
    monkeypatch.setenv("GUIDEPRESS_FAIL_ON", "odd")
    assert guidepress(["all"], folder).stderr.startswith("GUIDEPRESS_FAIL_ON: no finding has")


def test_check_tells_a_name_in_fail_on_that_nothing_has(folder: Path) -> None:
    (folder / "guidepress.toml").write_text('fail_on = ["unclaimd-text"]')
    result = guidepress(["check"], folder)
    assert result.returncode == 2
    assert "did you mean `unclaimed-text`?" in result.stderr


def test_a_hint_that_two_mistakes_share_is_said_once(folder: Path) -> None:
    (folder / "guidepress.toml").write_text('jobs = "x"\nwait = -1')
    told = guidepress(["check"], folder).stderr
    assert "guidepress.toml:1: `jobs`" in told
    assert "guidepress.toml:2: `wait`" in told
    assert told.count("what each key means") == 1


@pytest.mark.parametrize(
    ("name", "message"), [("empty.html", "found nothing but white space"), ("gone.html", "is there")]
)
@pytest.mark.parametrize("typed", ["", "raw/"])
def test_trace_says_why_a_page_cannot_be_read_whichever_way_it_is_named(
    folder: Path, name: str, message: str, typed: str
) -> None:
    bad_page(folder, "empty.html", "")
    (folder / "raw/gone.html").symlink_to("nowhere")
    result = guidepress(["trace", typed + name], folder)
    assert result.returncode == 2
    assert message in result.stderr
    assert "did you mean" not in result.stderr
