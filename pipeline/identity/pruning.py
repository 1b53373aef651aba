"""Retires the notes of records that are gone for good, on request."""

from collections.abc import Collection
from dataclasses import replace

from pipeline.identity.lock import Lock, LockLine

__all__ = ["prune"]


def prune(lock: Lock, present_records: Collection[str]) -> tuple[Lock, tuple[LockLine, ...]]:
    """Return the lock with the live lines of records that are not present retired, and those lines.

    No line is taken out: lines keep a GUID from being given twice, revive the note should its page come back, and
    are what `retired.txt` is made from (DESIGN section 4).
    """
    present = frozenset(present_records)
    gone = tuple(line for line in lock.lines if line.state == "live" and line.record_id not in present)
    retired = {line.guid: replace(line, state="retired") for line in gone}
    return Lock(tuple(retired.get(line.guid, line) for line in lock.lines), lock.note_types), gone
