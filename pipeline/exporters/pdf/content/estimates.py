"""How high a text probably is: what decides whether it is kept on one page or may be broken over two."""

import math
import re
from collections.abc import Iterable
from typing import Final

from pipeline.records import RichText

__all__ = ["CHARACTER", "LINE", "height_of", "line_count"]

# Of the text face, over English prose, rather more than less: an average character and a line's height in ems.
CHARACTER: Final = 0.5
LINE: Final = 1.42
_FORMULA: Final = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
_PICTURE: Final = 14  # lines


def line_count(text: str, width: float) -> int:
    """Return how many lines a plain text takes, in which blocks are on lines of their own; `width` is in ems."""
    per_line = max(1.0, width / CHARACTER)
    return sum(max(1, math.ceil(len(line) / per_line)) for line in text.split("\n"))


def height_of(texts: Iterable[RichText], width: float) -> float:
    """Return the height in ems of texts below each other in lines of that width."""
    lines = (
        line_count(_FORMULA.sub(_printed, text.text), width) + _PICTURE * text.html.count("<img") for text in texts
    )
    return LINE * sum(lines)


def _printed(match: re.Match[str]) -> str:
    """Return as much text as a formula takes: half of TeX's letters are commands and braces."""
    return "x" * (len(match[0]) // 2)
