"""Chooses what each fact of a build asks for; what was chosen once stays while the sentence holds it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from pipeline.notes.asking.candidates import Sentence, candidates
from pipeline.notes.asking.lexicon import Lexicon, names_of
from pipeline.notes.asking.showing import asked, enough_is_left, holds, occurrence, own_mask
from pipeline.notes.asking.words import points_elsewhere, words_of
from pipeline.notes.fragment import Fragment
from pipeline.notes.refs import Blank, NoteRef
from pipeline.notes.study_note import StudyNote
from pipeline.records import plain_text

__all__ = ["ask"]

_DEFINING: Final = re.compile(
    r"\s*(?:\([^()]*\)\s*)?,?\s*(?:(?:is|are|was|were)\s+(?:a|an|the|any|one|those|something|what|when|where)\b|occurs?\b|measures?\b|states?\b"
    r"|happens?\b|holds?\b|consists?\b|says?\b|arises?\b)"
)
_NAMING: Final = re.compile(
    r"\b(?:call(?:ed|s)?|defined|known as|means?|named|refers?|said to|termed|that is)\b", re.IGNORECASE
)


def ask(notes: Mapping[NoteRef, StudyNote], kept: Mapping[NoteRef, Blank]) -> dict[NoteRef, StudyNote]:
    """Return the notes that make a card, in order, each fact with the blank that it asks for.

    `kept` are the blanks of earlier builds: one stays as long as its sentence holds it, so that no new page changes a
    card that is being learned; and what was asked once is asked on, whatever an edit left of its sentence. A choice
    looks at its sentence once, and at the counts of its course.
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
            blank = _choice(note, lexicons[course]) or (_last_word(note) if blank else None)
        if blank is not None:
            out[ref] = asked(note, blank)
    return out


def _choice(note: StudyNote, lexicon: Lexicon) -> Blank | None:
    fragment = Fragment(note.back)
    text = fragment.text
    own = own_mask(note).spans(fragment)
    term = plain_text(note.term)
    if points_elsewhere(text, term):
        return None
    sentence = Sentence(
        text=text,
        words=[word for word in words_of(text) if not fragment.in_math(word.start)],
        own=own,
        headline=frozenset(word.stem for word in words_of(term)),
        names=frozenset(names_of(term)),
    )
    found = sorted(candidates(sentence, lexicon), key=lambda one: one.rank)
    for one in found:
        blank = occurrence(text, one.start, one.end)
        if blank is not None and enough_is_left(note, blank):
            return blank
    named = [span for span in own if names_of(text[slice(*span)]) & sentence.names]
    # The term itself: only where the sentence says what it is, or enough that is not said of much else.
    blank = _in_words(text, *(named or own)[0]) if own else None
    if blank is None or not enough_is_left(note, blank):
        return None
    if _NAMING.search(text) or any(_DEFINING.match(text, end) for _, end in own):
        return blank
    telling = {word.stem for word in sentence.words if word.says_something and not lexicon.is_common(word)}
    return blank if len(telling - sentence.headline) >= lexicon.fewest_telling() else None


def _in_words(text: str, start: int, end: int) -> Blank | None:
    """Return the blank of a term; where particles are joined to it, with them (התנע)."""
    blank = occurrence(text, start, end)
    if blank is None:
        inside = [word for word in words_of(text) if word.start < end and start < word.end]
        blank = occurrence(text, inside[0].start, inside[-1].end) if inside else None
    return blank


def _last_word(note: StudyNote) -> Blank | None:
    """Return the last word of a fact that says something: better than to take a card away that is being learned."""
    fragment = Fragment(note.back)
    words = [word for word in words_of(fragment.text) if word.says_something and not fragment.in_math(word.start)]
    blanks = (occurrence(fragment.text, word.start, word.end) for word in reversed(words))
    return next((blank for blank in blanks if blank and enough_is_left(note, blank)), None)
