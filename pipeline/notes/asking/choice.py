"""Chooses what each fact of a build asks for; what was chosen once stays while the sentence holds it."""

from collections import defaultdict
from collections.abc import Mapping

from pipeline.notes.asking.candidates import candidates
from pipeline.notes.asking.lexicon import Lexicon
from pipeline.notes.asking.showing import asked, enough_is_left, holds, occurrence, own_mask
from pipeline.notes.asking.words import words_of
from pipeline.notes.fragment import Fragment
from pipeline.notes.refs import Blank, NoteRef
from pipeline.notes.study_note import StudyNote
from pipeline.records import plain_text

__all__ = ["ask"]


def ask(notes: Mapping[NoteRef, StudyNote], kept: Mapping[NoteRef, Blank]) -> dict[NoteRef, StudyNote]:
    """Return the notes that make a card, in order, each fact with the blank that it asks for.

    `kept` are the blanks of earlier builds: one stays as long as its sentence holds it, so that no new page changes a card that
    is being learned. A choice looks at its sentence once, and at the counts of its course.
    """
    courses: defaultdict[tuple[str, str], list[StudyNote]] = defaultdict(list)
    for note in notes.values():
        courses[note.publisher, note.course_slug].append(note)
    lexicons: dict[tuple[str, str], Lexicon] = {}
    out: dict[NoteRef, StudyNote] = {}
    for ref, note in notes.items():
        if note.kind != "fact":
            if note.kind != "key_term" or note.recognise or note.recall:
                out[ref] = note
            continue
        blank = kept.get(ref)
        if blank is None or not holds(note, blank):
            course = note.publisher, note.course_slug
            if course not in lexicons:
                lexicons[course] = Lexicon(courses[course])
            blank = _choice(note, lexicons[course])
        if blank is not None:
            out[ref] = asked(note, blank)
    return out


def _choice(note: StudyNote, lexicon: Lexicon) -> Blank | None:
    fragment = Fragment(note.back)
    text = fragment.text
    words = [word for word in words_of(text) if not fragment.in_math(word.start)]
    own = own_mask(note).spans(fragment)
    headline = frozenset(word.stem for word in words_of(plain_text(note.term)))
    found = sorted(candidates(text, words, lexicon, own, headline), key=lambda one: one.rank)
    for start, end in [*((one.start, one.end) for one in found), *own[:1]]:
        blank = occurrence(text, start, end)
        if blank is not None and enough_is_left(note, blank):
            return blank
    return None
