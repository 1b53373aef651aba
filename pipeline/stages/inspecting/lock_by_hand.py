"""What the lock holds, against the records of the last build; and what a person settles in it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.config import Settings, SurroundingsError, UserError
from pipeline.identity import Lock, UnknownNoteError, find_note, join, prune, renew, short_id
from pipeline.stages.inspecting.finding import read_records
from pipeline.stages.resolving import build_time, held_lock, load_lock, write_lock

__all__ = ["LockSummary", "join_notes", "look_at_lock", "prune_lock", "renew_notes"]

_Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LockSummary:
    """The notes of a lock: live ones by kind, retired ones, and those of records that the last build had not."""

    live: Mapping[str, int] = field(default_factory=dict)
    retired: int = 0
    missing: int = 0
    missing_records: tuple[str, ...] = ()
    pruned: int = 0  # notes retired now, of missing records
    renewed: Mapping[str, str] = field(default_factory=dict)  # old `Id` -> new `Id`
    joined: Mapping[str, str] = field(default_factory=dict)  # retired `Id` -> `Id` that has its text now
    twice: tuple[str, ...] = ()  # what stands twice in the file, and which of it holds
    would_change: bool = False  # the lock would have been changed, had it not been frozen


def look_at_lock(settings: Settings) -> LockSummary:
    """Return what the lock holds.

    Raises SurroundingsError if there is no lock or no build yet, UserError if the lock is damaged.
    """
    lock, present = _lock(settings), _present(settings)
    return _summary(lock, present)


def prune_lock(settings: Settings, tell: _Tell) -> LockSummary:
    """Retire the notes of records that the last build had not; `tell` says so if another run has to be waited for.

    With `settings.frozen` nothing is written, and `would_change` says whether something would have been. Raises as
    `look_at_lock` does, and UserError if the last build had no record at all of the lock: it was of other pages.
    """
    present = _present(settings)
    with held_lock(settings.lock, settings.wait, tell):
        lock = _lock(settings)
        if lock.lines and not any(line.record_id in present for line in lock.lines):
            message = "the last build was of other pages: it has no record of this lock; nothing was retired"
            raise UserError(
                message, where=str(settings.lock), hint="`guidepress all` with the pages of this lock first"
            )
        kept, gone = prune(lock, present)
        found = _changed(settings, kept, present, changes=bool(gone))
    names = tuple(sorted({line.record_id for line in gone}))
    return replace(found, missing_records=names, pruned=0 if settings.frozen else len(gone))


def renew_notes(settings: Settings, names: Sequence[str], tell: _Tell) -> LockSummary:
    """Give the texts of notes, named by `Id` or GUID, new identities; the old notes are retired.

    Raises UserError if there is no such note; else as `prune_lock` does.
    """
    present = _present(settings)
    renewed = {}
    with held_lock(settings.lock, settings.wait, tell):
        lock = _lock(settings)
        for name in names:
            try:
                old = find_note(lock, name)
                lock, new = renew(lock, old)
            except UnknownNoteError as error:
                raise _wrong(settings, error) from error
            renewed[short_id(old.guid)] = short_id(new.guid)
        found = _changed(settings, lock, present)
    return replace(found, renewed={} if settings.frozen else renewed)


def join_notes(settings: Settings, old: str, new: str, tell: _Tell) -> LockSummary:
    """Let the note `old` say what `new` says, which is retired; both are named by `Id` or GUID. Raises as above."""
    present = _present(settings)
    with held_lock(settings.lock, settings.wait, tell):
        lock = _lock(settings)
        try:
            before, after = find_note(lock, old), find_note(lock, new)
            lock = join(lock, before, after, present, build_time())
        except UnknownNoteError as error:
            raise _wrong(settings, error) from error
        found = _changed(settings, lock, present)
    return replace(found, joined={} if settings.frozen else {short_id(after.guid): short_id(before.guid)})


def _changed(settings: Settings, lock: Lock, present: frozenset[str], *, changes: bool = True) -> LockSummary:
    """Write the lock if it may be written, and return what the file holds then."""
    if changes and not settings.frozen:
        write_lock(lock, settings.lock)
    return replace(_summary(_lock(settings), present), would_change=changes and settings.frozen)


def _wrong(settings: Settings, error: UnknownNoteError) -> UserError:
    hint = "cards show their Id on the back; `guidepress diff OLD` and build/anki/retired.txt list them"
    return UserError(str(error), where=str(settings.lock), hint=hint)


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
        twice=lock.twice,
    )
