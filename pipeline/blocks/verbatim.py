"""What of a source is no text to be read on: comments, code within a line, fenced code. All in one pass each."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

__all__ = ["CodeSpans", "comments", "fenced"]

_TICKS: Final = re.compile(r"`+|\n[ \t]*\n")
_FENCE: Final = re.compile(r"^[ \t]{0,3}(?:```|~~~)([^\n]*)$", re.MULTILINE)


def comments(source: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each comment of HTML that has an end."""
    start = source.find("<!--")
    while start >= 0 and (end := source.find("-->", start + 4)) >= 0:
        yield start, end + 3
        start = source.find("<!--", end + 3)


class CodeSpans:
    """The code spans of Markdown: from a run of backticks to the next of just as many in its paragraph.

    Source: CommonMark 0.31, section 6.1.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs: dict[tuple[int, int], list[int]] = {}  # paragraph, length -> where such runs begin
        self._paragraphs: list[int] = [0]  # where each begins
        for found in _TICKS.finditer(text):
            if found[0][0] == "`":
                self._runs.setdefault((len(self._paragraphs), len(found[0])), []).append(found.start())
            else:
                self._paragraphs.append(found.end())

    def end_of(self, start: int, length: int) -> int | None:
        """Return where the code ends that `length` backticks at `start` begin; None if they begin none."""
        if self._text[start - 1 : start] == "\\":
            return None
        runs = self._runs.get((bisect_right(self._paragraphs, start), length), [])
        following = bisect_right(runs, start)
        return runs[following] + length if following < len(runs) else None

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of each code span in order."""
        at = 0
        for found in re.finditer("`+", self._text):
            if found.start() >= at and (end := self.end_of(found.start(), len(found[0]))) is not None:
                yield found.start(), end
                at = end


def fenced(body: str) -> list[str]:
    """Return Markdown in parts, every other one fenced code with its fences; what is not closed is no code."""
    parts: list[str] = []
    at = 0
    opened: int | None = None
    for fence in _FENCE.finditer(body):
        if opened is None:
            opened = fence.start()
        elif not fence[1].strip(" \t"):
            parts += [body[at:opened], body[opened : fence.end()]]
            at, opened = fence.end(), None
    return [*parts, body[at:]]
