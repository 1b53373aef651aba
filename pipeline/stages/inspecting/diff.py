"""What learners get from this build that they have not from an older one: notes that are new, changed or gone."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pipeline.config import Settings, SurroundingsError
from pipeline.identity import Lock
from pipeline.records import plain_text
from pipeline.stages.resolving import load_lock
from pipeline.verify import PackageError, PackedNote, ReadPackage, read_package

__all__ = ["DeckDiff", "FieldChange", "NoteChange", "diff_decks", "word_diff"]

_ALL: Final = "all.apkg"
# Fields that place, credit or name a note: they ride along with a real change, and are none.
_PLACING: Final = frozenset(
    ("Id", "Course", "Masked course", "Unit", "Topic", "Source link", "Attribution", "Record id", "Extra")
)
# What another field says as well: a definition that changed need not be told twice.
_DERIVED: Final = frozenset(("Masked definition", "Front"))
_WORD: Final = re.compile(r"\s+|[^\s]+")

WordRun = tuple[Literal["same", "gone", "new"], str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a note as plain text, before and after."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A note that is new, changed or gone: what it is known by, where it is, and the fields that differ."""

    guid: str
    short_id: str
    note_type: str
    deck: str
    text: str  # the front
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class DeckDiff:
    """Notes by what became of them, each in the order of the deck."""

    new: tuple[NoteChange, ...]
    changed: tuple[NoteChange, ...]
    retired: tuple[NoteChange, ...]  # their pages no longer have them
    missing: tuple[NoteChange, ...]  # their pages were not read, or their kind is switched off
    unchanged: int

    @property
    def empty(self) -> bool:
        """Say whether a learner would get nothing new."""
        return not (self.new or self.changed or self.retired or self.missing)


def diff_decks(old: Path, settings: Settings) -> DeckDiff:
    """Compare an older build (its folder, or one of its packages) with the decks of this build.

    A package of one course is compared with what this build has in the same deck. Raises SurroundingsError if
    there is no package to read on either side, or if one is none.
    """
    before = _read(_package(old, "the older build"))
    after = _read(_package(settings.build, "this build"))
    lock = load_lock(settings.lock)
    old_decks = {deck for note in before.notes for _, deck, _ in note.cards}
    whole = old.is_dir() or old.name == _ALL
    old_notes = {note.guid: note for note in before.notes}
    new_notes = [note for note in after.notes if whole or note.guid in old_notes or _deck(note) in old_decks]
    return _compare(old_notes, new_notes, lock)


def _package(place: Path, what: str) -> Path:
    if place.is_dir():
        for path in (place / "anki" / _ALL, place / _ALL):
            if path.is_file():
                return path
        hint = "give a build folder, its `anki` folder, or an .apkg; `guidepress export anki` makes decks"
        raise SurroundingsError(f"there are no decks of {what}", where=str(place), hint=hint)
    if not place.exists():
        hint = "give the folder of an older build, or an .apkg"
        raise SurroundingsError(f"there is nothing here to be {what}", where=str(place), hint=hint)
    return place


def _read(path: Path) -> ReadPackage:
    try:
        return read_package(path)
    except (PackageError, OSError) as error:
        hint = "give a package that guidepress wrote"
        raise SurroundingsError(str(error), where=str(path), hint=hint) from error


def _compare(old: Mapping[str, PackedNote], new: Iterable[PackedNote], lock: Lock) -> DeckDiff:
    added, changed = [], []
    unchanged = 0
    left = dict(old)
    for note in new:
        before = left.pop(note.guid, None)
        if before is None:
            added.append(_change(note))
        elif fields := _field_changes(before, note):
            changed.append(_change(note, fields))
        else:
            unchanged += 1
    states = {line.guid: line.state for line in lock.lines}
    retired = [_change(note) for guid, note in left.items() if states.get(guid) == "retired"]
    missing = [_change(note) for guid, note in left.items() if states.get(guid) != "retired"]
    return DeckDiff(tuple(added), tuple(changed), tuple(retired), tuple(missing), unchanged)


def _field_changes(old: PackedNote, new: PackedNote) -> tuple[FieldChange, ...]:
    names = [name for name in dict.fromkeys((*new.fields, *old.fields)) if name not in _PLACING]
    differ = [name for name in names if old.fields.get(name, "") != new.fields.get(name, "")]
    told = [name for name in differ if name not in _DERIVED] or differ
    return tuple(FieldChange(name, _plain(old, name), _plain(new, name)) for name in told)


def _plain(note: PackedNote, field: str) -> str:
    html = note.fields.get(field, "")
    text = plain_text(html)
    # Where only markup differs, the markup is what there is to show.
    return text or html


def _change(note: PackedNote, fields: tuple[FieldChange, ...] = ()) -> NoteChange:
    return NoteChange(note.guid, note.fields.get("Id", ""), note.note_type, _deck(note), _front(note), fields)


def _front(note: PackedNote) -> str:
    return " ".join(_plain(note, note.front).split())


def _deck(note: PackedNote) -> str:
    return note.cards[0][1] if note.cards else ""


def word_diff(old: str, new: str) -> list[WordRun]:
    """Return a text as runs of words that are in both, only in the old one, only in the new one."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    runs: list[WordRun] = []
    for kind, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            runs.append(("same", "".join(before[old_from:old_to])))
            continue
        if old_to > old_from:
            runs.append(("gone", "".join(before[old_from:old_to])))
        if new_to > new_from:
            runs.append(("new", "".join(after[new_from:new_to])))
    return runs
