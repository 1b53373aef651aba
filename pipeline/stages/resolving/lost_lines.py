"""A lock that lost lines: noticed against what the state and the decks of the build folder know, never believed."""

from typing import Final

from pipeline.config import UserError
from pipeline.identity import GUID_LENGTH, short_id
from pipeline.stages.resolving.edition import EditionSource
from pipeline.verify import PackageError, package_guids

__all__ = ["check_for_lost_lines"]

_SHOWN: Final = 3


def check_for_lost_lines(source: EditionSource) -> None:
    """Raise UserError if the last run knew notes that the lock does not know.

    No command takes a line out of a lock. One that has fewer was cut (by a merge, a full disk, a tool that
    synchronises), or is another one; the notes that it lacks would come as new ones beside those that learners have.
    """
    lost = source.lost_lines()
    if lost is None:  # the state was discarded, and the decks are what is known
        lost = _lost_of_decks(source)
    if not lost:
        return
    settings = source.settings
    shown = ", ".join(short_id(guid) for guid in lost[:_SHOWN]) + (", …" if len(lost) > _SHOWN else "")
    number = "1 note" if len(lost) == 1 else f"{len(lost):,} notes"
    raise UserError(
        f"the lock lacks {number} that the build folder {settings.build} knows",
        where=str(settings.lock),
        detail=f"expected a line for each of them (Id {shown})",
        hint="restore the lock from version control; if it is meant to be another one (of another branch, say), "
        "`--adopt-lock` goes on with it",
    )


def _lost_of_decks(source: EditionSource) -> list[str]:
    lost: set[str] = set()
    for path in sorted((source.settings.build / "anki").glob("*.apkg")):
        try:
            found = package_guids(path)
        except (PackageError, OSError):
            continue  # no deck of ours, or a damaged one: this run writes it again
        lost.update(guid for guid in found if len(guid) == GUID_LENGTH and guid.isalnum() and not source.has_line(guid))
    return sorted(lost)
