"""Two states of a course's notes side by side: a lock, decks or an edition against another, with what differs."""

from pipeline.stages.comparing.changes import Comparison, FieldChange, NoteChange
from pipeline.stages.comparing.compare import compare
from pipeline.stages.comparing.deck_notes import PackedTexts, package_in, packed_notes
from pipeline.stages.comparing.edited_notes import edited_notes
from pipeline.stages.comparing.edition_notes import edition_notes
from pipeline.stages.comparing.known import KnownNote
from pipeline.stages.comparing.lock_notes import lock_notes, what_would_change
from pipeline.stages.comparing.words import WordRun, word_diff

__all__ = [
    "Comparison",
    "FieldChange",
    "KnownNote",
    "NoteChange",
    "PackedTexts",
    "WordRun",
    "compare",
    "edited_notes",
    "edition_notes",
    "lock_notes",
    "package_in",
    "packed_notes",
    "what_would_change",
    "word_diff",
]
