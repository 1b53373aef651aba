"""The one place right of the waist that knows which kind of record gives which notes."""

from pipeline.config import AnkiSettings
from pipeline.notes.key_term import key_term_notes
from pipeline.notes.study_guide import study_guide_notes
from pipeline.notes.study_note import StudyNote
from pipeline.records import KeyTerm, Record, StudyGuide

__all__ = ["notes_of"]


def notes_of(record: Record, settings: AnkiSettings | None = None) -> list[StudyNote]:
    """Return every study note of a record, in page order, each with a `ref` of its own.

    All kinds are given whatever `settings` makes cards of, so that identities outlast an option; the directions
    of Key term notes are taken from it.
    """
    chosen = settings or AnkiSettings()
    match record:
        case KeyTerm():
            return key_term_notes(record, chosen)
        case StudyGuide():
            return study_guide_notes(record, chosen)
