"""Covers a term in a text that is to ask for it: in all its forms, without harm to markup or mathematics."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from pipeline.notes.fragment import Fragment, Span
from pipeline.notes.inflection import same_word
from pipeline.notes.term_forms import Forms, fold, forms_of

__all__ = ["BLANK", "Mask", "Masked"]

BLANK: Final = '<span class="blank">[…]</span>'
_PLAIN_BLANK: Final = "[…]"
_MATH_BLANK: Final = "…"

_TOKEN: Final = re.compile(r"[^\W_]+")
# What may stand between two words of one term: "break-even point", "break even point", "T‑account".
_GAP: Final = re.compile(r"(?:'s)?[\s\-_/,.']{0,3}")
_HYPHEN: Final = re.compile(r"[\-.]?")
_SPACE: Final = re.compile(r"\s")
_EXPANSION_FILLERS: Final = frozenset(["a", "an", "and", "for", "in", "of", "on", "the", "to"])
# Scripts whose words stand side by side, or take particles at either end: a term is found anywhere in them.
_UNSPACED: Final = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its term covered, how often it was there, and whether anything but blanks is left to read."""

    html: str
    hits: int
    readable: bool


@dataclass(frozen=True, slots=True)
class _Token:
    word: str  # folded
    start: int
    end: int


