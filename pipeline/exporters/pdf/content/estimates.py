"""How high a text probably is: what decides whether it is kept on one page or may be broken over two."""

import math
from collections.abc import Iterable
from typing import Final

from pipeline.records import RichText, formula_spans

__all__ = ["CHARACTER", "LINE", "height_of", "line_count"]

# Of the text face, over English prose, rather more than less: an average character and a line's height in ems.
CHARACTER: Final = 0.5
LINE: Final = 1.42
_PICTURE: Final = 14  # lines


def line_count(text: str, width: float) -> int:
    """Return how many lines a plain text takes, in which blocks are on lines of their own; `width` is in ems."""
    per_line = max(1.0, width / CHARACTER)
    return sum(max(1, math.ceil(len(line) / per_line)) for line in text.split("\n"))


def height_of(texts: Iterable[RichText], width: float) -> float:
    """Return the height in ems of texts below each other in lines of that width."""
    lines = (line_count(_printed(text.text), width) + _PICTURE * text.html.count("<img") for text in texts)
    return LINE * sum(lines)


def _printed(text: str) -> str:
    """Return a text as long as it is in print: half of a formula's letters are commands and braces."""
    parts, at = [], 0
    for start, end in formula_spans(text):
        parts += [text[at:start], "x" * ((end - start) // 2)]
        at = end
    return "".join([*parts, text[at:]])
