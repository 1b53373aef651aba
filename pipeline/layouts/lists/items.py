"""The items of a section: which blocks make one item of a list, however the page marks it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.blocks import Block, Frame, Piece, frames_of, label_ends, lone_number
from pipeline.layouts.lists.around import outer_frames, top_item
from pipeline.layouts.lists.tables import is_saying_head, numbered_rows
from pipeline.layouts.reading import Reading, depth_of, is_inside, shared_frame

__all__ = ["Item", "is_numbered", "list_items"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its pieces, the container that holds it, and blocks that only number it."""

    pieces: tuple[tuple[int, Piece], ...]  # (number of the block, what of it)
    frame: Frame | None = None
    numbers: tuple[tuple[int, int, int], ...] = ()  # (block, start, end) of a printed number


def list_items(reading: Reading, blocks: Sequence[int], heading: int | None) -> tuple[list[Item], list[int]]:
    """Return the items that `blocks` are, and the blocks that belong to none.

    Where there is a list, its items are list items, and a block outside it is left over; else each block is an
    item, with the lists and the code in it. A number that counts the items is no text of theirs: one that stands alone
    in its block, is set off within it, or begins a text whose neighbours begin with those before and after it.
    """
    outside = outer_frames(reading, heading)
    if rows := _rows(reading, blocks, outside):
        return rows
    frames = [top_item(reading, index, outside) for index in blocks]
    if any(frames) and not _lies_within_items(reading, blocks, frames, heading):
        items: dict[Frame, list[int]] = {}
        left = []
        for index, frame in zip(blocks, frames, strict=True):
            if frame is None:
                left.append(index)
            else:
                items.setdefault(frame, []).append(index)
        groups = list(items.values())
        if ends := label_ends([reading.blocks[indexes[0]].text for indexes in groups], listed=True):
            made = [
                _from(reading, indexes, end, frame)
                for (frame, indexes), end in zip(items.items(), ends, strict=True)
                if end is not None
            ]
            return made, left
        return [_numbered(reading, group, n, frame) for n, (frame, group) in enumerate(items.items(), 1)], left
    heads = _alike(reading, [index for index, frame in zip(blocks, frames, strict=True) if frame is None])
    kept = [index for index in blocks if heads and heads[0] <= index <= heads[-1]]
    if any(frames):
        shown = set(kept)
        kept += [index for index in blocks if index not in shown and top_item(reading, index, outside)]
    made, left = _bare_items(reading, _groups(reading, kept, outside))
    return made, sorted({*left, *(set(blocks) - set(kept))})


def _rows(reading: Reading, blocks: Sequence[int], outside: set[Frame]) -> tuple[list[Item], list[int]] | None:
    """Return the rows of a table as items: one column says them, told by head or length."""
    heads, numbers, cells = numbered_rows(reading, blocks, outside)
    if not cells:
        return None
    columns: list[list[int]] = [[] for _ in range(max(map(len, cells)))]
    for row in cells:
        for column, cell in zip(columns, row, strict=False):
            column.extend(cell)
    lengths = [sum(len(reading.blocks[n].text) for n in column) for column in columns]
    named = [place for place, head in enumerate(heads) if is_saying_head(reading.blocks[head].text)]
    said = named[0] if named else lengths.index(max(lengths))
    items: list[Item] = []
    left: list[int] = []
    for row, counted in zip(cells, numbers, strict=True):
        spans = tuple((n, 0, len(reading.blocks[n].text)) for n in ([*heads, *counted] if not items else counted))
        if said < len(row):
            items.append(Item(tuple(reading.piece(n) for n in row[said]), None, spans))
        left += [n for place, cell in enumerate(row) if place != said for n in cell]
    return items, left


def _lies_within_items(
    reading: Reading, blocks: Sequence[int], frames: Sequence[Frame | None], heading: int | None
) -> bool:
    """Say whether the lists among `blocks` are parts of items that are paragraphs themselves."""
    plain = [index for index, frame in zip(blocks, frames, strict=True) if frame is None]
    first = next(index for index, frame in zip(blocks, frames, strict=True) if frame is not None)
    if len(plain) < 2 or plain[0] > first:
        return False
    lead = max(index for index in plain if index < first)
    card = shared_frame(reading.blocks[lead], reading.blocks[first])
    if card is not None and all(card not in frames_of(reading.blocks[index].frame) for index in plain if index != lead):
        return True
    if not reading.blocks[lead].text.rstrip().endswith(":"):
        return False
    label = reading.labels[heading] if heading is not None else None
    counted = label.counted if label is not None else None
    if counted is not None:
        return len(plain) == counted != len({frame for frame in frames if frame is not None})
    return plain.index(lead) > 0 and not is_numbered(reading.blocks[first])


