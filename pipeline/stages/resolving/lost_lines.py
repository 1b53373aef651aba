"""A lock that lost lines: noticed against what the state and the decks of the build folder know, never believed."""

from collections.abc import Sequence
from typing import Final

from pipeline.config import Settings, UserError
from pipeline.identity import GUID_LENGTH, guid_of, number_of, short_id
from pipeline.stages.resolving.edition import EditionSource, is_of_lock
from pipeline.stages.resolving.lock import load_lock
from pipeline.store import GuidIndex, StateFolder
from pipeline.verify import PackageError, package_guids

__all__ = ["lost_lines", "refusal_of_lock"]

_SHOWN: Final = 3


def lost_lines(source: EditionSource) -> UserError | None:
    """Return the error to end with if the last run knew notes that the lock does not know.

    No command takes a line out of a lock. One that has fewer was cut (by a merge, a full disk, a tool that
    synchronises), or is another one; the notes that it lacks would come as new ones beside those that learners have.
    """
    lost = source.lost_lines()
    if lost is None:  # the state was discarded, and the decks are what is known
        lost = _lost_of_decks(source)
    return _error(lost, source.settings) if lost else None


def refusal_of_lock(settings: Settings) -> UserError | None:
    """Return the error with which a run would end because the lock lost lines since the last one; nothing is written.

    Raises UserError if the lock is damaged.
    """
    state = StateFolder(settings.build).look()
    if state is None:
        return None
    with state:
        known = GuidIndex(state).known() if is_of_lock(state, settings) else []
    there = {number_of(line.guid) for line in load_lock(settings.lock).lines} if known else set()
    lost = [guid_of(number) for number in known if number not in there]
    return _error(lost, settings) if lost else None


def _error(lost: Sequence[str], settings: Settings) -> UserError:
    shown = ", ".join(short_id(guid) for guid in lost[:_SHOWN]) + (", …" if len(lost) > _SHOWN else "")
    number = "1 note" if len(lost) == 1 else f"{len(lost):,} notes"
    return UserError(
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
