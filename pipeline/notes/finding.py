"""Finds a term in a text: every place where one of its forms stands."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

from pipeline.notes.fragment import Span
from pipeline.notes.inflection import irregular_forms, same_word, spelled
from pipeline.notes.term_forms import Forms, fold, forms_of

__all__ = ["Finder"]

_TOKEN: Final = re.compile(r"[^\W_]+")
# What may stand between two words of one term: "break-even point", "T-account", "\(p\)-value", "Bayes's theorem".
_GAP: Final = re.compile(r"(?:'s)?(?:\\[)\]])?[\s\-_/,.']{0,3}(?:\\[(\[])?")
_HYPHEN: Final = re.compile(r"(?:\\[)\]])?[\-.]?(?:\\[(\[])?")
_SPACE: Final = re.compile(r"\s")
_EXPANSION_FILLERS: Final = frozenset(("a", "an", "and", "for", "in", "of", "on", "the", "to"))
# Scripts whose words stand side by side, or take particles at either end: a term is found anywhere in them.
_UNSPACED: Final = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
    "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_SHORTEST_JOINED: Final = 5
_NEEDLE: Final = 3
_NEAR: Final = 40  # characters before a verb in which its pronoun stands
_MOST_FILLERS: Final = 10  # between the words that an acronym stands for
_SAYING: Final = frozenset(("mean", "means", "meant"))
_PRONOUN: Final = re.compile(r"\b(?:this|that|it|which|what|who|they|we|you|also|not)\s+$")
# Where one word of a name in a program ends and the next begins: RecursionError.
_HUMP: Final = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")


class _Text:
    """A text, folded for comparison, with the way back to the text as it is shown."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self._origin: list[int] | None = None
        if shown.isascii():
            self.folded = shown.lower()
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
    def words(self) -> list[str]:
        """Return the words, folded; the "s" of a possessive is none."""
        found = [self.folded[start:end] for start, end in self.spans] if self._uneven else _TOKEN.findall(self.folded)
        return list(map(spelled, found)) if self.is_greek else found

    @property
    def is_greek(self) -> bool:
        """Say whether a word may have another spelling: "oedema", "haemoglobin"."""
        return "oe" in self.folded or "ae" in self.folded

    @property
    def _uneven(self) -> bool:
        """Say whether words are more or less than what stands between signs: a possessive, a name in a program."""
        return "'s" in self.folded or _HUMP.search(self.shown) is not None

    @cached_property
    def spans(self) -> list[Span]:
        """Return where in the folded text each word stands: wanted only where a word is looked at closely."""
        spans = [match.span() for match in _TOKEN.finditer(self.folded)]
        if len(self.shown) == len(self.folded) and _HUMP.search(self.shown):
            spans = [
                (first, last)
                for start, end in spans
                for first, last in pairwise(
                    (start, *(match.start() for match in _HUMP.finditer(self.shown, start, end)), end)
                )
            ]
        if "'s" in self.folded:
            return [(start, end) for start, end in spans if self.folded[max(start - 1, 0) : end] != "'s"]
        return spans

    def shown_word(self, at: int) -> str:
        """Return a word as it is shown."""
        return self.slice(*self.spans[at])

    def near(self, at: int, gap: re.Pattern[str]) -> bool:
        """Say whether the words at `at` and after it have no more than `gap` between them."""
        spans = self.spans
        return at + 1 < len(spans) and gap.fullmatch(self.folded, spans[at][1], spans[at + 1][0]) is not None

    def says(self, at: int) -> bool:
        """Say whether the word at `at` is a verb behind a pronoun: "this means" is of no mean."""
        start = self.spans[at][0]
        return _PRONOUN.search(self.folded, max(start - _NEAR, 0), start) is not None

    def run(self, first: int, last: int) -> Span:
        """Return where the words from `first` to `last` are shown."""
        return self.span(self.spans[first][0], self.spans[last][1])


