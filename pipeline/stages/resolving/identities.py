"""Identities: every note of the build gets the id that lasts; the lock is written if it learned something."""

import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from pipeline.config import Settings
from pipeline.identity import FORMAT, Settlement
from pipeline.stages.resolving.edition import EditionSource
from pipeline.stages.resolving.lock import held_lock, leads_nowhere
from pipeline.stages.resolving.lost_lines import lost_lines
from pipeline.stages.resolving.ownership import refuse_lock_of_others
from pipeline.store import State

__all__ = ["IdentityCounts", "identify"]

_META: Final = "identified"
_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class IdentityCounts:
    """What became of the notes: how many are new, changed, as they were, retired, or of records not read."""

    notes: int = 0
    new: int = 0
    updated: int = 0
    kept: int = 0
    retired_now: int = 0
    retired: int = 0
    missing: int = 0
    missing_records: Sequence[str] = ()
    lock: str = "unchanged"  # or "written", or "would change"
    upgraded_from: int | None = None  # the older version of its format that the lock had
    unasked: Sequence[Sequence[str]] = ()  # (page, text) of facts and definitions that make no card
    twice: Sequence[str] = ()  # what stood twice in the lock, and which of it holds
    taken_over: Sequence[Sequence[str]] = ()  # (record that this run has not, record that has its notes now)
    least_alike: Sequence[Mapping[str, Any]] = ()  # notes kept though their texts are hardly the same, the first


def identify(
    source: EditionSource, settings: Settings, state: State, tell: Callable[[str], None], *, adopt: bool = False
) -> tuple[IdentityCounts, bool]:
    """Bring the lock up to date; return what that meant, and whether the run may go on.

    With `settings.frozen` it may not if the lock would change. While records, lock and code are those of the last
    run, the lock has nothing to learn, and no note is looked at. Else the lock is kept from other runs from when it is
    read to when it is written; `tell` says so if that takes long. Raises UserError if the lock cannot be used, or if
    it lost lines or belongs to other records (unless it is to be adopted).
    """
    if source.is_identified():
        return IdentityCounts(**json.loads(state.meta(_META) or "{}")), True
    # A frozen run only reads.
    with contextlib.nullcontext() if settings.frozen else held_lock(settings.lock, settings.wait, tell):
        source.read_lock()
        version, twice = source.lock.version, source.lock.told
        if not adopt:
            # A frozen lock that has all that the pages need is not believed less because the build folder, kept from
            # another branch by a cache, knows notes of other pages.
            if (not settings.frozen or source.lock_changes) and (error := lost_lines(source)):
                raise error
            refuse_lock_of_others(source)
        changed = source.lock_changes
        now = _counts(source.settle(), version, twice, "written" if changed else "unchanged")
        if changed and settings.frozen:
            return replace(now, lock="would change"), False
        if changed:
            anew = leads_nowhere(settings.lock)
            source.write_lock()
            if anew:
                to = settings.lock.resolve()
                tell(f"{settings.lock} leads to {to}, where no lock was: it was made there")
    with state.transaction():
        state.set_meta(_META, json.dumps(asdict(_settled(now))))
        source.identified()
    return now, True


def _counts(found: Settlement, version: int, twice: Sequence[str], lock: str) -> IdentityCounts:
    least = sorted(found.least_alike, key=lambda note: (note.alike, note.record_id, note.short_id))
    return IdentityCounts(
        notes=found.notes,
        new=found.new,
        updated=found.updated,
        kept=found.kept,
        retired_now=found.retired_now,
        retired=found.retired,
        missing=found.missing,
        missing_records=tuple(sorted(found.missing_records)),
        lock=lock,
        upgraded_from=version if version != FORMAT else None,
        unasked=tuple(found.unasked),
        twice=twice,
        taken_over=tuple(sorted(found.taken_over)),
        least_alike=[asdict(note) for note in least[:_SHOWN]],
    )


def _settled(now: IdentityCounts) -> IdentityCounts:
    """Return the counts as the next run has them: only what lasts."""
    return IdentityCounts(
        now.notes,
        kept=now.notes,
        retired=now.retired,
        missing=now.missing,
        missing_records=now.missing_records,
        unasked=now.unasked,
    )
