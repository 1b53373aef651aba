"""Before anything is written: a lock that belongs to other records is not made to hold these as well."""

from collections.abc import Collection

from pipeline.config import UserError
from pipeline.identity import is_of_others, may_be_of_others
from pipeline.stages.resolving.edition import EditionSource
from pipeline.stages.resolving.lock import load_lock

__all__ = ["refuse_lock_of_others"]


def refuse_lock_of_others(source: EditionSource, record_ids: Collection[str] | None = None) -> None:
    """Raise UserError if the lock belongs to other records than those of `source`.

    With `record_ids`, those of this run, no note is looked at unless they make it likely.
    """
    if record_ids is not None and not may_be_of_others(load_lock(source.settings.lock), record_ids):
        return
    found = source.assignment
    if not is_of_others(source.lock, found):
        return
    live = sum(line.state == "live" for line in source.lock.lines)
    raise UserError(
        "this lock belongs to other records: neither it nor any output was changed",
        where=str(source.settings.lock),
        detail=f"{found.missing:,} of its {live:,} notes are of pages that are not there, and {found.new:,} of the "
        f"{len(found.identities):,} notes of these pages are new",
        hint="pages of your own have a project of their own: `guidepress init DIR`, then `guidepress all` in it; "
        "`--lock FILE` names another lock; `--adopt-lock` lets these pages take the place of the others",
    )
