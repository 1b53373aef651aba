"""How large a card's text may be set, and where on the card it goes."""

import math
from typing import Final

from pipeline.exporters.pdf.sheet import MM, CardGrid
from pipeline.records import plain_text

__all__ = ["drop", "foot_room", "likely_size", "sizes", "text_area"]

_STEPS: Final = (22.0, 20.0, 18.5, 17.0, 15.5, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.5, 8.0)
# Of the text face, over English prose: an average character in ems, and a line's height.
_CHARACTER: Final = 0.47
_LEADING: Final = 1.3
_PADDING: Final = 5.0  # millimetres, left and right
_HEAD: Final = 7.0  # millimetres at the card's head, and as much at its foot, for what stands there
_FOOT_FROM_EDGE: Final = 6.2
_TABLE_PT: Final = 11.0  # larger, a table's words do not fit beside each other
# At a card's foot, in points: its id in the face for code, all of whose characters are 0.6 em wide, and the course.
_IDENT_PT: Final = 7.0
_FOOT_PT: Final = 6.5


def sizes(grid: CardGrid) -> tuple[float, ...]:
    """Return the sizes in points at which this grid's cards may be set, largest first."""
    return tuple(step for step in _STEPS if grid.smallest_pt <= step <= grid.largest_pt)


def text_area(grid: CardGrid) -> tuple[float, float]:
    """Return width and height in millimetres of the part of a card that holds its text."""
    return grid.card_width - 2 * _PADDING, grid.card_height - 2 * _HEAD


def foot_room(grid: CardGrid, ident: str) -> float:
    """Return how much room a card's foot has for the course, behind the id, in ems of its text."""
    ident_width = 0.6 * _IDENT_PT * (len(ident) + 1)
    return (text_area(grid)[0] * MM - ident_width) / _FOOT_PT - 1.0  # an em for the dot between them


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
