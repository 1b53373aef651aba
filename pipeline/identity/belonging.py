"""Whose lock is it? If hardly a record of it is there, and hardly a note is known to it, it is somebody else's."""

from collections.abc import Callable, Iterable
from typing import Final

from pipeline.identity.areas import Settlement
from pipeline.identity.lock import LockLine

__all__ = ["is_of_others", "may_be_of_others"]

_LEAST: Final = 20  # live lines: who begins changes all of three pages
_MOST: Final = 0.8  # share of the lock's live lines that are missing, and of this run's notes that are new


def may_be_of_others(live: int, lines: Iterable[LockLine], is_known: Callable[[str], bool]) -> bool:
    """Say whether the ids of this run's records leave that open; records that were renamed are among the unknown.

    `live` is how many live lines the lock has, `lines` are all of its lines or as many as tell of all.
    """
    seen = [is_known(line.record_id) for line in lines if line.state == "live"]
    return live >= _LEAST and seen.count(False) > _MOST * len(seen)


def is_of_others(live: int, found: Settlement) -> bool:
    """Say whether a lock with so many live lines, from which `found` was settled, belongs to others than this run's."""
    return live >= _LEAST and found.missing > _MOST * live and found.new > _MOST * found.notes
