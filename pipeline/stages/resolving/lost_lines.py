"""A lock that lost lines: noticed against what the state and the decks of the build folder know, never believed."""

import os
from typing import Final

from pipeline.config import Settings, UserError
from pipeline.identity import GUID_LENGTH, Lock, short_id
from pipeline.store import State
from pipeline.verify import PackageError, package_guids

__all__ = ["GUIDS", "guids_text", "lost_lines"]

GUIDS: Final = "guids of the lock"  # in the state: those of the lock as the last run left it
_SHOWN: Final = 3


def guids_text(lock: Lock, settings: Settings) -> str:
    """Return where the lock lies, and its GUIDs, one after the other: each has the same length."""
    return f"{_place(settings)}\n{''.join(sorted(line.guid for line in lock.lines))}"


def _place(settings: Settings) -> str:
    """Return where the lock lies, seen from the build folder: a project may be moved as a whole."""
    return os.path.relpath(os.path.realpath(settings.lock), os.path.realpath(settings.build))


def lost_lines(lock: Lock, settings: Settings, state: State) -> UserError | None:
    """Return the error to end with if the last run knew notes that the lock does not know.

    No command takes a line out of a lock. One that has fewer was cut (by a merge, a full disk, a tool that
    synchronises), or is another one; the notes that it lacks would come as new ones beside those that learners have.
    """
    lost = sorted(_known(settings, state).difference(line.guid for line in lock.lines))
    if not lost:
        return None
    shown = ", ".join(short_id(guid) for guid in lost[:_SHOWN]) + (", …" if len(lost) > _SHOWN else "")
    number = "1 note" if len(lost) == 1 else f"{len(lost):,} notes"
    return UserError(
        f"the lock lacks {number} that the build folder {settings.build} knows",
        where=str(settings.lock),
        detail=f"expected a line for each of them (Id {shown})",
        hint="restore the lock from version control; if it is meant to be another one (of another branch, say), "
        "`--adopt-lock` goes on with it",
    )


def _known(settings: Settings, state: State) -> set[str]:
    """Return the GUIDs that the state keeps; without them (it was discarded) those of the decks."""
    kept = state.meta(GUIDS)
    if kept is not None:
        place, _, kept = kept.rpartition("\n")
        if place != _place(settings):
            return set()  # another lock is meant, by its name
        return {kept[at : at + GUID_LENGTH] for at in range(0, len(kept), GUID_LENGTH)}
    found: set[str] = set()
    for path in sorted((settings.build / "anki").glob("*.apkg")):
        try:
            found |= package_guids(path)
        except (PackageError, OSError):
            continue  # no deck of ours, or a damaged one: this run writes it again
    return {guid for guid in found if len(guid) == GUID_LENGTH and guid.isalnum()}
