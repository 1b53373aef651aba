"""The notes of a study guide: the words of its vocabulary and its questions; objectives and prose make none."""

from pipeline.config import AnkiSettings
from pipeline.notes.key_term import term_note
from pipeline.notes.masking import Mask
from pipeline.notes.placing import placing_of
from pipeline.notes.question import question_note
from pipeline.notes.study_note import StudyNote
from pipeline.notes.term_forms import names_in
from pipeline.records import StudyGuide

__all__ = ["study_guide_notes"]


def study_guide_notes(record: StudyGuide, settings: AnkiSettings) -> list[StudyNote]:
    """Return a Key term note for each defined word, then a Review question note for each answered question."""
    places = [(record.unit.number if record.unit else None, record.topic)]
    notes = []
    for word in record.vocabulary:
        if word.definition and word.term:
            mask = Mask(word.term.text, record.language, names_in(word.term.text, word.definition.text))
            placing = placing_of(record, mask, places=places)
            notes.append(term_note(placing, mask, settings, term=word.term, definition=word.definition, key=word.key))
    placing = placing_of(record, places=places)
    questions = [question_note(placing, question) for question in record.questions]
    return [*notes, *(note for note in questions if note)]