class _Text:
    """A fragment's visible text, folded for comparison, with the way back to the text as it is shown."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        if shown.isascii():
            self.folded = shown.lower()
            self._origin: list[int] | None = None
        else:
            self.folded, self._origin = fold(shown)

    def span(self, start: int, end: int) -> Span:
        """Return where the folded characters from `start` to `end` are shown, marks above and below them included."""
        if self._origin is None:
            return start, end
        stop = self._origin[end - 1] + 1
        while stop < len(self.shown) and unicodedata.category(self.shown[stop]) in ("Mn", "Me"):
            stop += 1
        return self._origin[start], stop

    def slice(self, start: int, end: int) -> str:
        first, last = self.span(start, end)
        return self.shown[first:last]

    @cached_property
    def tokens(self) -> list[_Token]:
        return [
            _Token(match[0], *match.span())
            for match in _TOKEN.finditer(self.folded)
            if not (match[0] == "s" and self.folded[match.start() - 1 : match.start()] == "'")
        ]


class Mask:
    """Covers one term: build it once for a record, and use it on each of the record's texts.

    Covered are the term, its parts in brackets ("gross domestic product (GDP)" is both), its plural, possessive,
    past and -ing forms, words derived from it, spellings with hyphen, space or neither, its acronym, and, for an
    acronym, the words that it stands for. Whoever is in doubt covers: the answer must never be on the front.
    """

    def __init__(self, term: str, language: str = "en") -> None:
        self._forms: Forms = forms_of(term)
        self._loose = not language.lower().startswith("en")
        # Without one of these beginnings no form of the term can be in a text: the usual case, and a quick one.
        firsts = {form for words in self._forms.phrases for form in (words[0], "".join(words))}
        self._starts = {first[0] for first in firsts}
        self._cores = tuple(first[:-1] for first in firsts if len(first) > 3)

    def html(self, html: str) -> Masked:
        """Return canonical `html` with the term covered; links are unwrapped, and `alt` texts covered as well."""
        fragment = Fragment(html, self.plain)
        spans = list(self._spans(fragment))
        covered = fragment.covered(spans, BLANK, _MATH_BLANK)
        return Masked(covered, len(spans), _readable(fragment.text, spans))

    def plain(self, text: str) -> str:
        """Return plain `text` with the term covered."""
        at = 0
        out = []
        for start, end in _merged(self._find(_Text(text))):
            out += [text[at:start], _PLAIN_BLANK]
            at = end
        return "".join((*out, text[at:]))

    def _spans(self, fragment: Fragment) -> Iterator[Span]:
        text = _Text(fragment.text)
        found = []
        for span in self._find(text):
            in_math = fragment.in_math(span[0]) or fragment.in_math(span[1] - 1)
            if not in_math or self._may_cover_in_math(fragment, span):
                found.append(span)
        found.extend(span for span in fragment.math if self._is_the_term(fragment.text[slice(*span)]))
        return iter(_merged(found))

    def _may_cover_in_math(self, fragment: Fragment, span: Span) -> bool:
        """Say whether a word within TeX is a word of the language: three letters or more, and no command."""
        start, end = span
        word = fragment.text[start:end]
        inside = fragment.in_math(start) and fragment.in_math(end - 1)
        return inside and len(word) >= 3 and word[0].isalpha() and fragment.text[start - 1 : start] != "\\"

    def _is_the_term(self, mathematics: str) -> bool:
        return "".join(mathematics[2:-2].split()) in self._forms.formulas

    def _find(self, text: _Text) -> Iterator[Span]:
        yield from self._literals(text)
        for index, token in enumerate(text.tokens):
            if token.word[0] in self._starts or any(core in token.word for core in self._cores):
                yield from self._phrases_at(text, index)
            acronym = text.slice(token.start, token.end)
            if acronym in self._forms.acronyms or (acronym[-1] == "s" and acronym[:-1] in self._forms.acronyms):
                yield text.span(token.start, token.end)
        for acronym in self._forms.spelled_out:
            yield from self._expansions(text, acronym)

    def _literals(self, text: _Text) -> Iterator[Span]:
        for literal in self._forms.literals:
            needs_left = literal[0].isalnum() and not _UNSPACED.match(literal[0])
            needs_right = not _UNSPACED.match(literal[-1])
            at = text.folded.find(literal)
            while at >= 0:
                end = at + len(literal)
                before, after = text.folded[at - 1 : at] if at else "", text.folded[end : end + 1]
                free_left = not (needs_left and before.isalnum())
                # "C" is not in "C++", nor "C++" in "C++11": a sign that goes on is another name.
                free_right = not needs_right or not (after.isalnum() or after in ("+", "#"))
                if free_left and free_right and self._case_fits(literal, text.slice(at, end)):
                    yield text.span(at, end)
                at = text.folded.find(literal, at + 1)

    def _case_fits(self, literal: str, shown: str) -> bool:
        return literal not in self._forms.exact or shown in self._forms.exact[literal]

    def _phrases_at(self, text: _Text, index: int) -> Iterator[Span]:
        tokens = text.tokens
        for words in self._forms.phrases:
            end = self._match(text, index, words)
            if end is not None:
                yield text.span(tokens[index].start, end)

    def _match(self, text: _Text, index: int, words: tuple[str, ...]) -> int | None:
        """Return where the phrase that begins at token `index` ends, or None; written apart or as one word."""
        tokens = text.tokens
        if index + len(words) <= len(tokens) and all(
            self._same(tokens[index + step].word, word) for step, word in enumerate(words)
        ):
            last = index + len(words) - 1
            if all(self._near(text, at, _GAP) for at in range(index, last)):
                return tokens[last].end
        return self._match_joined(text, index, words)

    def _match_joined(self, text: _Text, index: int, words: tuple[str, ...]) -> int | None:
        """Return where the phrase ends if it is written with other joints: breakeven, break-even, data base."""
        tokens = text.tokens
        whole = "".join(words)
        if len(whole) < 5:
            return None
        joints = set(accumulate(len(word) for word in words))
        joined = ""
        for at in range(index, min(index + len(words) + 2, len(tokens))):
            joined += tokens[at].word
            if len(joined) > len(whole) + 4:
                break
            if len(joined) >= len(whole) - 2 and self._same(joined, whole):
                return tokens[at].end
            # Words apart are one word only where both are words: "data base", but not "as set".
            apart = len(joined) in joints or len(tokens[at].word) > 2
            if not self._near(text, at, _HYPHEN) and not (apart and self._near(text, at, _SPACE)):
                break
        return None

    def _near(self, text: _Text, at: int, gap: re.Pattern[str]) -> bool:
        tokens = text.tokens
        return at + 1 < len(tokens) and gap.fullmatch(text.folded, tokens[at].end, tokens[at + 1].start) is not None

    def _same(self, word: str, other: str) -> bool:
        return same_word(word, other, loose_ending=self._loose or not other.isascii())

    def _expansions(self, text: _Text, acronym: str) -> Iterator[Span]:
        """Yield the words that an acronym stands for: a run whose initials spell it."""
        tokens = text.tokens
        for index, token in enumerate(tokens):
            if token.word[0] != acronym[0]:
                continue
            at, spelled = index, 0
            while at < len(tokens) and spelled < len(acronym):
                if at > index and not self._near(text, at - 1, _GAP):
                    break
                if tokens[at].word[0] == acronym[spelled] and len(tokens[at].word) > 1:
                    spelled += 1
                elif tokens[at].word not in _EXPANSION_FILLERS:
                    break
                at += 1
            if spelled < len(acronym):
                continue
            shown = [text.slice(word.start, word.end) for word in tokens[index:at]]
            # Two initials meet by chance ("in the" is not IT); those of capitals or of long words seldom do.
            if len(acronym) > 2 or all(word[0].isupper() or len(word) > 3 for word in shown):
                yield text.span(token.start, tokens[at - 1].end)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that touch or overlap as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _readable(text: str, spans: list[Span]) -> bool:
    """Say whether a letter or digit is left outside `spans`."""
    at = 0
    for start, end in (*spans, (len(text), len(text))):
        if any(character.isalnum() for character in text[at:start]):
            return True
        at = end
    return False
