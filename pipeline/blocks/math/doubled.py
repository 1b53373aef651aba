"""Formulas that a text extraction holds twice or three times: what is seen, then its TeX, then what is seen again.

KaTeX writes MathML, the TeX as an annotation, and HTML, one after the other, and an extractor that keeps all text keeps
`E=mc2E = mc^2E=mc2`. Where the TeX read as characters is what stands right before it, all of it is one formula. Where
it is not, nothing is touched.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.blocks.math.delimiters import find_math
from pipeline.blocks.math.reading import TexReader, canonical, is_dropped, may_be_lost, same_sign
from pipeline.blocks.math.signatures import is_command
from pipeline.blocks.math.tex import MathSpan, clean_tex
from pipeline.blocks.math.tripled import find_tripled

__all__ = ["Suspect", "find_doubled", "find_formulas", "find_suspect", "holds_threefold"]

# Where a look is worth it: signs that TeX has, and signs that KaTeX sets for ASCII ones.
_ANCHOR: Final = re.compile(r"\\[A-Za-z{}|%$&#]|[\^_=]|\{\S| [<>+≈≤≥≠] |[−′∣∗]")
_ANCHOR_SIGN: Final = re.compile(r"[\\^_={<>+≈≤≥≠−′∣∗]")  # one class: what most texts lack is found out quickly
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
_COMMAND: Final = re.compile(r"\\(?:([A-Za-z]+)|[{}%$#&|,;:!])")
_SCRIPT_OF_DIGIT: Final = re.compile(r"-?\d[\^_](?:\d|\{-?\d+\})")
_SET_OTHERWISE: Final = (("−", "-"), ("′", "'"), ("∣", "|"), ("∗", "*"))
_SPACED_RELATION: Final = re.compile(r"\s[=<>+≈≤≥≠]\s")
_RUN: Final = re.compile(r"\S+")
_TEX_NAME: Final = re.compile(r"\\([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Suspect:
    """Text that looks like a formula said twice, but does not agree well enough to be touched; `reason` says why."""

    start: int
    end: int
    reason: str


class _Match(NamedTuple):
    """A visible copy up to `visible_end`, its TeX from `middle` to `tex_end`, and where a third copy ends, if any."""

    start: int
    visible_end: int
    middle: int
    tex_end: int
    end: int
    is_sure: bool


def find_doubled(text: str) -> list[MathSpan]:
    """Return the formulas that stand as visible characters and then as TeX, in order; a span holds all the copies.

    A match is exact: every sign of the TeX stands in front of it in the order of MathML (or of KaTeX's HTML), but for
    signs that extractors lose, and no other sign stands between. The copies touch, begin where a word may begin and
    end where one may end. And there is evidence that the second copy is TeX: a command, `^`, `_` or a group; or the
    first copy has KaTeX's `−` for `-`, or lacks the spaces around a relation; or an equation stands there twice.
    Display or not is lost in a text: `display` is always False.
    """
    return [
        MathSpan(match.start, match.end, clean_tex(text[match.middle : match.tex_end]), display=False)
        for match in _matches(text)
        if match.is_sure
    ]


def find_formulas(text: str, *, variables: bool = False) -> list[MathSpan]:
    """Return all formulas of a text run, in order and without overlap: delimited ones, and those said twice or thrice.

    `variables`: single letters that stand three times are formulas too (see `find_tripled`).
    """
    spans = find_math(text)
    for more in (find_doubled(text), find_tripled(text, variables=variables)):
        spans += [span for span in more if all(span.end <= other.start or other.end <= span.start for other in spans)]
    return sorted(spans, key=lambda span: span.start)


def holds_threefold(text: str) -> bool:
    """Say whether a formula certainly stands three times in a text: as it is seen, as TeX, and as it is seen again."""
    threefold = any(match.is_sure and match.end > match.tex_end for match in _matches(text))
    return threefold or bool(find_tripled(text, variables=False))


def find_suspect(text: str) -> list[Suspect]:
    """Return what looks like a formula said twice and is left as it stands, in order: see `Suspect.reason`.

    These are TeX commands outside of delimiters whose reading does not stand in front of them, numbers with a script
    (`232^3` may be `2^3` or may be 232 cubed), and letters of a formula of the same text that stand doubled (`mm`).
    """
    if _ANCHOR_SIGN.search(text) is None:
        return []
    matches = _matches(text)
    taken = [(match.start, match.end) for match in matches if match.is_sure]
    taken += [(span.start, span.end) for span in find_math(text)]
    suspects = [
        Suspect(match.start, match.end, "a number that may be said twice, or may be one number")
        for match in matches
        if not match.is_sure
    ]
    suspects += [
        Suspect(run.start(), run.end(), "TeX whose reading does not stand in front of it")
        for run in _RUN.finditer(text)
        if (names := _TEX_NAME.findall(run[0])) and (is_command(names[-1]) or "begin" in names) and len(names[-1]) > 1
    ]
    letters = {
        letter
        for match in matches
        if match.is_sure
        for letter in re.findall("[A-Za-z]", _COMMAND.sub(" ", text[match.middle : match.tex_end]))
    }
    for word in re.finditer(r"(?<![\w\\.'’-])([A-Za-z])\1{1,2}(?![\w'’-])", text) if letters else ():
        if word[1] in letters:
            suspects.append(Suspect(word.start(), word.end(), "a letter of a formula, two or three times"))
    free = [span for span in suspects if not any(span.start < end and start < span.end for start, end in taken)]
    return sorted(free, key=lambda span: span.start)


def _matches(text: str) -> list[_Match]:
    """Return the matches of a text in order; of those that overlap, the sure ones and then the longest stand."""
    if _ANCHOR_SIGN.search(text) is None or _ANCHOR.search(text) is None:
        return []
    search = _Search(text)
    found = [match for anchor in _ANCHOR.finditer(text) for match in search.near(anchor.start())]
    kept: list[_Match] = []
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
        # Where a visible copy may begin, not within a word or another formula: by its first sign.
        self._starts: dict[str, list[int]] = {}
        self._run_starts: list[int] = []  # of each place: where the run without white space begins that it is in
        run = 0
        for start, char in enumerate(text):
            run = start + 1 if char.isspace() else run
            self._run_starts.append(run)
            if not char.isspace() and not is_dropped(char) and (start == 0 or _may_precede(text[start - 1])):
                self._starts.setdefault(canonical(char), []).append(start)
        self._all_starts = sorted(start for starts in self._starts.values() for start in starts)

    def near(self, anchor: int) -> Iterator[_Match]:
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

    def _match(self, start: int, gap: int, middle: int) -> _Match | None:
        for drawn in (False, True):
            match = self._match_in_order(start, gap, middle, drawn=drawn)
            if match:
                return match
        return None

    def _match_in_order(self, start: int, gap: int, middle: int, *, drawn: bool) -> _Match | None:
        """Return the match of these copies: TeX grows as long as its reading goes on with the visible copy."""
        text, position, at = self.text, start, middle
        free = gap < middle
        linear, other = "", ""
        found: _Match | None = None
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
                found = self._judge(_Match(start, gap, middle, at, at, is_sure=False), linear, other) or found
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

    def _judge(self, match: _Match, linear: str, drawn: str) -> _Match | None:
        """Return the match with its end and its worth, if there is evidence for it and what follows may follow."""
        text = self.text
        evidence = _evidence(text[match.start : match.visible_end], text[match.middle : match.tex_end], linear)
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


def _evidence(visible: str, tex: str, reading: str) -> bool | None:
    """Return True for what must be TeX, False for what may be a number as it stands, None for no evidence."""
    if visible.startswith(("\\", "^", "_")) or not any(not may_be_lost(sign) or sign in visible for sign in reading):
        return None
    has_letter = any(sign.isalpha() for sign in reading)
    if any(match[1] is None or is_command(match[1]) for match in _COMMAND.finditer(tex)):
        return True
    if "^" in tex or "_" in tex:
        return _SCRIPT_OF_DIGIT.fullmatch(tex) is None
    if re.search(r"\{[^{}]", tex):
        return True
    has_relation = "=" in tex
    if _SPACED_RELATION.search(tex) and not re.search(r"\s", visible):
        return True if has_letter or has_relation else None
    if (
        any(shown in visible and shown not in tex and typed in tex for shown, typed in _SET_OTHERWISE)
        and len(reading) > 1
    ):
        return has_letter or has_relation
    is_twice = visible == tex and has_relation and has_letter and len(tex) > 2 and not re.search(r"\s", tex)
    return True if is_twice else None
