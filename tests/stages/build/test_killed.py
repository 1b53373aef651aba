"""What a killed or interrupted run leaves: `tests/whole/test_kills.py` kills it at random moments."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from command_runs import command, guidepress
from pipeline.exporters.bundle import BundleExporter
from term_pages import write_pages


def test_a_note_is_in_the_lock_on_the_disk_before_a_deck_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(tmp_path / "raw", ["Alpha"])
    done: list[tuple[str, str]] = []
    sync, replace = os.fsync, os.replace

    def noted_sync(handle: int) -> None:
        done.append(("sync", Path(f"/proc/self/fd/{handle}").readlink().name))
        sync(handle)

    def noted_replace(source: Path, target: Path) -> None:
        done.append(("replace", Path(target).name))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "replace", noted_replace)
    assert guidepress(["export", "anki"], tmp_path).returncode == 0
    lock = done.index(("replace", "cards.lock"))
    assert done[lock - 1][0] == "sync"
    assert done[lock - 1][1].startswith(".cards.lock.")
    assert done[lock + 1] == ("sync", tmp_path.name)
    deck = done.index(("replace", "test-studies.apkg"))
    assert lock + 1 < deck
    assert done[deck - 1] == ("sync", ".test-studies.apkg.guidepress-part")


def test_a_run_that_ends_between_two_exporters_leaves_no_deck_of_a_course_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(tmp_path / "raw", ["Alpha"])
    write_pages(tmp_path / "raw", ["Beta"], course="Other Studies")
    arguments = ["all", "--only", "anki,json"]
    assert guidepress(arguments, tmp_path).returncode == 0
    (tmp_path / "raw/other-studies/beta.txt").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(BundleExporter, "artifacts", lambda *_: signal.raise_signal(signal.SIGINT))
        assert guidepress(arguments, tmp_path).returncode == 130
    assert guidepress(arguments, tmp_path).returncode == 0
    assert not list((tmp_path / "build").glob("*/other-studies.*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_says_so_in_a_line_and_exits_with_130(tmp_path: Path, number: signal.Signals) -> None:
    write_pages(tmp_path / "raw", ["Alpha"])
    os.mkfifo(tmp_path / "guidepress.toml")  # the run waits for its settings until we have sent the signal
    process = subprocess.Popen(
        [*command(), "all", "--build", "out"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with (tmp_path / "guidepress.toml").open("w"):  # opens when the other side does
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.strip().startswith("interrupted")
    assert "Traceback" not in told
    assert not (tmp_path / "out").exists()
