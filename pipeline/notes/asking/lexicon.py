"""What a course calls things, and how often: its terms, its related terms, and the words of its facts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pipeline.notes.asking.words import Word, begins, words_of
from pipeline.notes.study_note import StudyNote
from pipeline.records import plain_text

__all__ = ["Found", "Lexicon"]

_BRACKETS: Final = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_LONGEST_NAME: Final = 6  # words


class Found(NamedTuple):
    """A term that a text holds: its words from `first` to `last`, and how many facts of the course hold it."""

    first: int
    last: int
    count: int


class Lexicon:
    """Terms by their first stem, so that a text is looked through once, whatever the number of terms."""

    def __init__(self, notes: Sequence[StudyNote]) -> None:
        """Learn the terms of `notes`, all of one course, then count in how many facts each stands."""
        self._names: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for note in notes:
            if note.kind == "key_term":
                self._learn(plain_text(note.front))
                for name in note.related:
                    self._learn(name)
        self._ordered = {
            first: sorted(names, key=lambda name: (-len(name), name)) for first, names in self._names.items()
        }
        self._terms: Counter[tuple[str, ...]] = Counter()
        self.stems: Counter[str] = Counter()  # in how many texts a stem stands
        self.lower: set[str] = set()  # stems that are written small somewhere: no names
        self.capital: set[str] = set()  # stems that are written with a capital within a sentence
        for note in notes:
            if note.kind != "question":
                text = plain_text(note.back)
                words = words_of(text)
                self._terms.update({name for _, _, name in self._matches(words)})
                self.stems.update({word.stem for word in words})
                self.lower.update(word.stem for word in words if word.shown.islower())
                self.capital.update(word.stem for word in words if word.shown[0].isupper() and not begins(text, word))

    def _learn(self, term: str) -> None:
        parts = {term, _BRACKETS.sub(" ", term), *(inside for inside in _BRACKETS.findall(term) if inside[:2] != "or")}
        for part in parts:
            words = words_of(part)
            if 0 < len(words) <= _LONGEST_NAME and any(word.says_something for word in words):
                name = _name(words)
                self._names[name[0]].add(name)

    def _matches(self, words: Sequence[Word]) -> Iterable[tuple[int, int, tuple[str, ...]]]:
        """Yield the terms in a text, each the longest that begins where it begins, none within another."""
        stems = _name(words)
        at = 0
        while at < len(stems):
            for name in self._ordered.get(stems[at], ()):
                if stems[at : at + len(name)] == name:
                    yield at, at + len(name) - 1, name
                    at += len(name) - 1
                    break
            at += 1

    def terms_in(self, words: Sequence[Word]) -> list[Found]:
        """Return the terms that a text's words hold."""
        return [Found(first, last, self._terms[name]) for first, last, name in self._matches(words)]


def _name(words: Iterable[Word]) -> tuple[str, ...]:
    """Return what a run of words is compared by; acronyms keep their case, for "IT" is not "it"."""
    return tuple(word.shown if _is_acronym(word.shown) else word.stem for word in words)


def _is_acronym(shown: str) -> bool:
    return 1 < len(shown) <= 6 and shown.rstrip("s").isupper() and shown.isascii()
