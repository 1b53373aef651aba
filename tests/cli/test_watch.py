"""`guidepress watch`: a build and a line after each change, whatever is wrong, until it is told to end."""

import os
import queue
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from command_runs import command, guidepress
from forked_commands import Forked
from pipeline.cli import watching as at_work
from term_pages import write_pages

SECONDS = 240  # that a line may take on a busy machine


class ForkedBuild(Forked):
    """Stands for the interpreter that each build has: there are many, and the watch has all that they import."""

    def __init__(self, command: list[str], **_: object) -> None:
        super().__init__(command[command.index("pipeline") + 1 :], Path.cwd())

    def __enter__(self) -> "ForkedBuild":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def communicate(self) -> tuple[str, str]:
        done = self.finished()
        self.returncode = done.returncode
        return done.stdout, done.stderr


def fork_builds() -> None:
    at_work.subprocess = SimpleNamespace(Popen=ForkedBuild, PIPE=None)  # type: ignore[assignment]


class Watching:
    """`guidepress watch` at work in a folder."""

    def __init__(self, folder: Path, *options: str) -> None:
        reading, writing = os.pipe()
        self.process = Forked(["watch", *options], folder, before=fork_builds, stdout=writing)
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, args=(reading,), daemon=True).start()

    def _read(self, reading: int) -> None:
        with open(reading, encoding="utf-8") as said:
            for line in said:
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
    if not started.process.ended:
        started.process.kill()
        started.process.finished()


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
    watching.process.kill(signal.SIGINT)
    ended = watching.process.finished()
    assert (ended.returncode, ended.stderr.strip()) == (0, "no longer watching")


def test_an_interrupt_in_the_midst_of_a_build_ends_that_build(folder: Path) -> None:
    write_pages(folder / "raw", [f"Term {number}" for number in range(60)])
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    started = subprocess.Popen([*command(), "watch"], cwd=folder, **pipes)
    state = folder / "build/.state/state.sqlite3"
    while not state.exists():
        with pytest.raises(subprocess.TimeoutExpired):  # it goes on
            started.wait(timeout=0.05)
    started.send_signal(signal.SIGTERM)
    _, err = started.communicate(timeout=SECONDS)
    assert (started.returncode, err.strip()) == (0, "no longer watching")
    assert not (folder / "build/report.json").exists()
    # The next run is not held up by the one before.
    assert guidepress(["parse", "--jobs", "1"], folder).returncode == 0
