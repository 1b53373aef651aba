"""Covers a term in a text that is to ask for it: in all its forms, without harm to markup or mathematics."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.notes.finding import Finder
from pipeline.notes.fragment import Fragment, Span

__all__ = ["BLANK", "MATH_BLANK", "Mask", "Masked", "merged"]

BLANK: Final = '<span class="blank">[…]</span>'
_PLAIN_BLANK: Final = "[…]"
MATH_BLANK: Final = "…"
# Mathematics up to this length that a term reaches into is covered whole: \(p\)-value.
_SHORT_MATH: Final = 24


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its term covered, and in how many places that was."""

    html: str
    hits: int


class Mask:
    """Covers one term: made once for a record, used on each of the record's texts.

    Covered are the term, its parts in brackets ("gross domestic product (GDP)" is both), its plural, possessive,
    past and -ing forms, words derived from it, spellings with hyphen, space or neither, its acronym, and, for an
    acronym, the words that it stands for; `names` of it (a surname) as they are written. Where in doubt it covers: the
    answer must never be on the front.
    """

    def __init__(self, term: str, language: str = "en", names: Sequence[str] = ()) -> None:
        self._finder = Finder(term, language, names)

    @staticmethod
    @lru_cache(maxsize=1024)
    def of(term: str, language: str, names: tuple[str, ...] = ()) -> "Mask":
        """Return the mask of a term, the same one for the same term: the facts of a page have one."""
        return Mask(term, language, names)

    def html(self, html: str) -> Masked:
        """Return canonical `html` with the term covered; links are unwrapped, and `alt` texts covered as well."""
        fragment = Fragment(html, self.plain)
        spans = self.spans(fragment)
        return Masked(fragment.covered(spans, BLANK, MATH_BLANK), len(spans))

    def plain(self, text: str) -> str:
        """Return plain `text` with the term covered."""
        at = 0
        out = []
        for start, end in merged(self._finder.find(text)):
            out += [text[at:start], _PLAIN_BLANK]
            at = end
        return "".join((*out, text[at:]))

    def spans(self, fragment: Fragment) -> list[Span]:
        """Return where the term stands in a fragment's text, in order and apart from one another."""
        found = self._finder.find(fragment.text)
        if fragment.math:
            fitted = (_fitted(span, fragment) for span in found)
            found = [span for span in fitted if span is not None]
            found += [span for span in fragment.math if self._finder.is_formula(fragment.text[slice(*span)])]
        return merged(found)


def _fitted(span: Span, fragment: Fragment) -> Span | None:
    """Return the span so that what is left of mathematics is mathematics still; None if it must not be touched."""
    start, end = span
    touched = fragment.math_within(start, end)
    if not touched:
        return span
    if any(first <= start and end <= last for first, last in touched):
        # A word within TeX is a word of the language if it has three letters or more and is no command.
        word = fragment.text[start:end]
        return span if len(word) >= 3 and word[0].isalpha() and fragment.text[start - 1] != "\\" else None
    if any(last - first > _SHORT_MATH for first, last in touched):
        return None
    return min(start, touched[0][0]), max(end, touched[-1][1])


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that touch or overlap as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
