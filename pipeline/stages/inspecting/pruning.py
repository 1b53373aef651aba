"""What the lock holds, against the records of the last build; and taking missing records out of it, on request."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.config import Settings, SurroundingsError, UserError
from pipeline.identity import Lock, prune
from pipeline.stages.inspecting.finding import read_records
from pipeline.stages.resolving import load_lock, write_lock

__all__ = ["LockSummary", "look_at_lock", "prune_lock"]


@dataclass(frozen=True, slots=True)
class LockSummary:
    """The notes of a lock: live ones by kind, retired ones, and those of records that the last build had not."""

    live: Mapping[str, int] = field(default_factory=dict)
    retired: int = 0
    missing: int = 0
    missing_records: tuple[str, ...] = ()
    pruned: int = 0  # lines taken out now
    would_change: bool = False  # they would have been, had the lock not been frozen


def look_at_lock(settings: Settings) -> LockSummary:
    """Return what the lock holds.

    Raises SurroundingsError if there is no lock or no build yet, UserError if the lock is damaged.
    """
    lock, present = _lock(settings), _present(settings)
    return _summary(lock, present)


def prune_lock(settings: Settings) -> LockSummary:
    """Take the lines of records that the last build had not out of the lock; lines of retired notes stay.

    With `settings.frozen` nothing is written, and `would_change` says whether something would have been. Raises as
    `look_at_lock` does, and UserError if the last build had no record at all of the lock: it was of other pages.
    """
    lock, present = _lock(settings), _present(settings)
    if not any(line.record_id in present for line in lock.lines) and lock.lines:
        message = "the last build was of other pages: it has no record of this lock; nothing was taken out"
        raise UserError(message, where=str(settings.lock), hint="`guidepress all` with the pages of this lock first")
    kept, gone = prune(lock, present)
    if gone and not settings.frozen:
        write_lock(kept, settings.lock)
        lock = kept
    before = _summary(lock, present)
    return LockSummary(
        live=before.live,
        retired=before.retired,
        missing=before.missing,
        missing_records=tuple(sorted({line.record_id for line in gone})),
        pruned=0 if settings.frozen else len(gone),
        would_change=bool(gone) and settings.frozen,
    )


def _lock(settings: Settings) -> Lock:
    if not settings.lock.exists():
        hint = "`guidepress all` makes it; if it was lost, restore it from version control first"
        raise SurroundingsError("there is no lock", where=str(settings.lock), hint=hint)
    return load_lock(settings.lock)


def _present(settings: Settings) -> frozenset[str]:
    return frozenset(record.id for record in read_records(settings.build))


def _summary(lock: Lock, present: frozenset[str]) -> LockSummary:
    live = [line for line in lock.lines if line.state == "live"]
    missing = [line for line in live if line.record_id not in present]
    return LockSummary(
        live=dict(sorted(Counter(line.kind for line in live).items())),
        retired=len(lock.lines) - len(live),
        missing=len(missing),
        missing_records=tuple(sorted({line.record_id for line in missing})),
    )
