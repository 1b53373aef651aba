"""Anki decks: note types that never change, notes that keep their identity, packages with the same bytes everywhere."""

from pipeline.exporters.anki.exporter import AnkiExporter
from pipeline.exporters.anki.note_types import NOTE_TYPES, NoteType, Template, note_type_digests

__all__ = ["NOTE_TYPES", "AnkiExporter", "NoteType", "Template", "note_type_digests"]