def is_numbered(block: Block) -> bool:
    """Say whether a block is an item that the page numbers."""
    return block.marker.strip("().[]").isdigit() or is_inside(block, "ol")


def _groups(reading: Reading, blocks: Sequence[int], outside: set[Frame]) -> list[list[int]]:
    """Return `blocks` in groups, each an item's: its paragraph, and the lists and the code that belong to it."""
    groups: list[list[int]] = []
    for index in blocks:
        block = reading.blocks[index]
        last = reading.blocks[groups[-1][-1]] if groups else None
        is_code = block.kind == "pre" and last is not None and last.kind != "pre"
        if groups and (top_item(reading, index, outside) or (is_code and _goes_with(reading, groups, index))):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _goes_with(reading: Reading, groups: Sequence[Sequence[int]], index: int) -> bool:
    """Say whether code belongs to the paragraph before it: that announces it, or stands in one container with it."""
    last = groups[-1][-1]
    if reading.blocks[last].text.rstrip().endswith(":"):
        return True
    card = shared_frame(reading.blocks[last], reading.blocks[index])
    return card is not None and all(
        card not in frames_of(reading.blocks[other].frame) for group in groups[:-1] for other in group
    )


def _alike(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """Return `blocks` without those at the end that stand less deep than most: they are no items of the list."""
    depths = [depth_of(reading.blocks[index]) for index in blocks]
    if not depths:
        return []
    usual = max(sorted(set(depths)), key=depths.count)
    end = len(blocks)
    while end > 1 and depths[end - 1] < usual and 2 * depths.count(usual) >= len(depths):
        end -= 1
    return list(blocks[:end])


def _bare_items(reading: Reading, groups: Sequence[Sequence[int]]) -> tuple[list[Item], list[int]]:
    """Return the items that groups of blocks outside of lists are, and the blocks behind the last that are none."""
    blocks = [index for group in groups for index in group]
    numbers = ((index, lone_number(reading.blocks[index].text, len(blocks))) for index in blocks)
    values = {index: number for index, number in numbers if number is not None}
    alone = list(values)
    if alone and alone[0] == blocks[0] and list(values.values()) == list(range(1, len(alone) + 1)):
        items = []
        starts = [*(place for place, index in enumerate(blocks) if index in values), len(blocks)]
        for start, end in pairwise(starts):
            number = blocks[start]
            pieces = tuple(reading.piece(i) for i in _beside(reading, number, blocks[start + 1 : end]))
            items.append(Item(pieces, None, ((number, 0, len(reading.blocks[number].text)),)))
        return [item for item in items if item.pieces], []
    ends = label_ends([reading.blocks[group[0]].text for group in groups])
    if not ends:
        return [_numbered(reading, group, number, None) for number, group in enumerate(groups, 1)], []
    made: list[tuple[list[int], int]] = []
    last = max(n for n, end in enumerate(ends) if end is not None)
    for group, behind in zip(groups[: last + 1], ends, strict=False):
        if behind is not None:
            made.append((list(group), behind))
        else:
            made[-1][0].extend(group)
    return [_from(reading, group, end, None) for group, end in made], [i for group in groups[last + 1 :] for i in group]


def _beside(reading: Reading, number: int, blocks: Sequence[int]) -> Sequence[int]:
    """Return the blocks that stand in one container with the number before them."""
    holder = shared_frame(reading.blocks[number], reading.blocks[blocks[0]]) if blocks else None
    outside = (n for n, index in enumerate(blocks) if holder and holder not in frames_of(reading.blocks[index].frame))
    return blocks[: next(outside, len(blocks))]


def _numbered(reading: Reading, indexes: Sequence[int], number: int, frame: Frame | None) -> Item:
    """Return an item without the number that the page prints in a box of its own."""
    first, *rest = indexes
    block = reading.blocks[first]
    if rest and lone_number(block.text, number) == number:
        pieces = tuple(reading.piece(index) for index in rest)
        return Item(pieces, frame, ((first, 0, len(block.text)),))
    if block.seams and lone_number(block.text[: block.seams[0]].strip(), number) == number:
        return _from(reading, indexes, block.seams[0], frame)
    return Item(tuple(reading.piece(index) for index in indexes), frame)


def _from(reading: Reading, indexes: Sequence[int], start: int, frame: Frame | None) -> Item:
    """Return the item of these blocks, the first of which has its number before `start`."""
    first, *rest = indexes
    head = reading.piece(first, start, len(reading.blocks[first].text))
    pieces = (head, *(reading.piece(index) for index in rest))
    return Item(pieces, frame, ((first, 0, start),))
