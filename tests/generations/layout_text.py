"""Lines of text: hard wrapping that stays fair, and what a line must not begin with."""

from __future__ import annotations

import re
import textwrap

__all__ = ["wrap"]

MARKER = re.compile(r"(?:\(?\w{1,3}[.):]|\d+|[-–—*+•◦▪o·])$")


def wrap(
    text: str,
    width: int,
    *,
    first: str = "",
    rest: str = "",
    hyphens: bool = False,
    guard: bool = False,
) -> str:
    """Return `text` wrapped at `width` columns (0: one line), `first` and `rest` in front of lines.

    `hyphens`: break after a hyphen within a word, as Python's textwrap and html2text do.
    `guard`: no line but the first begins with a word that could be taken for a bullet or a number
    (where the line's indentation does not say which it is).
    """
    if not width:
        return first + text
    lines = textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=hyphens,
    )  # fmt: skip
    if not guard:
        return "\n".join(lines)
    for at in range(len(lines) - 1, 0, -1):
        word, _, tail = lines[at][len(rest) :].partition(" ")
        while MARKER.match(word):  # pull the word up: the line before grows a little too long
            lines[at - 1] += f" {word}"
            lines[at] = rest + tail
            word, _, tail = tail.partition(" ")
    return "\n".join(line for line in lines if line.strip())
