"""Which of our notes a person edited in Anki: what a collection says against the decks that were given."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pipeline.exporters.anki import NOTE_TYPES, NoteType, edited
from pipeline.identity import short_id
from pipeline.records import sanitise
from pipeline.stages.comparing.changes import Comparison, FieldChange, NoteChange
from pipeline.stages.comparing.known import PLACING, KnownNote, field_text, plain_pair, said
from pipeline.verify import CollectedNote

__all__ = ["edited_notes"]

_SWITCHES: Final = frozenset(("Recognise", "Recall", "Listen", "Typed"))
_BREAK: Final = re.compile(r"</?(?:div|p)\b[^<>]*>|<br\b[^<>]*>", re.IGNORECASE)
_BOLD: Final = re.compile(r"<(/?)(b|i)\b[^<>]*>", re.IGNORECASE)  # as Anki's editor writes what we write as below
_SEMANTIC: Final = {"b": "strong", "i": "em"}
_EMPTY: Final = re.compile(r"<(strong|em|u|sub|sup|code)></\1>")


def edited_notes(notes: Iterable[CollectedNote], given: Mapping[str, KnownNote]) -> Comparison:
    """Return as `changed` which notes of ours a person edited, field by field: `old` is what was given.

    A note whose field `Given` is not that of `given` (by GUID) is of another build: never an edit. Fields that place
    or credit a note, its switches and its tags do not count, nor does HTML that Anki's editor wrote another way.
    """
    changed, others = [], []
    unchanged = 0
    for note in notes:
        kind = _kind(note)
        if kind is None:
            continue
        before = given.get(note.guid)
        was = (before.fields if before else None) or {}
        names = edited(kind, note.fields)
        if names is None or was.get("Given") != note.fields["Given"]:
            others.append(_told(note, kind, note.fields))
            continue
        changes = tuple(
            FieldChange(name, *plain_pair(was.get(name, ""), note.fields[name]))
            for name in names
            if name not in PLACING | _SWITCHES and _seen(was.get(name, "")) != _seen(note.fields[name])
        )
        if changes:
            changed.append(_told(note, kind, was, changes))
        else:
            unchanged += 1
    return Comparison(changed=tuple(changed), other_build=tuple(others), unchanged=unchanged)


def _kind(note: CollectedNote) -> NoteType | None:
    """Return which of our note types a note has: by its id, or, with fields of the learner's own, by its name."""
    if "Given" not in note.fields:
        return None
    name = note.note_type.rstrip("+")
    by_name = (kind for kind in NOTE_TYPES.values() if kind.name == name)
    return next((kind for kind in NOTE_TYPES.values() if kind.id == note.note_type_id), next(by_name, None))


def _told(
    note: CollectedNote, kind: NoteType, fields: Mapping[str, str], changes: tuple[FieldChange, ...] = ()
) -> NoteChange:
    return NoteChange(
        guid=note.guid,
        short_id=short_id(note.guid),
        note_type=kind.name,
        deck=note.deck,
        page="",
        record_id=field_text(fields.get("Record id", "")),
        text=said(kind.name, fields)[1],
        fields=changes,
    )


def _seen(html: str) -> str:
    """Return a field as a learner sees it: marks of text, without style, and lines however they are parted."""
    html = _BOLD.sub(lambda tag: f"<{tag[1]}{_SEMANTIC[tag[2].lower()]}>", _BREAK.sub("\n", html))
    return " ".join(_EMPTY.sub("", sanitise(html)).split())
