"""How large a card's text may be set, and where a text too long for one card is parted."""

import math
import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import Final

from pipeline.exporters.pdf.sheet import MM, CardGrid
from pipeline.records import plain_text

__all__ = ["drop", "halves", "likely_size", "sizes", "text_area"]

_STEPS: Final = (22.0, 20.0, 18.5, 17.0, 15.5, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.5, 8.0)
# Of the text face, over English prose: an average character in ems, and a line's height.
_CHARACTER: Final = 0.47
_LEADING: Final = 1.3
_PADDING: Final = 5.0  # millimetres, left and right
_HEAD: Final = 7.0  # millimetres at the card's head, and as much at its foot, for what stands there
_FOOT_FROM_EDGE: Final = 6.2
_TABLE_PT: Final = 11.0  # larger, a table's words do not fit beside each other
_PIECES: Final = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]|\S+|\s+", re.DOTALL)


def sizes(grid: CardGrid) -> tuple[float, ...]:
    """Return the sizes in points at which this grid's cards may be set, largest first."""
    return tuple(step for step in _STEPS if grid.smallest_pt <= step <= grid.largest_pt)


def text_area(grid: CardGrid) -> tuple[float, float]:
    """Return width and height in millimetres of the part of a card that holds its text."""
    return grid.card_width - 2 * _PADDING, grid.card_height - 2 * _HEAD


def drop(height: float, grid: CardGrid) -> tuple[float, float]:
    """Return how far a text of this height, laid out right below the card's head, and the foot below it, are to go.

    In millimetres: the text to the middle of the card, the foot to its edge.
    """
    below_head = 6.2
    middle = (grid.card_height - height) / 2 - below_head
    foot = grid.card_height - _FOOT_FROM_EDGE - (below_head + height)
    return middle, foot


def likely_size(fragment: str, grid: CardGrid) -> float | None:
    """Return the largest size at which a fragment probably fits, or None if it is too long for one card.

    An estimate from the number of characters: what it gets wrong is seen when the card has been laid out.
    """
    width, height = (value * MM for value in text_area(grid))
    lines = [len(line) for line in plain_text(fragment).split("\n")] or [0]
    pictures = fragment.count("<img")
    for size in sizes(grid):
        if size > _TABLE_PT and "<table" in fragment and size > grid.smallest_pt:
            continue
        room = max(1.0, width / (size * _CHARACTER))
        needed = sum(max(1, math.ceil(length / room)) for length in lines) + 5 * pictures
        if needed * size * _LEADING <= height:
            return size
    return None


class _Parting(HTMLParser):
    """Counts a fragment's words, and parts it before the word of a given number."""

    def __init__(self, at: int | None) -> None:
        super().__init__(convert_charrefs=True)
        self.at = at
        self.words = 0
        self.first: list[str] = []
        self.second: list[str] = []
        self.open: list[str] = []  # start tags, as written

    @property
    def _out(self) -> list[str]:
        return self.second if self._parted else self.first

    @property
    def _parted(self) -> bool:
        return self.at is not None and self.words >= self.at

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        written = self.get_starttag_text() or f"<{tag}>"
        if tag == "img":
            self._count()
        self._out.append(written)
        if tag not in {"br", "img"}:
            self.open.append(written)

    def handle_endtag(self, tag: str) -> None:
        """Keep the tag."""
        if self.open:
            self.open.pop()
        self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep the text, counting words; a formula is one."""
        for piece in _PIECES.findall(data):
            if not piece.isspace():
                self._count()
            self._out.append(escape(piece, quote=False))

    def _count(self) -> None:
        before = self._parted
        self.words += 1
        if self._parted and not before:
            self.first += [f"</{re.split(r'[ >]', tag[1:])[0]}>" for tag in reversed(self.open)]
            self.second += self.open


def halves(fragment: str) -> tuple[str, str] | None:
    """Return a canonical fragment in two, parted between words near its middle; None if it has but one word.

    A word longer than any line is parted within; a formula never is.
    """
    counter = _Parting(None)
    counter.feed(fragment)
    counter.close()
    if counter.words < 2:
        text = unescape(fragment)
        if "<" in fragment or text.startswith(("\\(", "\\[")) or len(text) < 2:
            return None
        middle = len(text) // 2
        return escape(text[:middle], quote=False), escape(text[middle:], quote=False)
    parting = _Parting(counter.words // 2 + 1)
    parting.feed(fragment)
    parting.close()
    return "".join(parting.first), "".join(parting.second)
