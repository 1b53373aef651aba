r"""Where formulas stand in a text or a canonical fragment: `\( … \)` within a line, `\[ … \]` on one of their own."""

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["formula_spans"]

_OPENING: Final = re.compile(r"\\[(\[]")
_CLOSING: Final = {"\\(": "\\)", "\\[": "\\]"}


def formula_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each formula in order, with its delimiters; one that does not close is text.

    What is not closed once is not looked for again: a pattern would look through the rest of the text each time.
    """
    at = 0
    closings = dict(_CLOSING)
    for opening in _OPENING.finditer(text):
        if opening.start() < at or opening[0] not in closings:
            continue
        end = text.find(closings[opening[0]], opening.end())
        if end < 0:
            del closings[opening[0]]
            continue
        at = end + 2
        yield opening.start(), at
