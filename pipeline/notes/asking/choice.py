"""Chooses what each fact of a build asks for; what was chosen once stays while the sentence holds it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

from pipeline.notes.asking.candidates import candidates
from pipeline.notes.asking.lexicon import Lexicon, names_of
from pipeline.notes.asking.sentence import Sentence
from pipeline.notes.asking.showing import Fact, Shown
from pipeline.notes.asking.words import FEWEST_WORDS, points_elsewhere, words_of
from pipeline.notes.refs import Blank, NoteRef
from pipeline.notes.study_note import StudyNote

__all__ = ["ask", "ask_one"]

_DEFINING: Final = re.compile(
    r"[”\"]?\s*+(?>\([^()]*\)\s*+)?,?\s*+(?>(?:that|which|who)\s++)?(?:(?:is|are|was|were)\s++(?:a|an|the|any|one|those|something|how|what|when|where|who)\b|occurs?\b|measures?\b|states?\b"
    r"|happens?\b|holds?\b|consists?\b|says?\b|arises?\b)"
)
_MOST_WORDS: Final = 400  # of a sentence, however long: nobody learns what is longer
_ENOUGH_FOR_TERM: Final = 7  # words that say something, common as they may be
_MORE_ELSEWHERE: Final = 2  # telling words, where none of them is what the page is about
# What begins so speaks of what was said before, which is not on the card.
_LEANING: Final = re.compile(
    r"(?:\w+, )?(?:he|her|his|it(?! (?:is|was) \w+ (?:that|to)\b)|its|she|such|that|their|these|they|this|those)\b"
    r"(?! (?:is|are|was|were) (?:called|known|termed))",
    re.IGNORECASE,
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

    def lexicon(course: tuple[str, str]) -> Lexicon:
        if course not in lexicons:
            lexicons[course] = Lexicon(courses[course])
        return lexicons[course]

    asked = {
        ref: ask_one(note, kept.get(ref), partial(lexicon, (note.publisher, note.course_slug)))
        for ref, note in notes.items()
    }
    return {ref: note for ref, note in asked.items() if note is not None}


def ask_one(note: StudyNote, known: Blank | None, lexicon: Callable[[], Lexicon]) -> StudyNote | None:
    """Return one note as `ask` does, or None if it makes no card; `lexicon` is only called for a choice."""
    if note.kind != "fact":
        return note if note.kind != "key_term" or note.recognise or note.recall else None
    fact = Fact(note)
    shown = Shown(fact, known) if known else None
    if shown is None or not shown.can_be_asked:
        shown = _choice(fact, lexicon()) or (_last_word(fact) if known else None)
    return shown.note() if shown is not None else None


def _choice(fact: Fact, lexicon: Lexicon) -> Shown | None:
    text, own = fact.text, fact.own
    if points_elsewhere(text, fact.term):
        return None
    words = [word for word in words_of(text)[:_MOST_WORDS] if not fact.fragment.in_math(word.start)]
    stems = frozenset(word.stem for word in words if word.says_something)
    sentence = Sentence(
        record_id=fact.note.record_id,
        text=text,
        words=words,
        own=own,
        headline=frozenset(word.stem for word in words_of(fact.term)),
        names=frozenset(names_of(fact.term)),
        subject=frozenset(word.stem for word in words_of(fact.note.course_title)),
        others=lexicon.said_of_others(stems, fact.note.record_id),
    )
    found = sorted(candidates(sentence, lexicon), key=lambda one: one.rank)
    sooner = [fact.blank(one.start, one.end) for one in found if not one.rank[0]]
    return _best(fact, [*sooner, _own_term(fact, sentence, lexicon)]) or _best(
        fact, [fact.blank(one.start, one.end) for one in found if one.rank[0]]
    )


def _best(fact: Fact, blanks: Iterable[Blank | None]) -> Shown | None:
    """Return the first of `blanks` that leaves enough to be asked; sooner one that covers nothing but itself."""
    first = None
    for shown in (Shown(fact, blank) for blank in blanks if blank):
        if shown.can_be_asked:
            if shown.covers_one_thing:
                return shown
            first = first or shown
    return first


def _own_term(fact: Fact, sentence: Sentence, lexicon: Lexicon) -> Blank | None:
    text, own = sentence.text, sentence.own
    # The term itself: only where the sentence says what it is, or enough that is not said of much else.
    saying = {word.stem: word for word in sentence.words if word.says_something and word.stem not in sentence.headline}
    if not own or any(lacks <= sentence.headline for lacks in sentence.others):
        return None
    telling = sum(not lexicon.is_common(word) for word in saying.values())
    fewest = lexicon.fewest_telling()
    like_page = lexicon.is_like_page(saying.values(), fact.note.record_id)
    leaning = _LEANING.match(text) is not None
    if (
        telling >= fewest + (0 if like_page else _MORE_ELSEWHERE) + (2 * _MORE_ELSEWHERE if leaning else 0)
        or (like_page and not leaning and len(saying) >= _ENOUGH_FOR_TERM)
        or lexicon.defining(saying, fact.note.record_id) >= FEWEST_WORDS
        or _NAMING.search(text)
        or any(_DEFINING.match(text, end) for _, end in own)
    ):
        named = [span for span in own if names_of(text[slice(*span)]) & sentence.names]
        return _in_words(fact, *(named or own)[0])
    return None


def _in_words(fact: Fact, start: int, end: int) -> Blank | None:
    """Return the blank of a term; where particles are joined to it, with them (התנע)."""
    blank = fact.blank(start, end)
    if blank is None:
        inside = [word for word in words_of(fact.text) if word.start < end and start < word.end]
        blank = fact.blank(inside[0].start, inside[-1].end) if inside else None
    return blank


def _last_word(fact: Fact) -> Shown | None:
    """Return a fact that asks for its last word: better than to take a card away that is being learned."""
    words = [word for word in words_of(fact.text) if word.says_something and not fact.fragment.in_math(word.start)]
    return _best(fact, (fact.blank(word.start, word.end) for word in reversed(words)))
