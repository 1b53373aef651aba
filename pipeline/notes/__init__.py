"""The study notes that a record gives: fronts, backs and masked texts, before any output gives them a form."""

from pipeline.notes.dispatch import notes_of
from pipeline.notes.masking import BLANK, Mask, Masked
from pipeline.notes.refs import NoteRef
from pipeline.notes.study_note import NoteKind, StudyNote

__all__ = ["BLANK", "Mask", "Masked", "NoteKind", "NoteRef", "StudyNote", "notes_of"]
