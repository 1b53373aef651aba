"""A run that is killed or interrupted leaves each artifact as it was or as it is to be, and the next run goes on."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from command_runs import artifact_sums
from forked_commands import Forked, guidepress_forked
from term_pages import term_page, write_pages

ARGUMENTS = ["export", "json", "anki", "--jobs", "2"]
TERMS = [f"Term{number:02}" for number in range(12)]


def edit(raw: Path, definition: str) -> None:
    for term in TERMS:
        (raw / "test-studies" / f"{term.lower()}.txt").write_text(
            term_page(term, definition="{term} " + definition), encoding="utf-8"
        )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")
def test_a_killed_run_leaves_old_or_new_artifacts_and_the_next_run_goes_on(tmp_path: Path) -> None:
    environment = {"SOURCE_DATE_EPOCH": "1750000000"}
    raw = write_pages(tmp_path / "raw", TERMS)
    edit(raw, "has an old meaning.")
    began = time.monotonic()
    assert guidepress_forked(ARGUMENTS, tmp_path, environment=environment).returncode == 0
    length = time.monotonic() - began
    old = artifact_sums(tmp_path / "build")
    edit(raw, "has a new meaning.")
    reference = tmp_path / "reference"
    lock = (tmp_path / "cards.lock").read_bytes()
    (tmp_path / "reference.lock").write_bytes(lock)
    whole = guidepress_forked(
        [*ARGUMENTS, "--build", str(reference), "--lock", "reference.lock"], tmp_path, environment=environment
    )
    assert whole.returncode == 0
    new = artifact_sums(reference)
    moments = random.Random(3)
    for _ in range(3):
        run = Forked(ARGUMENTS, tmp_path, environment=environment)
        if not run.ends_within(moments.uniform(0.2, 1.0) * length):
            run.kill()
        run.finished()
        for path, digest in artifact_sums(tmp_path / "build").items():
            if not path.rpartition("/")[2].startswith("."):
                assert digest in {old.get(path), new.get(path)}, path
    result = guidepress_forked(ARGUMENTS, tmp_path, environment=environment)
    assert result.returncode == 0, result.stderr
    assert artifact_sums(tmp_path / "build") == new
    assert (tmp_path / "cards.lock").read_bytes() == (tmp_path / "reference.lock").read_bytes()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_says_so_in_a_line_and_exits_with_130(tmp_path: Path, number: signal.Signals) -> None:
    write_pages(tmp_path / "raw", ["Alpha"])
    os.mkfifo(tmp_path / "guidepress.toml")  # the run waits for its settings until we have sent the signal
    run = Forked(["all", "--build", "out"], tmp_path)
    with (tmp_path / "guidepress.toml").open("w"):  # opens when the other side does
        run.kill(number)
        result = run.finished()
    assert result.returncode == 130
    assert result.stderr.strip().startswith("interrupted")
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()
