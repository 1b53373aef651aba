"""A fact's sentence as the choice of a blank sees it, and the pieces of it that may be asked for."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from pipeline.notes.asking.lexicon import Name
from pipeline.notes.asking.words import Word
from pipeline.notes.fragment import Span

__all__ = ["NAME", "NUMBER", "OBJECT", "TERM", "Piece", "Sentence"]

TERM, NUMBER, NAME, OBJECT = range(4)

_PRONOUN: Final = re.compile(r"(?:it|its|their|these|they|this|those)\b", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_QUOTES: Final = re.compile(r"“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’(?!\w)")


class Piece(NamedTuple):
    """A piece of a sentence from `start` to `end`, of a kind; of one kind the least `weight` is asked first.

    What is `last` is asked only where not even the term can be.
    """

    start: int
    end: int
    kind: int
    weight: float
    last: bool = False


@dataclass(frozen=True)
class Sentence:
    """A fact's plain text, its words (none of formulas), and the page's own term: its places, words and names."""

    record_id: str
    text: str
    words: Sequence[Word]
    own: Sequence[Span]
    headline: frozenset[str]  # stems
    names: frozenset[Name]
    subject: frozenset[str]  # stems of the course's title
    others: Sequence[Set[str]]  # stems that another page's fact lacks which says the same of something else

    @property
    def is_of_term(self) -> bool:
        """Say whether it tells of the page's term: by name, or by the pronoun that it begins with."""
        return bool(self.own) or _PRONOUN.match(self.text) is not None

    def between(self, at: int) -> str:
        """Return what stands between the word `at` and the next; behind the last, the rest."""
        return self.text[self.words[at].end : self.words[at + 1].start if at + 1 < len(self.words) else None]

    @cached_property
    def _asides(self) -> list[Span]:
        return [match.span() for match in _BRACKETS.finditer(self.text)]

    @cached_property
    def _quotes(self) -> list[Span]:
        return [match.span() for match in _QUOTES.finditer(self.text)]

    def is_aside(self, start: int, end: int) -> bool:
        """Say whether a piece is a part of what stands in brackets: a source, an example, a remark."""
        return _within(self._asides, start, end)

    def is_quoted(self, start: int, end: int) -> bool:
        """Say whether a piece is a part of a title, or of what somebody said."""
        return _within(self._quotes, start, end)


def _within(spans: Sequence[Span], start: int, end: int) -> bool:
    """Say whether a piece is a part of one of `spans`, and not all of it but its marks."""
    return any(first <= start and end <= last and (first + 1 < start or end + 1 < last) for first, last in spans)
