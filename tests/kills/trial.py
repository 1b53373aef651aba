"""One trial: a run is killed at a random moment, looked at, and done again."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.kills.world import KINDS, World

__all__ = ["Trial", "trials"]


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one."""

    only: str
    kind: str
    moment: float  # of the undisturbed run's time
    ended: bool  # the run had ended before it was killed
    swept: int  # folders of the killed run
    wrong: tuple[str, ...]


def trials(
    folder: Path,
    only: str,
    count: int,
    seed: str,
    *,
    terms: int,
    parts: tuple[str, ...] = ("handout", "answers", "flashcards"),
) -> Iterator[Trial]:
    """Yield so many trials of each kind of run in turn, with these exporters."""
    chosen = random.Random(f"{seed} {only}")
    world = World.made(folder, only, terms, parts)
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        yield _trial(world, kind, chosen.uniform(0.02, 1.0))


def _trial(world: World, kind: str, moment: float) -> Trial:
    before = KINDS.index(kind) - 1
    project = world.project(kind, "killed", KINDS[before] if before >= 0 else "")
    run = world.start(project)
    ended = True
    try:
        run.wait(timeout=moment * world.seconds[kind])
    except subprocess.TimeoutExpired:
        ended = False
    # The whole group, at once: whoever is left may be anywhere.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    wrong = world.wrong_in_the_middle(project, kind)
    state = project / "build" / ".state"
    swept = sum(path.is_dir() for path in state.iterdir()) if state.is_dir() else 0
    wrong += world.wrong_afterwards(project, kind, world.start(project))
    shutil.rmtree(project)
    return Trial(world.only, kind, moment, ended, swept, tuple(wrong))
