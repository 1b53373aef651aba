"""How a line is said: no markup and no control characters of a page, and long lines hang on a terminal."""

import re
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

__all__ = ["Line", "say"]

_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_WORD: Final = re.compile(r"(?:(?<!\s)\s++)?\S++\s*+")
_HANG: Final = 4  # columns


class Line(NamedTuple):
    """A line of which the first `marked` characters have a style."""

    text: str
    marked: int = 0
    style: str = ""


def say(console: Console, line: Line) -> None:
    """Print a line. Where nobody sees it, and where a word is longer than the screen is wide, it stays whole."""
    text = Text(_CONTROLS.sub("\N{REPLACEMENT CHARACTER}", line.text))
    if line.marked:
        text.stylize(line.style, 0, line.marked)
    ends = _ends(text.plain, console.width) if console.is_terminal else []
    for number, piece in enumerate(text.divide(ends)):
        piece.rstrip()
        console.print(Text(" " * _HANG).append_text(piece) if number else piece, soft_wrap=True, highlight=False)


def _ends(text: str, width: int) -> list[int]:
    """Return where lines end that are no wider than the screen, those after the first being indented; words stay whole.

    (`rich` wraps either with words cut, of which paths are no longer paths, or not at all.)
    """
    ends, used = [], 0
    for word in _WORD.finditer(text):
        needed = cell_len(word[0].rstrip())
        if used + needed > width and used > _HANG and word.start():
            ends.append(word.start())
            used = _HANG
        used += cell_len(word[0])
    return ends
