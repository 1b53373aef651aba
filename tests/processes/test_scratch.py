"""Temporary folders: gone after the work, and swept by a later run if that was killed; never those of one alive."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.processes import scratch_folder, sweep

KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.processes import scratch_folder
with scratch_folder(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("half")
    (folder / "inner").mkdir()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_folder_goes_with_the_work_however_it_ends(tmp_path: Path) -> None:
    def interrupted() -> None:
        with scratch_folder(tmp_path) as folder:
            (folder / "file").write_text("x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_swept_by_the_next_and_what_is_in_use_or_of_others_is_not(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1
    (tmp_path / "guidepress-run-empty").mkdir()  # killed at once
    (tmp_path / "guidepress-run-of-mine.txt").write_text("a file")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / ".alive").write_text("")
    (tmp_path / "guidepress-run-link").symlink_to(tmp_path / "outside")
    with scratch_folder(tmp_path) as mine:
        with scratch_folder(tmp_path) as other:
            sweep(tmp_path)
            assert mine.is_dir()
            assert other.is_dir()
        left = {path.name for path in tmp_path.iterdir()} - {mine.name}
    assert left == {"guidepress-run-of-mine.txt", "guidepress-run-link", "outside"}
    assert (tmp_path / "outside" / ".alive").exists()
