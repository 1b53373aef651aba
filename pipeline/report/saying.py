"""How a line is said: no markup and no control characters of a page, and long lines hang on a terminal."""

import re
from typing import Final, NamedTuple

from rich.console import Console
from rich.text import Text

__all__ = ["Line", "say"]

_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
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
    pieces = [text]
    if console.is_terminal and text.cell_len > console.width:
        pieces = list(text.wrap(console, max(_HANG, console.width - _HANG), overflow="ignore"))
    for number, piece in enumerate(pieces):
        piece.rstrip()
        console.print(Text(" " * _HANG).append_text(piece) if number else piece, soft_wrap=True)
