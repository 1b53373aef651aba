"""Where a text holds a formula as it is seen, then its TeX, then perhaps what is seen again.

TeX may begin at any place near a sign of it. From there, it is read element by element, and each element's signs are
looked for in the text in front, from any place on where the visible copy may begin.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from pipeline.blocks.math.finding.evidence import evidence_of
from pipeline.blocks.math.reading import TexReader, canonical, is_dropped, may_be_lost, same_sign

__all__ = ["Match", "find_matches"]

# Where a look is worth it: signs that TeX has, and signs that KaTeX sets for ASCII ones.
_ANCHOR: Final = re.compile(r"\\[A-Za-z{}|%$&#]|[\^_=]|\{\S| [<>+≈≤≥≠] |[−′∣∗]")
_ANCHOR_SIGN: Final = re.compile(r"[\\^_={<>+≈≤≥≠−′∣∗]")  # a fast first test, which most texts fail
_NEAR: Final = 90  # how far from an anchor the TeX may begin
_LONGEST: Final = 400  # characters of one copy
# How many signs may be compared in one text. Paragraphs full of formulas need some ten a character; a text that is
# made to need more is left as it stands.
_STEPS_A_CHARACTER: Final = 30
_MOST_STEPS: Final = 150_000
_CANNOT_BEGIN: Final = frozenset("^_})],.;:!?&%~'\"/")
# What may stand right before a formula: not a sign of another one.
_MAY_PRECEDE: Final = frozenset("([{\"'“”‘’«»¿¡,;:/–—-")
_WIKIPEDIA: Final = ("{\\displaystyle", "{\\textstyle")


class Match(NamedTuple):
    """A visible copy up to `visible_end`, its TeX from `middle` to `tex_end`, and where a third copy ends, if any."""

    start: int
    visible_end: int
    middle: int
    tex_end: int
    end: int
    is_sure: bool


def find_matches(text: str) -> list[Match]:
    """Return the matches of a text in order; of those that overlap, the sure ones and then the longest stand."""
    if _ANCHOR_SIGN.search(text) is None or _ANCHOR.search(text) is None:
        return []
    search = _Search(text)
    found = [match for anchor in _ANCHOR.finditer(text) for match in search.near(anchor.start())]
    kept: list[Match] = []
    for match in sorted(found, key=lambda match: (not match.is_sure, match.start - match.end, match.start)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept)


class _Search:
    """Looks for doubled formulas in one text; looks at each place once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps = min(1000 + _STEPS_A_CHARACTER * len(text), _MOST_STEPS)
        self._reader = TexReader(text)
        self._tried: set[int] = set()
        # Offsets at which a visible copy may begin (not within a word or another formula), by the character there.
        self._starts: dict[str, list[int]] = {}
        self._run_starts: list[int] = []  # for each offset, where the word around it begins
        run = 0
        for start, char in enumerate(text):
            run = start + 1 if char.isspace() else run
            self._run_starts.append(run)
            if not char.isspace() and not is_dropped(char) and (start == 0 or _may_precede(text[start - 1])):
                self._starts.setdefault(canonical(char), []).append(start)
        self._all_starts = sorted(start for starts in self._starts.values() for start in starts)

    def near(self, anchor: int) -> Iterator[Match]:
        """Yield the matches whose TeX begins near `anchor`, at places that were not looked at before."""
        for middle in range(max(anchor - _NEAR, 1), min(anchor + _NEAR, len(self.text))):
            if middle in self._tried or self.steps <= 0:
                continue
            self._tried.add(middle)
            self.steps -= 1
            visible_end = self._visible_end(middle)
            if visible_end is None or self._reader.item(middle) is None:
                continue
            for start in self._starts_before(middle, visible_end):
                self.steps -= 1
                if match := self._match(start, visible_end, middle):
                    yield match

    def _visible_end(self, middle: int) -> int | None:
        """Return where the visible copy before TeX at `middle` ends, or None if no TeX can begin there."""
        text = self.text
        char = text[middle]
        if (
            char in _CANNOT_BEGIN
            or char.isspace()
            or not (char.isascii() or (char.isalpha() and not may_be_lost(char)))
        ):
            return None
        if not text[middle - 1].isspace():
            return middle
        if text.startswith(_WIKIPEDIA, middle):  # plain as TeX, and set apart from its copy
            return len(text[:middle].rstrip()) or None
        return None

    def _starts_before(self, middle: int, visible_end: int) -> Iterator[int]:
        """Yield where the visible copy of TeX at `middle` may begin: with its first sign, and without white space
        unless the TeX may have some.
        """
        text = self.text
        first = max(0, visible_end - _LONGEST)
        if "\\" not in text[middle : middle + _LONGEST]:
            first = max(first, self._run_starts[visible_end - 1])
        head = text[middle]
        if head in "\\{":
            lists = [self._all_starts]
        else:
            heads = {
                canonical(head),
                canonical(text[middle + 1 : middle + 2]) if may_be_lost(head) else canonical(head),
            }
            lists = [self._starts.get(sign, []) for sign in sorted(heads)]
            if may_be_lost(head) and text[middle + 1 : middle + 2] in ("\\", "{"):
                lists = [self._all_starts]
        for starts in lists:
            yield from starts[bisect_left(starts, first) : bisect_left(starts, visible_end)]

    def _match(self, start: int, gap: int, middle: int) -> Match | None:
        for drawn in (False, True):
            match = self._match_in_order(start, gap, middle, drawn=drawn)
            if match:
                return match
        return None

    def _match_in_order(self, start: int, gap: int, middle: int, *, drawn: bool) -> Match | None:
        """Return the match of these copies: TeX grows as long as its reading goes on with the visible copy."""
        text, position, at = self.text, start, middle
        free = gap < middle
        linear, other = "", ""
        found: Match | None = None
        while (item := self._reader.item(at)) is not None:
            self.steps -= 1 + len(item.linear)
            if self.steps <= 0:
                break
            is_whole = self._skip(position, gap, free=False) == gap
            closes_bar = text[at] == "|" and text.count("|", middle, at) % 2 == 1
            if is_whole and text[at] not in "\\^_{}" and not text[at].isspace() and not closes_bar:
                break  # nothing is left to compare with plain characters
            shown = item.drawn if drawn else item.linear
            following = self._follow(shown, position, gap, free=free)
            if following is None:
                break
            position, at = following, item.end
            linear, other = linear + item.linear, other + item.drawn
            if not text[at - 1].isspace() and self._skip(position, gap, free=False) == gap:
                found = self._judge(Match(start, gap, middle, at, at, is_sure=False), linear, other) or found
        return found

    def _follow(self, signs: str, position: int, end: int, *, free: bool) -> int | None:
        """Return where `signs` end in the text from `position` on, or None if they do not stand there before `end`."""
        text = self.text
        for sign in signs:
            if sign == " ":
                while position < end and (text[position].isspace() or is_dropped(text[position])):
                    position += 1
                continue
            position = self._skip(position, end, free=free)
            if position < end and same_sign(text[position], sign):
                position += 1
            elif not may_be_lost(sign):
                return None
        return position

    def _skip(self, position: int, end: int, *, free: bool) -> int:
        text = self.text
        while position < end and (is_dropped(text[position]) or (free and text[position].isspace())):
            position += 1
        return position

    def _judge(self, match: Match, linear: str, drawn: str) -> Match | None:
        """Return the match with its end and its worth, if there is evidence for it and what follows may follow."""
        text = self.text
        evidence = evidence_of(text[match.start : match.visible_end], text[match.middle : match.tex_end], linear)
        if evidence is None:
            return None
        end = self._third_copy(match.tex_end, linear, drawn)
        if end < len(text) and _is_word(text[end]) and _is_word(text[end - 1]):
            return None
        if end < len(text) and text[end] in "^_":
            return None
        return match._replace(end=end, is_sure=evidence)

    def _third_copy(self, start: int, linear: str, drawn: str) -> int:
        """Return the end of a further visible copy after the TeX, or `start` if there is none."""
        limit = min(len(self.text), start + _LONGEST)
        for signs in (drawn, linear):
            end = self._follow(signs, start, limit, free=False)
            if end is not None and end > start:
                return self._skip(end, limit, free=False)
        return self._unordered_copy(start, limit, linear)

    def _unordered_copy(self, start: int, limit: int, signs: str) -> int:
        """Return the end of a copy with the same signs in another order (limits stand above and below a sum)."""
        needed = Counter(sign for sign in signs if not may_be_lost(sign))
        if not needed:
            return start
        lost = [sign for sign in signs if may_be_lost(sign)]
        position = start
        while position < limit:
            char = self.text[position]
            if needed[char] > 0:
                needed[char] -= 1
            elif not is_dropped(char) and not any(same_sign(char, sign) for sign in lost):
                break
            position += 1
        return start if any(needed.values()) else position


def _may_precede(char: str) -> bool:
    return char.isspace() or char in _MAY_PRECEDE or is_dropped(char) or (char.isalnum() and not _is_word(char))


def _is_word(char: str) -> bool:
    """Say whether a letter or digit would run on: of an alphabet in which words are set apart by spaces."""
    return char.isalnum() and char < "\u2e80"
