"""Batches of parts on a Dask worker: each goes to a process beside it, which has its own pool, with the watchdog."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.config import Settings
from pipeline.processes import Ended, WatchedProcess
from pipeline.stages.cluster import Lost, lent, workplace
from pipeline.stages.parsing.parts import Event, Part

__all__ = ["Batch", "Events", "Failed", "Unseen", "parse_batch"]

_STATION: Final = "pipeline.stages.parsing.station"
_DYING: Final = 5.0  # seconds for a process that has closed its output to end: how it does is then known

Events = Sequence[tuple[int, Event]]  # each with the place of its part in the batch


@dataclass(frozen=True, slots=True)
class Batch:
    """Parts to be parsed together, and what it takes."""

    parts: tuple[Part, ...]
    settings: Settings
    parser: str
    look: bool = True  # whether the raw files are there


@dataclass(frozen=True, slots=True)
class Unseen:
    """The answer of a machine that does not see a raw file as the run does."""

    part: Part
    machine: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The answer of a machine on which workers cannot start; of a defect of ours, the message is a traceback."""

    message: str
    hint: str = ""
    is_defect: bool = False


class _Station:
    """The process, as the Dask worker sees it."""

    def __init__(self) -> None:
        self._process = WatchedProcess(_STATION, workplace(), {})
        self.ended: Ended | None = None

    def parse(self, batch: Batch) -> Any:
        """Return what the process answers. Raises EOFError if it ends; `ended` then says how."""
        self._process.send(batch)
        try:
            while (received := self._process.receive()) is None:
                pass
        except EOFError:
            self.ended = self._process.end(patience=_DYING)
            raise
        return received[0]

    def close(self) -> None:
        """End the process."""
        self.ended = self.ended or self._process.end()


def parse_batch(run: str, batch: Batch) -> Events | Unseen | Failed | Lost:
    """Parse a batch on a Dask worker."""
    unseen = [part for part in batch.parts if batch.look and not _is_there(part)]
    if unseen:
        return Unseen(unseen[0], os.uname().nodename)
    lost = Lost("")
    for _ in range(2):
        station: _Station | None = None
        try:
            with lent(run, "parsing", _Station) as station:
                answer: Events | Failed = station.parse(batch)
                return answer
        except EOFError:
            ended = station.ended if station else None
            if ended and not ended.from_outside:
                return Failed(ended.last_words or ended.how, is_defect=True)
            lost = Lost(f"the process that parsed it ended ({ended.how if ended else 'unknown'}), twice")
    return lost


def _is_there(part: Part) -> bool:
    try:
        return part.file.location.stat().st_size == part.file.size
    except OSError:
        return False
