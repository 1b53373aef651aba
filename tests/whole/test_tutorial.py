"""docs/tutorial.md: the first hour, typed as it stands; every line of its output comes out as it is printed there."""

from pathlib import Path

import pytest

from places import ROOT
from transcripts import without_seconds, written_anew

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")


def test_the_first_hour_comes_out_as_it_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDEPRESS_JOBS", "1")
    assert without_seconds(written_anew(TUTORIAL, tmp_path)) == without_seconds(TUTORIAL)


def test_it_shows_each_step_of_the_first_hour() -> None:
    commands = [line.removeprefix("$ ") for line in TUTORIAL.splitlines() if line.startswith("$ ")]
    steps = ["guidepress init", "guidepress all", "echo $?", "guidepress explain", "guidepress trace"]
    steps += ["guidepress layout suggest", "guidepress layout try", "guidepress all", "git commit", "sed"]
    steps += ["guidepress diff", "guidepress all --frozen", "guidepress all", "git commit"]
    rest = iter(commands)
    assert [step for step in steps if not any(command.startswith(step) for command in rest)] == []


def test_only_seconds_are_left_out_of_the_comparison() -> None:
    shown = "Pages read         3   3 parsed\nSeconds          1.7   parse 0.6, verify 0.3\n  two  spaces"
    other = "Pages read          3   3 parsed\nSeconds          21.7   parse 10.6, verify 0.3\n  two  spaces"
    assert without_seconds(shown) == without_seconds(other)
    assert without_seconds(shown) != without_seconds(other.replace("3 parsed", "2 parsed"))
    assert without_seconds(shown) != without_seconds(other.replace("  two", " two"))
