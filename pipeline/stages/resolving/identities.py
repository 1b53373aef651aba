"""Identities: every note of the build gets the id that lasts; the lock is written if it learned something."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from pipeline.config import Settings
from pipeline.identity import FORMAT, Assignment, Lock
from pipeline.stages.fingerprint import code_fingerprint, digest_of
from pipeline.stages.resolving.edition import EditionSource
from pipeline.stages.resolving.lock import write_lock
from pipeline.store import State

__all__ = ["IdentityCounts", "identify"]

_MODULES: Final = ("pipeline.records", "pipeline.notes", "pipeline.identity", "pipeline.exporters.anki")
_META: Final = "identified"


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


def identify(source: EditionSource, settings: Settings, state: State) -> tuple[IdentityCounts, bool]:
    """Bring the lock up to date; return what that meant, and whether the run may go on.

    With `settings.frozen` it may not if the lock would change. While records, lock and code are those of the last
    run, the lock has nothing to learn, and no note is looked at. Raises UserError if the lock cannot be used.
    """
    before = json.loads(state.meta(_META) or "{}")
    if before.get("digest") == _digest(source):
        counts = IdentityCounts(**before["counts"])
        return counts, True
    assignment = source.assignment
    if assignment.changed and settings.frozen:
        return _counts(assignment, source.lock, "would change"), False
    if assignment.changed:
        write_lock(assignment.lock, settings.lock)
    now = _counts(assignment, source.lock, "written" if assignment.changed else "unchanged")
    settled = replace(
        now, new=0, updated=0, kept=now.notes, retired_now=0, lock="unchanged", upgraded_from=None
    )  # as the next run has it
    with state.transaction():
        state.set_meta(_META, json.dumps({"digest": _digest(source), "counts": asdict(settled)}))
    return now, True


def _counts(assignment: Assignment, before: Lock, lock: str) -> IdentityCounts:
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
        upgraded_from=before.version if before.version != FORMAT else None,
        unasked=assignment.unasked,
    )


def _digest(source: EditionSource) -> str:
    return digest_of([source.digest(), code_fingerprint(_MODULES)])
