"""Identities: every note of the build gets the id that lasts; the lock is written if it learned something."""

import contextlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from pipeline.config import Settings, UserError
from pipeline.identity import FORMAT
from pipeline.stages.fingerprint import code_fingerprint, digest_of
from pipeline.stages.resolving.edition import EditionSource
from pipeline.stages.resolving.lock import held_lock, leads_nowhere, write_lock
from pipeline.stages.resolving.lost_lines import GUIDS, guids_text, lost_lines
from pipeline.stages.resolving.ownership import refuse_lock_of_others
from pipeline.store import State, StateDamagedError, StateFolder

__all__ = ["IdentityCounts", "identify", "refusal_of_lock"]

_MODULES: Final = ("pipeline.records", "pipeline.notes", "pipeline.identity", "pipeline.exporters.anki")
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
    before = _known(state)
    if before.get("digest") == _digest(source):
        counts = IdentityCounts(**before["counts"])
        return counts, True
    # A frozen run only reads.
    with contextlib.nullcontext() if settings.frozen else held_lock(settings.lock, settings.wait, tell):
        source.read_lock()
        if not adopt:
            # A frozen lock that has all that the pages need is not believed less because the build folder, kept from
            # another branch by a cache, knows notes of other pages.
            believed = settings.frozen and not source.assignment.changed
            if not believed and (error := lost_lines(source.lock, settings, state)):
                raise error
            refuse_lock_of_others(source)
        assignment = source.assignment
        if assignment.changed and settings.frozen:
            return _counts(source, "would change"), False
        if assignment.changed:
            anew = leads_nowhere(settings.lock)
            write_lock(assignment.lock, settings.lock)
            if anew:
                tell(
                    f"{settings.lock} leads to {os.path.realpath(settings.lock)}, where no lock was: it was made there"
                )
            source.wrote_lock()
    now = _counts(source, "written" if assignment.changed else "unchanged")
    # As the next run has it: only what lasts.
    settled = IdentityCounts(
        now.notes,
        kept=now.notes,
        retired=now.retired,
        missing=now.missing,
        missing_records=now.missing_records,
        unasked=now.unasked,
    )
    with state.transaction():
        state.set_meta(_META, json.dumps({"digest": _digest(source), "counts": asdict(settled)}))
        state.set_meta(GUIDS, guids_text(assignment.lock, settings))
    return now, True


def refusal_of_lock(source: EditionSource, settings: Settings) -> UserError | None:
    """Return the error with which a run in the build folder of `settings` would end because the lock lost lines.

    Nothing is written. A lock that is as the last run left it is not looked at. Raises UserError if it is damaged.
    """
    database = StateFolder(settings.build).database
    if not database.exists():
        return None
    try:
        with State(database, read_only=True) as state, state.guarded():
            known = _known(state).get("digest") == _digest(source)
            return None if known else lost_lines(source.lock, settings, state)
    except StateDamagedError:
        return None  # the next run makes it anew


def _known(state: State) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(state.meta(_META) or "{}")
    return found


def _counts(source: EditionSource, lock: str) -> IdentityCounts:
    assignment = source.assignment
    return IdentityCounts(
        notes=len(assignment.identities),
        new=assignment.new,
        updated=assignment.updated,
        kept=assignment.kept,
        retired_now=assignment.retired_now,
        retired=len(assignment.retired),
        missing=assignment.missing,
        missing_records=assignment.missing_records,
        lock=lock,
        upgraded_from=source.lock.version if source.lock.version != FORMAT else None,
        unasked=assignment.unasked,
        twice=source.lock.twice,
        taken_over=assignment.taken_over,
        least_alike=[asdict(note) for note in assignment.least_alike[:_SHOWN]],
    )


def _digest(source: EditionSource) -> str:
    return digest_of([source.digest(), code_fingerprint(_MODULES)])
