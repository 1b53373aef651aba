"""What is shown while a long stage works: a bar on a terminal, nothing elsewhere."""

import time
from types import TracebackType
from typing import Final, Self

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from pipeline.cli.console import Screen
from pipeline.cli.output import readers_may_leave

__all__ = ["Bar"]

_BETWEEN: Final = 0.1  # seconds between two pictures of the bar


class Bar:
    """Follows the stages of a run, on the standard error stream."""

    def __init__(self, *, quiet: bool) -> None:
        console = Screen(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            auto_refresh=False,  # it would take a thread, and workers are forked off this process
            disable=quiet or not console.is_terminal,
        )
        self._task: TaskID | None = None
        self._shown = 0.0

    def __enter__(self) -> Self:
        """Begin to show."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._progress.stop()

    def start(self, stage: str, total: int | None) -> None:
        """Begin a stage of `total` steps; None if that is not known."""
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(stage, total=total)
        self._progress.refresh()

    def advance(self, steps: int = 1) -> None:
        """Count finished steps."""
        if self._task is None:
            return
        self._progress.advance(self._task, steps)
        if time.monotonic() - self._shown > _BETWEEN:
            self._progress.refresh()
            self._shown = time.monotonic()

    def note(self, message: str) -> None:
        """Tell something now, above the bar."""
        with readers_may_leave():  # a run is not stopped halfway for that
            if self._progress.disable:
                click.echo(message, err=True)
            else:
                self._progress.console.print(message, markup=False, highlight=False, soft_wrap=True)
