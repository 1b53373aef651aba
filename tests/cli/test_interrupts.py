"""Interrupts: each signal ends a run at once with 130, with all that it started and wrote aside; none is lost."""

import contextlib
import os
import random
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_runs import artifact_sums, command, guidepress_process
from pipeline.cli.interrupts import Interrupts
from stand_ins import FORMULA, stand_in
from term_pages import term_page, write_pages

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# The formula is never drawn; who waits for it is told by whom.
STUCK = "with open({pipe!r}, 'w') as pipe: pipe.write(str(os.getpid()))\n    while True: pass"
# Python forks with interrupts on their way: what a handler raises in its own hooks is printed, and lost.
FORKING = """
import os, signal
from pathlib import Path
from pipeline.cli.interrupts import Interrupts
from pipeline.config import Settings
from pipeline.pages import discover
from pipeline.stages.parsing.executor import ProcessPool
from pipeline.stages.parsing.parts import Part
Interrupts().answer()
os.register_at_fork(before=lambda: os.kill(os.getpid(), signal.SIGTERM))
pool = ProcessPool(Settings(jobs=1), "stage_parsers:obey")
try:
    waiting = [Part(file) for file in discover([Path("raw")])]
    list(pool.run(lambda: waiting.pop() if waiting else None))
except KeyboardInterrupt:
    print("interrupted")
"""

# Counts what Python is about to do (open, import, fork, connect, …); the chosen one is when the whole group is told.
COUNTING = """
import os, signal, sys
main = os.getpid()
chosen = int(os.environ["CHOSEN_EVENT"])
count = 0
def hook(event, arguments):
    global count
    if os.getpid() != main:
        return
    if count or (event == "sqlite3.connect" and "state.sqlite3" in str(arguments[0])):
        count += 1
        if count == chosen:
            os.killpg(0, signal.SIGTERM)
        if not chosen and event == "open" and str(arguments[0]).endswith(".report.html.guidepress-part"):
            print("events:", count)
if sys.orig_argv[1].endswith("guidepress"):
    sys.addaudithook(hook)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    page = term_page("Alpha", definition=f"{{term}} is what this page explains {FORMULA} in one plain sentence.")
    (tmp_path / "raw" / "alpha.txt").write_text(page, encoding="utf-8")
    (tmp_path / "guidepress.toml").write_text("jobs = 1\n[pdf]\nparts = ['handout']\n")
    (tmp_path / "temporary").mkdir()
    return tmp_path


@contextlib.contextmanager
def drawing_for_ever(project: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Give a run that waits for a drawing process, and a descriptor that can be read when that process has ended."""
    pipe = project / "pipe"
    os.mkfifo(pipe)
    path = stand_in(project, "ziamath", STUCK.format(pipe=str(pipe)))
    run = subprocess.Popen(
        [*command(), "all"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(project / "temporary")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    handle, ended = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), os.pidfd_open(run.pid)
    readable, _, _ = select.select([handle, ended], [], [])
    assert readable == [handle], run.communicate()
    drawing = os.pidfd_open(int(os.read(handle, 20)))
    try:
        yield run, drawing
    finally:
        for one in (handle, ended, drawing):
            os.close(one)
        run.kill()
        run.communicate()


def left_behind(project: Path) -> list[str]:
    """Return what lies in the temporary folder, and the folders in the state."""
    state = project / "build" / ".state"
    found = [*(project / "temporary").iterdir(), *(path for path in state.iterdir() if path.is_dir())]
    return [path.name for path in found]


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for another's child takes Linux")
@pytest.mark.parametrize("number", SIGNALS)
def test_an_interrupt_ends_the_run_at_once_and_its_drawing_processes_with_it(
    project: Path, number: signal.Signals
) -> None:
    with drawing_for_ever(project) as (run, drawing):
        run.send_signal(number)  # to the run alone: as `docker stop`, systemd and `kill` send it
        _, told = run.communicate(timeout=120)
        assert run.returncode == 130
        assert told.strip() == "interrupted: what is in the build folder is whole; run again to go on"
        assert select.select([drawing], [], [], 60)[0]
    assert left_behind(project) == []


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for another's child takes Linux")
def test_a_killed_run_takes_its_drawing_processes_with_it_and_the_next_run_tidies_up(project: Path) -> None:
    with drawing_for_ever(project) as (run, drawing):
        run.kill()
        assert select.select([drawing], [], [], 60)[0]
    (left,) = left_behind(project)
    assert (project / "build" / ".state" / left).is_dir()
    assert guidepress_process(["all"], project).returncode == 0
    assert left_behind(project) == []
    undisturbed = guidepress_process(["all", "--build", "undisturbed", "--lock", "undisturbed.lock"], project)
    assert undisturbed.returncode == 0
    assert artifact_sums(project / "build") == artifact_sums(project / "undisturbed")


@pytest.fixture
def interrupts() -> Iterator[Interrupts]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield Interrupts()
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_python_cannot_raise_is_raised_at_the_next_step(interrupts: Interrupts) -> None:
    class Finalized:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    interrupts.answer()
    interrupts.check()
    Finalized()  # it is gone at once
    with pytest.raises(KeyboardInterrupt):
        interrupts.check()


def test_several_signals_at_once_interrupt_once(interrupts: Interrupts) -> None:
    interrupts.answer()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGHUP)
    signal.raise_signal(signal.SIGHUP)
    signal.raise_signal(signal.SIGTERM)


def test_what_is_ignored_stays_ignored(interrupts: Interrupts) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # nohup
    interrupts.answer()
    signal.raise_signal(signal.SIGHUP)
    interrupts.check()


def test_an_interrupt_in_a_fork_is_raised_after_it(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("say a")
    folder = Path(__file__).parents[1] / "support"
    done = subprocess.run(
        [sys.executable, "-c", FORKING],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "interrupted\n", "")


def test_a_signal_to_the_whole_group_ends_a_run_wherever_it_is(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw")
    (tmp_path / "sitecustomize.py").write_text(COUNTING)

    def told_at(event: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command(), "export", "json", "--jobs", "2", "--build", f"build{event}", "--lock", f"{event}.lock"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path), "CHOSEN_EVENT": str(event)},
            capture_output=True,
            text=True,
            start_new_session=True,
            check=False,
        )

    undisturbed = told_at(0)
    assert undisturbed.returncode == 0
    (events,) = re.findall(r"events: (\d+)", undisturbed.stdout)
    for event in random.Random(7).sample(range(1, int(events)), 6):
        done = told_at(event)
        assert (done.returncode, "defect" in done.stderr) == (130, False), (event, done.stderr)
