"""What stands in each field of a note, and which cards it has."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final
from zlib import crc32

from pipeline.config import AnkiSettings
from pipeline.exporters.anki.note_types import NOTE_TYPES, NoteType
from pipeline.identity import NoteIdentity
from pipeline.notes import StudyNote, with_gist
from pipeline.records import escape, plain_text, safe_tex

__all__ = ["cards_of", "edited", "field_values", "given", "tags_of"]

_ON: Final = "1"
_RIGHT: Final = ' class="right"'  # seen on backs only
# What Anki would take for its own, in any case: sounds, speech and LaTeX. As an entity the bracket is only shown.
_MARKUP: Final = re.compile(r"\[(?=sound:|anki:|latex\]|\$\]|\$\$\])", re.IGNORECASE)
# A picture that was lost. Importing, Anki drops the quotes of an empty address, and what follows becomes the address.
_LOST_PICTURE: Final = re.compile(r'<img src="" alt="([^"]*)">')
# Characters that Anki's rows are made of, or that no field can hold; white space stays.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def field_values(note: StudyNote, identity: NoteIdentity) -> tuple[str, ...]:
    """Return the fields of a note in the order of its note type, as HTML that Anki shows as it is."""
    note_type = NOTE_TYPES[note.kind]
    values = {
        "Id": identity.short_id,
        "Term": note.term,
        "Course": escape(note.course_title),
        "Masked course": escape(note.masked_course),
        "Unit": escape(note.unit),
        "Topic": escape(note.topic),
        "Related terms": note.related_terms,
        "Also found in": note.also_found_in,
        "Explanation": note.explanation,
        "Source link": escape(note.source_url).replace('"', "&quot;"),
        "Attribution": note.attribution,
        "Record id": escape(note.record_id),
        "Language": escape(note.language),
        **_asked(note),
    }
    # Rich text is safe since it was validated; names are plain text, which Anki would typeset all the same.
    fields = tuple(safe_tex(values.get(name, "")) for name in note_type.fields)
    text = "".join(fields)
    if '<img src=""' in text:
        fields = tuple(_LOST_PICTURE.sub(r"\1", field) for field in fields)
    if _CONTROL.search(text) or _MARKUP.search(text):
        fields = tuple(_MARKUP.sub("&#91;", _CONTROL.sub("", field)) for field in fields)
    # Anki stores fields so; what is given in another form would look edited.
    if not text.isascii():
        fields = tuple(unicodedata.normalize("NFC", field) for field in fields)
    return (*fields[:-1], given(fields))


def given(fields: Sequence[str]) -> str:
    """Return the field `Given` of a note: what each field before it, in the order of the note type, held when exported.

    One word a field, spaces between: the CRC-32 of its UTF-8 as 8 hex digits, "-" for an empty one. `fields` may have
    `Given` itself as their last, which does not count. A field whose word differs now was edited in Anki.
    """
    return " ".join(f"{crc32(field.encode()):08x}" if field else "-" for field in fields[:-1])


def edited(note_type: NoteType, fields: Mapping[str, str]) -> list[str] | None:
    """Return the names of the fields that are no longer what the note's `Given` says; None if that says nothing.

    `fields` are a note's, by name, as a collection or an exported deck has them; those that it lacks are taken as
    they were given, those that are not of `note_type` (a learner's own) do not count.
    """
    was = fields.get("Given", "").split(" ")
    names = note_type.fields[:-1]
    if len(was) != len(names):
        return None
    now = given([*(fields.get(name, "") for name in names), ""]).split(" ")
    return [name for name, old, new in zip(names, was, now, strict=True) if name in fields and old != new]


def _asked(note: StudyNote) -> Mapping[str, str]:
    match note.kind:
        case "key_term":
            return {
                "Definition": with_gist(note.back),
                "Masked definition": note.masked,
                "Recognise": _ON if note.recognise else "",
                "Recall": _ON if note.recall else "",
                "Hint": _first_letter(note.term),
            }
        case "fact":
            return {"Front": note.front, "Back": note.back, "Blank": escape(note.blank.text) if note.blank else ""}
        case "question":
            items = "".join(
                f'<li dir="auto"{_RIGHT if place == note.right else ""}>{choice}</li>'
                for place, choice in enumerate(note.choices)
            )
            return {
                "Question": note.front,
                "Answer": with_gist(note.back),
                "Choices": f"<ol>{items}</ol>" if items else "",
                "Right choice": note.letter,
            }


def _first_letter(term: str) -> str:
    """Return how a term begins, as a hint for who is asked for it; "" where that is all of it, or no letter."""
    words = plain_text(term).split()
    first = words[1] if len(words) > 1 and words[0].lower() in ("the", "a", "an") else "".join(words[:1])
    return f"{escape(first[0])}…" if first[:1].isalpha() and len(first) > 1 else ""


def cards_of(note_type: NoteType, values: tuple[str, ...]) -> list[int]:
    """Return the places of the templates that make a card: those all of whose needed fields hold something."""
    return [
        place
        for place, template in enumerate(note_type.templates)
        if all(values[note_type.position(field)] for field in template.needs)
    ]


def tags_of(note: StudyNote, settings: AnkiSettings) -> list[str]:
    """Return a note's tags, sorted: `course::…`, `kind::…`, `publisher::…`, below the configured root if any."""
    root = f"{settings.tags.strip(':')}::" if settings.tags.strip(":") else ""
    return sorted(f"{root}{tag}" for tag in (*note.tags, f"kind::{note.kind}"))
