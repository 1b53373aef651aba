"""Anki decks: note types that never change, notes that keep their identity, packages with the same bytes everywhere."""

from pipeline.exporters.anki.collection import empty_head, models
from pipeline.exporters.anki.decks import CourseDeck, course_decks, described
from pipeline.exporters.anki.description import Credits
from pipeline.exporters.anki.exporter import AnkiExporter
from pipeline.exporters.anki.fields import edited, field_values, given
from pipeline.exporters.anki.note_types import NOTE_TYPES, NoteType, Template, note_type_digests
from pipeline.exporters.anki.retired import retired_text
from pipeline.exporters.anki.rows import NoteRow, RefusalError, course_rows, pictures_in, record_rows, row_of

__all__ = [
    "NOTE_TYPES",
    "AnkiExporter",
    "CourseDeck",
    "Credits",
    "NoteRow",
    "NoteType",
    "RefusalError",
    "Template",
    "course_decks",
    "course_rows",
    "described",
    "edited",
    "empty_head",
    "field_values",
    "given",
    "models",
    "note_type_digests",
    "pictures_in",
    "record_rows",
    "retired_text",
    "row_of",
]
