"""Runs killed at random moments, in short; `make kills` does it 60 times."""

from pathlib import Path

from tests.kills.trial import trials


def test_whatever_moment_a_run_is_killed_at_the_next_one_ends_with_the_undisturbed_bytes(tmp_path: Path) -> None:
    found = list(trials(tmp_path, "anki,pdf", 6, "0", terms=3, parts=("answers",)))
    assert [trial.wrong for trial in found] == [()] * 6
    assert not all(trial.ended for trial in found)
