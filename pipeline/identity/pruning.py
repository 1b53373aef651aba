"""Takes the lines of records that are gone for good out of a lock, on request."""

from collections.abc import Collection

from pipeline.identity.lock import Lock, LockLine

__all__ = ["prune"]


def prune(lock: Lock, present_records: Collection[str]) -> tuple[Lock, tuple[LockLine, ...]]:
    """Return the lock without the live lines of records that are not present, and those lines.

    Lines of retired items stay, whatever record they are of: they are what keeps a GUID from being given twice, and
    what `retired.txt` is made from (DESIGN section 4).
    """
    present = frozenset(present_records)
    gone = tuple(line for line in lock.lines if line.state == "live" and line.record_id not in present)
    dropped = {line.guid for line in gone}
    return Lock(tuple(line for line in lock.lines if line.guid not in dropped), lock.note_types), gone
