"""The study notes that a record gives: fronts, backs and masked texts, before any output gives them a form."""

from pipeline.notes.asking import Lexicon, ask, ask_one, asked, says_too_little
from pipeline.notes.dispatch import notes_of
from pipeline.notes.gist import with_gist
from pipeline.notes.masking import BLANK, Mask, Masked
from pipeline.notes.placing import credits_of
from pipeline.notes.question import letter_of, shown_order
from pipeline.notes.refs import Asked, Blank, NotePlace, NoteRef, NoteSummary, NoteTexts
from pipeline.notes.study_note import NoteKind, StudyNote

__all__ = [
    "BLANK",
    "Asked",
    "Blank",
    "Lexicon",
    "Mask",
    "Masked",
    "NoteKind",
    "NotePlace",
    "NoteRef",
    "NoteSummary",
    "NoteTexts",
    "StudyNote",
    "ask",
    "ask_one",
    "asked",
    "credits_of",
    "letter_of",
    "notes_of",
    "says_too_little",
    "shown_order",
    "with_gist",
]
