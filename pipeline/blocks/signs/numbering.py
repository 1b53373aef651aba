"""The numbers that a page prints before its items, whatever they look like: `1.`, `(2)`, `c.`, `iv)`, `Fact 5:`."""

import re
from collections.abc import Callable, Sequence
from typing import Final

__all__ = ["label_ends", "lone_number", "numbered_lines"]

_ALONE: Final = re.compile(r"(?:(?:key )?fact\s*)?[(#\[]?(\d{1,6})[.):\]]?", re.IGNORECASE)
# The first two are numbers wherever they run; the others may be words of the text, and need more to be believed.
_FULL: Final = re.compile(r"[(#\[]?(\d{1,6})[.):\]．、]\s+(?=\S)")
_NAMED: Final = re.compile(r"(?:(?:key )?fact)\s*#?(\d{1,6})\s*[.):–—-]\s*(?=\S)", re.IGNORECASE)
_TIGHT: Final = re.compile(r"[(#\[]?(\d{1,6})[.):\]．、](?=\S)")
_BARE: Final = re.compile(r"(\d{1,6})\s+(?=\S)")
_LETTER: Final = re.compile(r"\(?([a-zA-Z])[.)]\s+(?=\S)")
_ROMAN: Final = re.compile(r"\(?([ivx]{1,6}|[IVX]{1,6})[.)]\s+(?=\S)")
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10}
_FAR: Final = 12  # lines at most from one item to the next
_ENOUGH: Final = 3  # items that begin with 1, 2, 3 in a row do not do so by chance


def lone_number(text: str, most: int = 0) -> int | None:
    """Return the number that a text is and nothing else, or None; beyond 999 it is a year, if not of `most` texts."""
    match = _of_list(_ALONE.fullmatch(text), most)
    return int(match[1]) if match else None


def _of_list(match: re.Match[str] | None, most: int) -> re.Match[str] | None:
    """Return a match if its number, where it is one, may count `most` texts: beyond 999 a number is a year."""
    said = match[1] if match else ""
    return match if not (said.isdecimal() and len(said) > 3 and int(said) > most) else None


def label_ends(texts: Sequence[str], *, listed: bool = False) -> list[int | None]:
    """Return where the number ends that each text begins with; None for a text that goes on with the one before.

    Empty if the texts are not numbered in their order from 1 on. A lone text is numbered only by `1. `. Items that are
    `listed` have the number of their list: further ones count only where they can be nothing else.
    """
    for pattern in (_FULL, _NAMED):
        matches = [_of_list(pattern.match(text), len(texts)) for text in texts]
        values = [int(match[1]) for match in matches if match]
        whole = len(values) == len(texts)
        if values and matches[0] and values == list(range(1, len(values) + 1)) and (whole or len(values) > 1):
            if listed and not (whole and len(values) > 1):
                return []
            return [match.end() if match else None for match in matches]
    if listed or len(texts) < 2:
        return []
    for pattern, value in _ways():
        matches = [_of_list(pattern.match(text), len(texts)) for text in texts]
        if [value(match[1]) if match else 0 for match in matches] == list(range(1, len(texts) + 1)):
            ends = [match.end() for match in matches if match]
            heads = [text[end] for text, end in zip(texts, ends, strict=True)]
            if len(texts) >= _ENOUGH or all(not head.isdigit() and not head.islower() for head in heads):
                return list(ends)
    return []


def numbered_lines(lines: Sequence[str | None]) -> set[int]:
    """Return which lines of a text (None for a blank one) begin with numbers that run on from 1.

    Those are no list signs by themselves: `a.`, `1.The`, `Fact 1:`. Lines between two of them belong to the first.
    """
    found: set[int] = set()
    for pattern, value in _ways(named=True):
        run: list[int] = []
        for index, line in enumerate([*lines, ""]):
            match = pattern.match(line) if line else None
            number = value(match[1]) if match else 0
            if match and number == len(run) + 1 and (not run or index - run[-1] <= _FAR):
                run.append(index)
            elif line == "" or (match and number == 1):
                found |= set(run) if len(run) >= _ENOUGH else set()
                run = [index] if match and number == 1 else []
    return found


def _ways(*, named: bool = False) -> list[tuple[re.Pattern[str], Callable[[str], int]]]:
    """Return the styles of numbering that are easily mistaken, as a pattern and a function from its group to an int."""
    ways: list[tuple[re.Pattern[str], Callable[[str], int]]] = [
        (_NAMED, int), (_TIGHT, int), (_BARE, int), (_LETTER, _letter), (_ROMAN, _roman),
    ]  # fmt: skip
    return ways if named else ways[1:]


def _letter(text: str) -> int:
    return ord(text.lower()) - ord("a") + 1


def _roman(text: str) -> int:
    """Return the value of a small Roman number. Letters that form none give a value that fits no position in a list."""
    values = [_ROMAN_VALUES[letter] for letter in text.lower()]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