class _Phrase:
    """A run of words, each in any of its forms, with what tells quickly that it is not in a text."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.whole = "".join(words)
        self.joints = frozenset(accumulate(len(word) for word in words))
        self._needles = [tuple({form[:_NEEDLE] for form in (word, *irregular_forms(word))}) for word in words]
        first = words[0]
        self.beginnings = {form[:2] for form in (first, f"{first}s", *irregular_forms(first), self.whole)}
        self.core = first[:-1] if len(first) > _NEEDLE else ""

    def may_be_in(self, compact: str) -> bool:
        """Say whether a text, without its spaces and hyphens, has the beginning of each word."""
        return all(any(needle in compact for needle in needles) for needles in self._needles)


class Finder:
    """Finds one term. What is a form of it is said in `term_forms` and `inflection`."""

    def __init__(self, term: str, language: str, names: Iterable[str] = ()) -> None:
        self._forms: Forms = forms_of(term, names)
        self._loose = not language.lower().startswith("en")
        self._phrases = [_Phrase(words) for words in self._forms.phrases]

    def find(self, text: str) -> list[Span]:
        """Return where `text` has the term; spans may overlap and are in no order."""
        folded = _Text(text)
        compact = folded.folded.replace(" ", "").replace("-", "")
        if folded.is_greek:
            compact += compact.replace("oe", "e").replace("ae", "e")
        phrases = [phrase for phrase in self._phrases if phrase.may_be_in(compact)]
        found = self._literals(folded)
        for phrase in phrases:
            # "Hyperinflation" begins otherwise than "inflation"; such words are looked for only where there are any.
            core = phrase.core if phrase.core in compact else ""
            beginnings = phrase.beginnings
            for index, word in enumerate(folded.words):
                if word[:2] in beginnings or (core and core in word) or len(word) == 1:
                    last = self._match(folded, index, phrase)
                    if last is not None and not (word in _SAYING and folded.says(index)):
                        found.append(folded.run(index, last))
        if any(acronym in text for acronym in self._forms.acronyms):
            found += self._acronyms(folded)
        for acronym in self._forms.spelled_out:
            found += self._expansions(folded, acronym)
        return found

    def is_formula(self, mathematics: str) -> bool:
        """Say whether mathematics, with its delimiters, is the term or a part of it."""
        return "".join(mathematics[2:-2].split()) in self._forms.formulas

    def _literals(self, text: _Text) -> list[Span]:
        found = []
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
                    found.append(text.span(at, end))
                at = text.folded.find(literal, at + 1)
        return found

    def _case_fits(self, literal: str, shown: str) -> bool:
        return literal not in self._forms.exact or shown in self._forms.exact[literal]

    def _match(self, text: _Text, index: int, phrase: _Phrase) -> int | None:
        """Return the last word of the phrase that begins with word `index`, or None; written apart or as one."""
        words = text.words
        last = index + len(phrase.words) - 1
        if last < len(words):
            for at, word in enumerate(phrase.words, index):
                if not self._same(words[at], word) or not (at == last or text.near(at, _GAP)):
                    break
            else:
                return last
        if len(phrase.whole) >= _SHORTEST_JOINED and phrase.whole.startswith(words[index][:_NEEDLE]):
            return self._match_joined(text, index, phrase)
        return None

    def _match_joined(self, text: _Text, index: int, phrase: _Phrase) -> int | None:
        """Return the last word of the phrase if it is written with other joints: breakeven, break-even, data base."""
        words = text.words
        whole = phrase.whole
        joined = ""
        for at in range(index, min(index + len(phrase.words) + 2, len(words))):
            joined += words[at]
            if len(joined) > len(whole) + 4:
                break
            if len(joined) >= len(whole) - 2 and self._same(joined, whole):
                return at
            # Words apart are one word only where both are words: "data base", but not "as set".
            apart = len(joined) in phrase.joints or len(words[at]) > 2
            if not text.near(at, _HYPHEN) and not (apart and text.near(at, _SPACE)):
                break
        return None

    def _same(self, word: str, other: str) -> bool:
        return word == other or same_word(word, other, loose_ending=self._loose or not other.isascii())

    def _acronyms(self, text: _Text) -> list[Span]:
        acronyms = self._forms.acronyms
        found = []
        for at in range(len(text.words)):
            shown = text.shown_word(at)
            if shown in acronyms or (shown[-1] == "s" and shown[:-1] in acronyms):
                found.append(text.run(at, at))
        return found

    def _expansions(self, text: _Text, acronym: str) -> list[Span]:
        """Return the words that an acronym stands for: runs whose initials spell it."""
        words = text.words
        found = []
        for index, word in enumerate(words):
            if word[0] != acronym[0]:
                continue
            at, spelled = index, 0
            while at < min(len(words), index + len(acronym) + _MOST_FILLERS) and spelled < len(acronym):
                if at > index and not text.near(at - 1, _GAP):
                    break
                if words[at][0] == acronym[spelled] and len(words[at]) > 1:
                    spelled += 1
                elif words[at] not in _EXPANSION_FILLERS:
                    break
                at += 1
            if spelled < len(acronym):
                continue
            shown = [text.shown_word(place) for place in range(index, at)]
            # Two initials meet by chance ("in the" is not IT); those of capitals or of long words seldom do.
            if len(acronym) > 2 or all(one[0].isupper() or len(one) > 3 for one in shown):
                found.append(text.run(index, at - 1))
        return found
