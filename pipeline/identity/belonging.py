"""Whose lock is it? If hardly a record of it is there, and hardly a note is known to it, it is somebody else's."""

from collections.abc import Collection
from typing import Final

from pipeline.identity.assign import Assignment
from pipeline.identity.lock import Lock

__all__ = ["is_of_others", "may_be_of_others"]

_LEAST: Final = 20  # live lines: who begins changes all of three pages
_MOST: Final = 0.8  # share of the lock's live lines that are missing, and of this run's notes that are new


def may_be_of_others(lock: Lock, record_ids: Collection[str]) -> bool:
    """Say whether the ids of this run's records leave that open; records that were renamed are among the unknown."""
    known = frozenset(record_ids)
    return _mostly_missing(lock, sum(line.state == "live" and line.record_id not in known for line in lock.lines))


def is_of_others(lock: Lock, assignment: Assignment) -> bool:
    """Say whether `lock`, from which `assignment` was made, belongs to other records than those of this run."""
    return _mostly_missing(lock, assignment.missing) and assignment.new > _MOST * len(assignment.identities)


def _mostly_missing(lock: Lock, missing: int) -> bool:
    live = sum(line.state == "live" for line in lock.lines)
    return live >= _LEAST and missing > _MOST * live
