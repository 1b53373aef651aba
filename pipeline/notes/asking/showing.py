"""Puts a blank into a fact's sentence: covered on the front, marked on the back, in the same place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.notes.asking.words import FEWEST_WORDS, UNSPACED, content_words
from pipeline.notes.fragment import Fragment, Span
from pipeline.notes.masking import BLANK, MATH_BLANK, Mask, merged
from pipeline.notes.refs import Blank
from pipeline.notes.study_note import StudyNote
from pipeline.notes.term_forms import names_in
from pipeline.records import plain_text

__all__ = ["asked", "enough_is_left", "holds", "occurrence", "own_mask", "says_too_little"]

_NO_HEADLINE: Final = '<div class="term">&nbsp;</div>'  # so that the sentence stands where it stands on the back


def own_mask(note: StudyNote) -> Mask:
    """Return the mask of the term that a fact is of."""
    return Mask.of(plain_text(note.term), note.language, note.names)


def _hidden(note: StudyNote, blank: Blank) -> Mask:
    """Return the mask of what is asked: of "Adam Smith", "Smith" as well."""
    return Mask.of(blank.text, note.language, names_in(blank.text, plain_text(note.back)))


def _places(text: str, piece: str) -> list[Span]:
    """Return where `piece` stands in `text`, not as a part of a longer word or number."""
    before = r"(?<![^\W_])" if piece[0].isalnum() and not UNSPACED.match(piece[0]) else ""
    after = r"(?![^\W_])" if piece[-1].isalnum() and not UNSPACED.match(piece[-1]) else ""
    return [match.span() for match in re.finditer(before + re.escape(piece) + after, text)]


def occurrence(text: str, start: int, end: int) -> Blank | None:
    """Return the blank that stands in `text` from `start` to `end`; None if that is a part of a word."""
    places = _places(text, text[start:end])
    return Blank(text[start:end], places.index((start, end)) + 1) if (start, end) in places else None


def holds(note: StudyNote, blank: Blank) -> bool:
    """Say whether a fact's sentence still holds what it asked for, with enough around it."""
    return bool(_places(Fragment(note.back).text, blank.text)) and enough_is_left(note, blank)


def enough_is_left(note: StudyNote, blank: Blank) -> bool:
    """Say whether the front still has three words or more that say something, besides the blank and the term."""
    fragment = Fragment(note.back)
    spans = merged([*_covered(note, blank, fragment), *own_mask(note).spans(fragment)])
    return content_words("".join(_without(fragment.text, spans))) >= FEWEST_WORDS


def _without(text: str, spans: Sequence[Span]) -> Iterator[str]:
    at = 0
    for start, end in spans:
        yield text[at:start]
        at = end
    yield text[at:]


def asked(note: StudyNote, blank: Blank | None) -> StudyNote:
    """Return a fact that asks for `blank`: every place of it, in any form, is covered; any other note as it is.

    The term stands over the sentence, unless it tells or is the answer.
    """
    if note.kind != "fact" or blank is None:
        return note
    hidden = _hidden(note, blank)
    fragment = Fragment(note.back, hidden.plain)
    spans = _covered(note, blank, fragment)
    headline = _NO_HEADLINE if _is_own(note, blank, fragment) else f'<div class="term">{note.term}</div>'
    return replace(
        note,
        blank=blank,
        front=f'{headline}<div class="cue">{fragment.covered(spans, BLANK, MATH_BLANK)}</div>',
        back=Fragment(note.back, links=True).marked(spans, "<mark>", "</mark>"),
        masked_course=hidden.plain(note.course_title),
    )


def _covered(note: StudyNote, blank: Blank, fragment: Fragment) -> list[Span]:
    spans = _places(fragment.text, blank.text)
    if any(map(str.isalpha, blank.text)):
        spans += _hidden(note, blank).spans(fragment)
    if _is_own(note, blank, fragment):
        spans += own_mask(note).spans(fragment)
    return merged(spans)


def _is_own(note: StudyNote, blank: Blank, fragment: Fragment) -> bool:
    """Say whether a blank is the note's own term, or a name of it, or tells it."""
    if _hidden(note, blank).html(note.term).hits:
        return True
    term = own_mask(note).spans(fragment)
    return any(
        start < last and first < end for first, last in term for start, end in _places(fragment.text, blank.text)
    )


def says_too_little(note: StudyNote) -> bool:
    """Say whether a definition without its term is too little to tell it by: there is no Recall card."""
    return note.kind == "key_term" and not note.masked
