"""What is shown while a long stage works: a bar on a terminal, nothing elsewhere."""

import contextlib
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from pipeline.cli.interrupts import Interrupts
from pipeline.cli.output import readers_may_leave, screen
from pipeline.stages import Silent

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["following"]

_BETWEEN: Final = 0.1  # seconds between two pictures of the bar


@contextlib.contextmanager
def following(*, quiet: bool) -> "Iterator[_Bar | _Notes]":
    """Follow the stages of a run on the standard error stream: with a bar, if that is a terminal and not `quiet`.

    Between two steps is where an interrupt is raised that was lost where it came.
    """
    console = screen(stderr=True)
    interrupts = click.get_current_context().find_object(Interrupts) or Interrupts()
    if quiet or not console.is_terminal:
        yield _Notes(interrupts, quiet=quiet)
    else:
        bar = _Bar(console, interrupts)
        bar.shown.start()
        try:
            yield bar
        finally:
            with contextlib.suppress(OSError):  # the terminal was closed
                bar.shown.stop()
    interrupts.check()


class _Notes(Silent):
    def __init__(self, interrupts: Interrupts, *, quiet: bool) -> None:
        self._interrupts = interrupts
        self._quiet = quiet

    def start(self, stage: str, total: int | None) -> None:
        self._interrupts.check()

    def advance(self, steps: int = 1) -> None:
        self._interrupts.check()

    def workers(self, count: int) -> None:
        if not self._quiet:
            self.note(_workers(count))

    def note(self, message: str) -> None:
        with readers_may_leave():  # a run is not stopped halfway for that
            click.echo(message, err=True)


class _Bar:
    def __init__(self, console: "Console", interrupts: Interrupts) -> None:
        self._interrupts = interrupts
        self.shown = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            auto_refresh=False,  # it would take a thread, and workers are forked off this process
        )
        self._task: TaskID | None = None
        self._stage = ""
        self._workers = ""
        self._last = 0.0

    def start(self, stage: str, total: int | None) -> None:
        self._interrupts.check()
        if self._task is not None:
            self.shown.remove_task(self._task)
        self._stage = stage
        self._task = self.shown.add_task(f"{stage}{self._workers}", total=total)
        self.shown.refresh()

    def workers(self, count: int) -> None:
        self._workers = f" · {_workers(count)}"
        if self._task is not None:
            self.shown.update(self._task, description=f"{self._stage}{self._workers}")
            self.shown.refresh()

    def advance(self, steps: int = 1) -> None:
        self._interrupts.check()
        if self._task is None:
            return
        self.shown.advance(self._task, steps)
        task = self.shown.tasks[0]
        if task.total is not None and task.completed > task.total:  # an archive is one file of many pages
            self.shown.update(self._task, total=task.completed)
        if time.monotonic() - self._last > _BETWEEN:
            self.shown.refresh()
            self._last = time.monotonic()

    def note(self, message: str) -> None:
        self.shown.console.print(message, markup=False, highlight=False, soft_wrap=True)


def _workers(count: int) -> str:
    return f"{count} worker{'s' * (count != 1)}"
