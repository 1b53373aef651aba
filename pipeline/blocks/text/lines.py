"""The lines of a text extraction: how deep each stands, and the list sign that it begins with, if it is one."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.blocks.signs import LONG_NUMBER, MARKER
from pipeline.blocks.text.wrapping import TextLine, Wrapping

__all__ = ["Line", "lines_of", "without_chance_signs"]

_RULE: Final = re.compile(r"[─━═‒–—―_]{10,}")  # a horizontal rule as text browsers draw it
_LABEL: Final = re.compile(r"\A([^\t:]{1,60}:)\t+(?=[^\t]+\Z)")  # a label that a tab sets apart from what it heads
_MOST_LINES: Final = 20  # that one list item may have
_TAB_WIDTH: Final = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text that is not blank."""

    number: int
    indent: int
    marker: str  # the bullet or number, or ""
    text: str  # without indentation and marker
    column: int  # at which the text begins
    inner: str = ""  # the number of a list that begins within this item: "* 1. first"


def lines_of(source: str) -> list[Line | None]:
    """Return the page's lines; None for a blank one.

    A lone "o" may be a word and a lone "(1)" may begin a sentence: they are list signs only where there are more.
    """
    raw_lines = [_LABEL.sub(r"\1 ", raw.replace("\f", " ").rstrip()) for raw in source.split("\n")]
    matches = list(_signs(raw_lines))
    signs = Counter(_style(match) for match in matches if match)
    lines: list[Line | None] = []
    for number, (raw, match) in enumerate(zip(raw_lines, matches, strict=True), 1):
        text = raw.lstrip()
        if not text or _RULE.fullmatch(text):
            lines.append(None)
            continue
        indent = _indent(raw, text)
        if match and (signs[_style(match)] > 1 or _may_be_alone(match, indent)):
            marker = match["bullet"] or match["number"]
            column = indent + match.end()
            inner = MARKER.match(text[match.end() :])
            if (
                inner
                and inner["number"]
                and inner["number"].strip("()[].") == "1"
                and _counts_on(raw_lines[number : number + _MOST_LINES], column)
            ):
                item = text[match.end() + inner.end() :]
                lines.append(Line(number, indent, marker, item, column + inner.end(), inner["number"]))
            else:
                lines.append(Line(number, indent, marker, text[match.end() :], column))
        else:
            lines.append(Line(number, indent, "", text, indent))
    return lines


def _signs(raw_lines: Iterable[str]) -> Iterator[re.Match[str] | None]:
    """Yield the list sign of each line, None where there is none."""
    reached: dict[str, int] = {}  # the last number of each style
    for raw in raw_lines:
        text = raw.lstrip()
        match = MARKER.match(text)
        if match is None and (long := LONG_NUMBER.match(text)) and _number(long) == reached.get(_style(long), 0) + 1:
            match = long
        if match is not None and match["number"]:
            reached[_style(match)] = _number(match)
        yield match


def _number(match: re.Match[str]) -> int:
    return int(match["number"].strip("()[]."))


def _counts_on(following: Sequence[str], column: int) -> bool:
    """Say whether the next sign at `column` is a list's second number, and nothing stands less deep before it."""
    for raw in following:
        text = raw.lstrip()
        indent = _indent(raw, text)
        if text and indent < column:
            return False
        if text and indent == column and (match := MARKER.match(text)):
            return match["number"] is not None and match["number"].strip("()[].") == "2"
    return False


def _may_be_alone(match: re.Match[str], indent: int) -> bool:
    """Say whether a sign of which there is only one can be a list's."""
    if match["number"]:
        return match["number"] in ("1.", "[1]") or (indent > 0 and match["number"].startswith("1"))
    return indent > 1 or match["bullet"] not in ("o", "+")


def without_chance_signs(lines: Sequence[Line | None], wrapping: Wrapping) -> list[Line | None]:
    """Return the lines, those whose sign is there by chance, because a sentence was wrapped before it, without sign.

    That is a number that counts nothing ("… of / 500. This …"), and a dash or an asterisk of which there is no other.
    """
    counts = Counter(_numberless(line.marker) for line in lines if line is not None and line.marker)
    numbers = {
        ((line.indent, _numberless(line.marker)), int(re.sub(r"\D", "", line.marker) or 0))
        for line in lines
        if line is not None
    }
    reached: dict[tuple[int, str], int] = {}
    kept: list[Line | None] = []
    for line in lines:
        before = kept[-1] if kept else None
        if line is None or not line.marker:
            kept.append(line)
            continue
        style = (line.indent, _numberless(line.marker))
        number = int(re.sub(r"\D", "", line.marker) or 0)
        counting = number == 1 if style not in reached else number == reached[style] + 1
        counting = counting and (number > 1 or (style, 2) in numbers)
        doubtful = not counting if number else counts[style[1]] == 1 and not line.text[:1].isupper()
        whole = TextLine(f"{line.marker} {line.text}", line.indent)
        if doubtful and before is not None and wrapping.is_full(TextLine(before.text, before.column), whole):
            kept.append(Line(line.number, line.indent, "", whole.text, line.indent))
            continue
        reached[style] = number
        kept.append(line)
    return kept


def _style(match: re.Match[str]) -> str:
    """Return a sign's style: itself, or its number replaced by 1."""
    return _numberless(match.group().strip())


def _numberless(sign: str) -> str:
    return re.sub(r"\d+", "1", sign)


def _indent(raw: str, text: str) -> int:
    """Return the column at which a line's text begins."""
    return len(raw[: len(raw) - len(text)].expandtabs(_TAB_WIDTH))
