"""What learners would get from the pages as they are now: against older decks, a lock, or a git revision."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.config import Settings, SurroundingsError, UserError
from pipeline.identity import Lock
from pipeline.stages.comparing import (
    Comparison,
    KnownNote,
    PackedTexts,
    compare,
    edited_notes,
    edition_notes,
    lock_notes,
    package_in,
    packed_notes,
)
from pipeline.stages.inspecting.revision import Revision
from pipeline.stages.inspecting.trial_run import trial_run
from pipeline.stages.progress import Progress, Silent
from pipeline.stages.resolving import load_lock, refusal_of_lock
from pipeline.verify import PackageError, read_collection

__all__ = ["Diff", "diff", "diff_anki"]

_PACKAGES: Final = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs, against what, and how many pages give no record now (their notes count as missing)."""

    against: str
    rejects: int
    found: Comparison


@dataclass(frozen=True, slots=True)
class _Old:
    """The older state: its notes, what else is known of them, and whether it holds kinds that are switched off."""

    notes: Mapping[str, KnownNote]
    fields_of: Callable[[KnownNote], Mapping[str, str] | None]
    switched_off: bool
    decks: frozenset[str] = frozenset()  # those to compare with; none of them are all


def diff(
    settings: Settings, old: Path | None = None, revision: str | None = None, progress: Progress | None = None
) -> Diff:
    """Compare the notes of the pages as they are now with an older state; nothing is written.

    `old` is a build folder (or its `anki` folder), an .apkg, or a lock; `revision` names a commit of the git repository
    that holds the lock. Without either, the decks in the build folder are the older state. Raises SurroundingsError if
    there is nothing to compare with, UserError for a lock that is damaged.
    """
    shown = progress or Silent()
    with contextlib.ExitStack() as kept:
        if revision is not None:
            at = kept.enter_context(Revision.open(revision, settings.lock))
            before, against = _of_revision(at, settings, shown), f"{revision} ({at.short})"
        else:
            place = old or settings.build
            before, against = _of_path(place, settings), place.as_posix()
        source, result = kept.enter_context(trial_run(settings, settings.build, shown))
        notes = _chosen(edition_notes(source, switched_off=before.switched_off), before)
        if error := refusal_of_lock(settings):
            shown.note(f"the next run would end with this:\n{error}")
        found = compare(before.notes, notes, source.next_lock(), before.fields_of)
        return Diff(against, sum(result.reject_codes.values()), found)


def diff_anki(settings: Settings, collection: Path, given: Path | None = None) -> Diff:
    """Return which notes a person edited in Anki: `collection` is theirs, or a deck that they exported.

    `given` are the decks that they had (an .apkg, or a build folder): by default those in the build folder. Raises
    SurroundingsError if one of them cannot be read.
    """
    place = given or settings.build
    decks = package_in(place) if place.is_dir() else place
    if decks is None or not decks.is_file():
        hint = "--given names the all.apkg of the build that was imported"
        raise SurroundingsError("there are no decks here to compare with", where=str(place), hint=hint)
    try:
        notes = read_collection(collection)
    except FileNotFoundError as error:
        raise SurroundingsError("there is no such file", where=str(collection)) from error
    except (PackageError, OSError) as error:
        hint = "give collection.anki2, or what Anki exports: a .colpkg or an .apkg with its notes"
        message = f"cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)
        raise SurroundingsError(message, where=str(collection), hint=hint) from error
    return Diff(collection.as_posix(), 0, edited_notes(notes, packed_notes(decks)))


def _of_path(place: Path, settings: Settings) -> _Old:
    hint = "give a build folder, an .apkg or a cards.lock; or --git REVISION"
    if place.is_dir():
        path = package_in(place)
        if path is None:
            message = "there are no decks here to compare with"
            raise SurroundingsError(message, where=str(place), hint=f"{hint}; `guidepress export anki` makes decks")
        return _of_package(path, whole=True)
    try:
        with place.open("rb") as handle:
            head = handle.read(len(_PACKAGES[0]))
    except FileNotFoundError as error:
        raise SurroundingsError("there is nothing here to compare with", where=str(place), hint=hint) from error
    except OSError as error:
        raise SurroundingsError(f"cannot be read: {error.strerror}", where=str(place), hint=hint) from error
    if head in _PACKAGES or place.suffix == ".apkg":
        return _of_package(place, whole=place.name == "all.apkg")
    if not head.startswith(b"{") and place.suffix != settings.lock.suffix:
        raise SurroundingsError("this is neither a deck nor a lock", where=str(place), hint=hint)
    return _of_lock(load_lock(place), PackedTexts(settings.build).fields_of)


def _of_package(path: Path, *, whole: bool) -> _Old:
    notes = packed_notes(path)
    decks = frozenset() if whole else frozenset(note.deck for note in notes.values())
    return _Old(notes, lambda note: note.fields, switched_off=False, decks=decks)


def _of_lock(lock: Lock, fields_of: Callable[[KnownNote], Mapping[str, str] | None]) -> _Old:
    return _Old(lock_notes(lock), fields_of, switched_off=True)


def _of_revision(at: Revision, settings: Settings, progress: Progress) -> _Old:
    """Return the lock of a revision; what it does not say in full is looked up in the decks that there are, then in the
    pages of that revision, which are read only if something changed. A revision without a lock had no notes.
    """
    packed = PackedTexts(settings.build)
    pages: dict[str, KnownNote] | None = None

    def fields_of(note: KnownNote) -> Mapping[str, str] | None:
        nonlocal pages
        if fields := packed.fields_of(note):
            return fields
        if pages is None:
            pages = _notes_at(at, settings, progress)
        then = pages.get(note.guid)
        return then.fields if then and then.digest == note.digest else None

    lock = at.lock()
    if lock is None:
        progress.note(f"{at.name} has no {at.place.as_posix()}: every note counts as new")
    return _of_lock(lock or Lock(), fields_of)


def _notes_at(at: Revision, settings: Settings, progress: Progress) -> dict[str, KnownNote]:
    then = at.settings(settings)
    if then is None:
        return {}
    try:
        with trial_run(then, settings.build, progress) as (source, _):
            return {note.guid: note for note in edition_notes(source, switched_off=True)}
    except UserError:
        return {}  # the folder is there and empty, say: a submodule


def _chosen(notes: Iterable[KnownNote], old: _Old) -> Iterator[KnownNote]:
    """Yield the notes to compare: of one course's package, those it has, and what is new in the same deck."""
    for note in notes:
        if not old.decks or note.guid in old.notes or any(_within(deck, note.deck) for deck in old.decks):
            yield note


def _within(deck: str, course: str) -> bool:
    return deck == course or deck.startswith(f"{course}::")
