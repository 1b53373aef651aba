"""Terminals that lack characters, readers that leave, disks that are full: exit codes as promised, no traceback."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from command_runs import command, guidepress, guidepress_process
from forked_commands import Forked
from pipeline.cli.app import cli, execute
from term_pages import term_page, write_pages

ARGUMENTS = {
    "all": ["--only", "json"],
    "export": ["json"],
    "trace": ["alpha.txt"],
    "records": ["alpha"],
    "diff": ["build"],
    "layout": ["suggest", "raw"],
    "completion": ["bash"],
}
SPOKEN = {"trace", "records", "layout", "parse", "all"}  # what these print of this project is not ASCII


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    write_pages(folder / "raw", ["Beta"])
    for name in ("alpha", "gamma"):
        text = term_page(f"{name} π·𝄞", definition="It is naïve — 日本.")
        (folder / f"raw/{name}.txt").write_text(text, encoding="utf-8")
    (folder / "raw/bad·.html").write_text("")
    (folder / "guidepress.toml").write_text("jobs = 1\n")
    assert guidepress(["export", "anki", "json"], folder).returncode == 3
    return folder


def run(arguments: Sequence[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, str]:
    """Run a command whose two streams are ASCII, as Python opens them for such a terminal."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="strict") for _ in range(2)]
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    code = execute(list(arguments))
    sys.stdout.flush()
    sys.stderr.flush()
    out, err = (stream.buffer.getvalue().decode("ascii") for stream in streams)  # type: ignore[attr-defined]
    return code, out, err


@pytest.mark.parametrize("name", [name for name in cli.list_commands(None) if name not in {"clean", "watch"}])  # type: ignore[arg-type]
def test_characters_that_the_terminal_lacks_are_escaped(
    name: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run([name, *ARGUMENTS.get(name, [])], project, monkeypatch)
    assert code in {0, 3}, err
    assert "defect" not in err
    if name in SPOKEN:
        assert "\\xb7" in out + err or "\\u2026" in out + err


@pytest.mark.parametrize("arguments", [["trace", "alpha.txt"], ["records"], ["diff", "build"], ["parse"], ["lock"]])
def test_json_is_json_there_too(arguments: list[str], project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, out, _ = run([*arguments, "--json"], project, monkeypatch)
    if arguments[0] in {"trace", "records"}:
        assert "\\u00b7\\ud834\\udd1e" in out
    assert json.loads(out)


def test_a_real_terminal_without_unicode(project: Path) -> None:
    environment = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = guidepress_process(["trace", "alpha.txt"], project, environment=environment)
    assert (result.returncode, result.stderr) == (0, "")
    assert "alpha \\u03c0\\xb7\\U0001d11e" in result.stdout


def left_pipe() -> int:
    """Return the end of a pipe from whose other end nobody will read a byte."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


@pytest.mark.parametrize("arguments", [["trace", "alpha.txt"], ["records"], ["status"]])
def test_a_reader_that_leaves_has_what_it_wanted(arguments: list[str], project: Path) -> None:
    result = Forked(arguments, project, stdout=left_pipe()).finished()
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [["records"], ["-h"]])
def test_an_interpreter_of_its_own_has_nothing_to_add_at_its_end(arguments: list[str], project: Path) -> None:
    """Python complains when it ends and a stream cannot be emptied."""
    for stdout, code, told in ((left_pipe(), 0, ""), (os.open("/dev/full", os.O_WRONLY), 2, "no room to write: ")):
        done = subprocess.run(
            [*command(), *arguments], cwd=project, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False
        )
        os.close(stdout)
        assert done.returncode == code
        assert done.stderr.startswith(told) if told else done.stderr == ""
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_run_ends_with_its_own_exit_code_whoever_reads(project: Path, stream: str) -> None:
    result = Forked(["parse"], project, **{stream: left_pipe()}).finished()
    assert result.returncode == 3
    assert "Traceback" not in result.stdout + result.stderr
    assert "BrokenPipe" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["all", "--only", "json"], ["records"], ["status", "--json"], ["diff"], ["schema"], ["trace", "alpha.txt"]],
)
def test_a_full_disk_behind_standard_output_is_exit_code_2(arguments: list[str], project: Path) -> None:
    result = Forked(arguments, project, stdout=os.open("/dev/full", os.O_WRONLY)).finished()
    assert result.returncode == 2
    assert "no room to write: No space left on device\n  hint: " in result.stderr
    assert "Traceback" not in result.stderr


def test_messages_that_nobody_can_take_change_no_other_exit_code(project: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    assert Forked(["verify", "--build", "nowhere"], project, stderr=full).finished().returncode == 2
