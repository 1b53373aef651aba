"""Puts a blank into a fact's sentence: covered on the front, marked on the back, in the same place."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Final

from pipeline.notes.asking.words import FEWEST_WORDS, UNSPACED, content_words, words_of
from pipeline.notes.fragment import Fragment, Span
from pipeline.notes.masking import BLANK, MATH_BLANK, Mask, merged
from pipeline.notes.refs import Blank
from pipeline.notes.study_note import StudyNote
from pipeline.notes.term_forms import names_in
from pipeline.records import plain_text

__all__ = ["Fact", "Shown", "asked", "says_too_little"]

_LONGEST_NAME: Final = 3  # words
_NO_HEADLINE: Final = '<div class="term">&nbsp;</div>'  # so that the sentence stands where it stands on the back


class Fact:
    """A fact's sentence as it is looked at for a blank: its visible text, and where it names its own term."""

    def __init__(self, note: StudyNote) -> None:
        self.note = note
        self.term = plain_text(note.term)
        self.fragment = Fragment(note.back)

    @property
    def text(self) -> str:
        """Return the sentence as it is shown."""
        return self.fragment.text

    @cached_property
    def own(self) -> list[Span]:
        """Return where the term of the page stands, in order."""
        return Mask.of(self.term, self.note.language, self.note.names).spans(self.fragment)

    def places(self, piece: str) -> list[Span]:
        """Return where `piece` stands, not as a part of a longer word or number."""
        if piece not in self.text:
            return []
        before = r"(?<![^\W_])" if piece[0].isalnum() and not UNSPACED.match(piece[0]) else ""
        after = r"(?![^\W_])" if piece[-1].isalnum() and not UNSPACED.match(piece[-1]) else ""
        return [match.span() for match in re.finditer(before + re.escape(piece) + after, self.text)]

    def blank(self, start: int, end: int) -> Blank | None:
        """Return the blank from `start` to `end`; None if that is a part of a word."""
        places = self.places(self.text[start:end])
        return Blank(self.text[start:end], places.index((start, end)) + 1) if (start, end) in places else None


class Shown:
    """A fact with a blank: what of it is covered, and what is left."""

    def __init__(self, fact: Fact, blank: Blank) -> None:
        self._fact = fact
        self._blank = blank
        note = fact.note
        # Of "Adam Smith" "Smith" as well; what has a longer name is no person.
        is_name = 1 < len(blank.text.split()) <= _LONGEST_NAME and not blank.text.islower()
        names = names_in(blank.text, plain_text(note.back)) if is_name else ()
        self._hidden = Mask.of(blank.text, note.language, names)
        self._places = fact.places(blank.text)

    @cached_property
    def _spans(self) -> list[Span]:
        spans = list(self._places)
        if any(map(str.isalpha, self._blank.text)):
            spans += self._hidden.spans(self._fact.fragment)
        return merged([*spans, *self._fact.own] if self._is_own else spans)

    @cached_property
    def _is_own(self) -> bool:
        """Say whether what is asked is the page's term, or a name of it, or tells it."""
        if any(start < last and first < end for first, last in self._fact.own for start, end in self._places):
            return True
        return self._hidden.html(self._fact.note.term).hits > 0

    @property
    def can_be_asked(self) -> bool:
        """Say whether the sentence holds the blank, and three words that say something besides it.

        The term is one of them where it stands in the sentence and is not what is asked.
        """
        told = bool(self._fact.own) and not self._is_own
        return bool(self._places) and content_words("".join(self._left())) + told >= FEWEST_WORDS

    @property
    def covers_one_thing(self) -> bool:
        """Say whether all that is covered is the blank's text or its plural: not "insured" for "insurance" as well."""
        texts = {self._fact.text[start:end] for start, end in self._spans} - {self._blank.text}
        asked = [word.key for word in words_of(self._blank.text)]
        return all([word.key for word in words_of(text)] == asked for text in texts)

    def _left(self) -> Iterator[str]:
        at = 0
        for start, end in merged([*self._spans, *self._fact.own]):
            yield self._fact.text[at:start]
            at = end
        yield self._fact.text[at:]

    def note(self) -> StudyNote:
        """Return the note that asks: every place of the blank, in any form, is covered.

        The term stands over the sentence, unless it tells or is the answer.
        """
        note = self._fact.note
        fragment = self._fact.fragment
        if "<img" in note.back:
            fragment = Fragment(note.back, self._hidden.plain)
        linked = Fragment(note.back, links=True) if "<a " in note.back else self._fact.fragment
        headline = _NO_HEADLINE if self._is_own else f'<div class="term">{note.term}</div>'
        return replace(
            note,
            blank=self._blank,
            front=f'{headline}<div class="cue">{fragment.covered(self._spans, BLANK, MATH_BLANK)}</div>',
            back=linked.marked(self._spans, "<mark>", "</mark>"),
            masked_course=self._hidden.plain(note.course_title),
        )


def asked(note: StudyNote, blank: Blank | None) -> StudyNote:
    """Return a fact that asks for `blank`; any other note as it is."""
    return note if note.kind != "fact" or blank is None else Shown(Fact(note), blank).note()


def says_too_little(note: StudyNote) -> bool:
    """Say whether a definition without its term is too little to tell it by: there is no Recall card."""
    return note.kind == "key_term" and not note.masked
