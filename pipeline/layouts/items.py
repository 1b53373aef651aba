"""The items of a section: which blocks make one item of a list, however the page marks it up."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.blocks import Frame, Piece, frames_of
from pipeline.layouts.reading import Reading

__all__ = ["Item", "is_within", "list_items", "outer_frames", "top_item"]

_NUMBER: Final = re.compile(r"[(#]?(\d{1,3})[.):]?")
_NUMBERED: Final = re.compile(r"[(#]?(\d{1,3})[.):]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its pieces, the container that holds it, and blocks that only number it."""

    pieces: tuple[tuple[int, Piece], ...]  # (number of the block, what of it)
    frame: Frame | None = None
    numbers: tuple[tuple[int, int, int], ...] = ()  # (block, start, end) of a printed number


def outer_frames(reading: Reading, heading: int | None) -> set[Frame]:
    """Return the containers that hold a section's heading, and so say nothing of its items."""
    return set(frames_of(reading.blocks[heading].frame)) if heading is not None else set()


def is_within(reading: Reading, index: int, tag: str) -> bool:
    """Say whether a block stands in a container of that tag."""
    return any(frame.tag == tag for frame in frames_of(reading.blocks[index].frame))


def top_item(reading: Reading, index: int, outside: set[Frame], tags: Iterable[str] = ("li",)) -> Frame | None:
    """Return the outermost frame of one of `tags` around a block, below the frames `outside`."""
    found = None
    for frame in frames_of(reading.blocks[index].frame):
        if frame in outside:
            break
        if frame.tag in tags:
            found = frame
    return found


def list_items(reading: Reading, blocks: Sequence[int], heading: int | None) -> tuple[list[Item], list[int]]:
    """Return the items that `blocks` are, and the blocks that belong to none.

    Where there is a list, its items are list items, and a block outside it is left over; else each block is an
    item. A number that stands alone in its block, or is set off within it, counts the items and is no text of theirs.
    """
    outside = outer_frames(reading, heading)
    frames = [top_item(reading, index, outside) for index in blocks]
    if any(frames):
        items: dict[Frame, list[int]] = {}
        left = []
        for index, frame in zip(blocks, frames, strict=True):
            if frame is None:
                left.append(index)
            else:
                items.setdefault(frame, []).append(index)
        made = [_numbered(reading, indexes, number, frame) for number, (frame, indexes) in enumerate(items.items(), 1)]
        return made, left
    alike = _alike(reading, blocks)
    return _bare_items(reading, alike), [index for index in blocks if index not in alike]


def _alike(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """Return `blocks` without those at the end that stand less deep than most: they are no items of the list."""
    depths = [frame.depth if (frame := reading.blocks[index].frame) is not None else 0 for index in blocks]
    if not depths:
        return []
    usual = max(sorted(set(depths)), key=depths.count)
    end = len(blocks)
    while end > 1 and depths[end - 1] < usual and 2 * depths.count(usual) >= len(depths):
        end -= 1
    return list(blocks[:end])


def _bare_items(reading: Reading, blocks: Sequence[int]) -> list[Item]:
    alone = [index for index in blocks if _NUMBER.fullmatch(reading.blocks[index].text)]
    values = [int(_NUMBER.fullmatch(reading.blocks[index].text)[1]) for index in alone]  # type: ignore[index]
    if alone and alone[0] == blocks[0] and values == list(range(1, len(alone) + 1)):
        items = []
        starts = [*(blocks.index(index) for index in alone), len(blocks)]
        for start, end in pairwise(starts):
            number = blocks[start]
            pieces = tuple((i, Piece(reading.blocks[i])) for i in _beside(reading, number, blocks[start + 1 : end]))
            items.append(Item(pieces, None, ((number, 0, len(reading.blocks[number].text)),)))
        return [item for item in items if item.pieces]
    texts = [reading.blocks[index].text for index in blocks]
    matches = [_NUMBERED.match(text) for text in texts]
    if blocks and [int(match[1]) if match else 0 for match in matches] == list(range(1, len(blocks) + 1)):
        return [_piece_from(reading, index, match.end()) for index, match in zip(blocks, matches, strict=True) if match]
    return [_numbered(reading, [index], number, None) for number, index in enumerate(blocks, 1)]


def _beside(reading: Reading, number: int, blocks: Sequence[int]) -> Sequence[int]:
    """Return the blocks that stand in one container with the number before them."""
    holder = _shared_frame(reading, number, blocks[0]) if blocks else None
    outside = (n for n, index in enumerate(blocks) if holder and holder not in frames_of(reading.blocks[index].frame))
    return blocks[: next(outside, len(blocks))]


def _shared_frame(reading: Reading, first: int, second: int) -> Frame | None:
    """Return the innermost container of two blocks."""
    frames = set(frames_of(reading.blocks[first].frame))
    return next((frame for frame in frames_of(reading.blocks[second].frame) if frame in frames), None)


def _numbered(reading: Reading, indexes: Sequence[int], number: int, frame: Frame | None) -> Item:
    """Return an item without the number that the page prints in a box of its own."""
    first, *rest = indexes
    block = reading.blocks[first]
    match = _NUMBER.fullmatch(block.text)
    if match and rest and int(match[1]) == number:
        pieces = tuple((index, Piece(reading.blocks[index])) for index in rest)
        return Item(pieces, frame, ((first, 0, len(block.text)),))
    if block.seams and (match := _NUMBER.fullmatch(block.text[: block.seams[0]].strip())) and int(match[1]) == number:
        item = _piece_from(reading, first, block.seams[0])
        return Item((*item.pieces, *((index, Piece(reading.blocks[index])) for index in rest)), frame, item.numbers)
    return Item(tuple((index, Piece(reading.blocks[index])) for index in indexes), frame)


def _piece_from(reading: Reading, index: int, start: int) -> Item:
    block = reading.blocks[index]
    return Item(((index, Piece(block, start, len(block.text))),), None, ((index, 0, start),))
