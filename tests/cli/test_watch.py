"""`guidepress watch`: a build and a line after each change, whatever is wrong, until it is told to end."""

import os
import queue
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_runs import command, guidepress
from term_pages import write_pages

SECONDS = 240  # that a line may take on a busy machine


class Watching:
    """`guidepress watch` at work in a folder."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [*command(), "watch", *options],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def line(self) -> str:
        """Return the next line, without its clock."""
        return self.lines.get(timeout=SECONDS).split("  ", 1)[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pages(tmp_path / "raw", ["Alpha"])
    (tmp_path / "guidepress.toml").write_text("jobs = 1\n")
    return tmp_path


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    started = Watching(folder, "--only", "anki,json")
    yield started
    started.process.kill()
    started.process.communicate()


def test_each_change_is_a_line_mistakes_are_survived_and_an_interrupt_ends_it(folder: Path, watching: Watching) -> None:
    assert watching.line().startswith("1 page, 1 record")
    assert {path.name for path in (folder / "build").iterdir()} >= {"anki", "json"}
    assert not (folder / "build/pdf").exists()
    write_pages(folder / "raw", ["Beta"])
    assert watching.line().startswith("beta.txt: 2 pages, 2 records")
    (folder / "raw/bad.html").write_text("")
    line = watching.line()
    assert line.startswith("bad.html: 3 pages, 2 records")
    assert "1 rejected (bad.html: expected a page" in line
    (folder / "guidepress.toml").write_text("jbos = 1\n")
    assert "guidepress.toml:1: unknown key `jbos`" in watching.line()
    (folder / "raw/bad.html").unlink()
    assert "unknown key `jbos`" in watching.line()
    # Its own decks, reports and lock were written all the time, and no line came of them.
    assert watching.lines.empty()
    (folder / "guidepress.toml").write_text('raw = ["raw", "more"]\n[pdf]\nparts = []\n')
    assert "more" in watching.line()  # which is not there
    write_pages(folder / "more", ["Gamma"])
    assert "3 pages, 3 records" in watching.line()
    watching.process.send_signal(signal.SIGINT)
    _out, err = watching.process.communicate(timeout=SECONDS)
    assert watching.process.returncode == 0
    assert err.strip() == "no longer watching"


def test_an_interrupt_in_the_midst_of_a_build_ends_that_build(folder: Path) -> None:
    write_pages(folder / "raw", [f"Term {number}" for number in range(60)])
    started = Watching(folder)
    state = folder / "build/.state/state.sqlite3"
    while not state.exists():
        assert started.process.poll() is None
    started.process.send_signal(signal.SIGTERM)
    _, err = started.process.communicate(timeout=SECONDS)
    assert (started.process.returncode, err.strip()) == (0, "no longer watching")
    assert not (folder / "build/report.json").exists()
    # The next run is not held up by the one before.
    assert guidepress(["parse", "--jobs", "1"], folder).returncode == 0
