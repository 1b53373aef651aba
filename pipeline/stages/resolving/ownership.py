"""Before anything is written: a lock that belongs to other records is not made to hold these as well."""

from collections.abc import Callable

from pipeline.config import UserError
from pipeline.identity import is_of_others, may_be_of_others
from pipeline.stages.resolving.edition import EditionSource

__all__ = ["refuse_lock_of_others"]


def refuse_lock_of_others(source: EditionSource, is_known: Callable[[str], bool] | None = None) -> None:
    """Raise UserError if the lock belongs to other records than those of `source`.

    With `is_known`, which says whether an id is of this run's records, no note is looked at unless it makes it likely.
    """
    live = source.lock.live
    if is_known is not None and not may_be_of_others(live, source.lock.sample(), is_known):
        return
    found = source.settle()
    if not is_of_others(live, found):
        return
    raise UserError(
        "this lock belongs to other records: neither it nor any output was changed",
        where=str(source.settings.lock),
        detail=f"{found.missing:,} of its {live:,} notes are of pages that are not there, and {found.new:,} of the "
        f"{found.notes:,} notes of these pages are new",
        hint="pages of your own have a project of their own: `guidepress init DIR`, then `guidepress all` in it; "
        "`--lock FILE` names another lock; `--adopt-lock` lets these pages take the place of the others",
    )
