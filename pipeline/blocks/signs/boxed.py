"""List signs in boxes of their own: what an app draws as a sign beside a text is an item of a list."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.blocks.model import Block, Frame, frames_of

__all__ = ["BOXES", "items_out_of_boxes", "without_lone_boxes"]

BOXES: Final = ("☐", "☑")  # to be ticked: a choice's
_BULLET: Final = re.compile("[•‣◦▪▫●○■□∙➢➤►▸▶⁃◆◇◾◼✦⬤\ue000-\uf8ff]\ufe0f?")
# These may be a fold's sign, an arrow of a menu or an empty cell: a list has two of them or more.
_DOUBTFUL: Final = re.compile("[·–—→➔➜➝⇒»›✓✔✅☑★☆*+-]\ufe0f?")
_NUMBER: Final = re.compile(r"\(?(\d{1,2})[.)]")
_LEADS: Final = re.compile("[·–—→➔➜➝⇒]")  # of those, what may stand alone with its text in a box
_PAIR: Final = 2  # a sign and a text
_FEW: Final = 3  # blocks of a container that may be the only item of its list
_TABLE: Final = ("table", "thead", "tbody", "tr", "td")


@dataclass(frozen=True, slots=True)
class _Item:
    """A sign that stands alone, and the container of it and the text behind it: all of it is theirs, or only that."""

    sign: int
    box: Frame | None
    is_whole: bool


def items_out_of_boxes(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without the signs that stand alone, what these stand before made items of lists.

    An item is the container that begins with the sign; where signs and texts only alternate, the text behind a sign.
    """
    items = _items(blocks)
    if not items:
        return list(blocks)
    lists = _Lists(blocks, items)
    signs = {item.sign for item in items}
    made = []
    for index, block in enumerate(blocks):
        if index in signs:
            continue
        frame = lists.frame_of(index)
        marker = blocks[index - 1].text if index - 1 in signs else block.marker
        made.append(block if frame is block.frame else replace(block, frame=frame, marker=marker))
    return made


def without_lone_boxes(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, a box to be ticked that has no other beside it taken off: it only opens what is folded."""
    boxed = [block.marker in BOXES for block in blocks]
    if not any(boxed):
        return list(blocks)
    beside = [before or behind for before, behind in zip([False, *boxed], [*boxed[1:], False], strict=False)]
    return [
        replace(block, marker="") if box and not other else block
        for block, box, other in zip(blocks, boxed, beside, strict=True)
    ]


def _items(blocks: Sequence[Block]) -> list[_Item]:
    """Return the signs that stand alone and are a list's."""
    alone = [n for n in range(len(blocks) - 1) if _is_alone(blocks[n]) and blocks[n + 1].kind != "heading"]
    if not alone:
        return []
    extents = _extents(blocks)
    boxes: dict[Frame | None, list[int]] = {}
    for n in alone:
        boxes.setdefault(_shared(blocks[n], blocks[n + 1]), []).append(n)
    beside = Counter(box.parent for box, signs in boxes.items() if box is not None and len(signs) == 1)
    items = []
    for box, signs in boxes.items():
        if box is None or len(signs) > 1:
            if len(signs) > 1 and (box is None or _alternate(blocks, signs)):
                items += [_Item(n, box, is_whole=False) for n in signs]
            continue
        first, count = extents[box]
        is_cell = box.tag == "tr" and _BULLET.fullmatch(blocks[signs[0]].text) is None
        if first == signs[0] and (beside[box.parent] > 1 or count <= _FEW) and not is_cell:
            items.append(_Item(first, box, is_whole=True))
    items.sort(key=lambda item: item.sign)
    counts = Counter(blocks[item.sign].text for item in items)
    numbers = _counting(blocks, items)

    def is_sign(item: _Item) -> bool:
        sign = blocks[item.sign].text
        if _NUMBER.fullmatch(sign):
            return item.sign in numbers
        alone = item.is_whole and item.box is not None and extents[item.box][1] == _PAIR
        return counts[sign] > 1 or bool(_BULLET.fullmatch(sign)) or (alone and bool(_LEADS.fullmatch(sign)))

    return list(filter(is_sign, items))


def _counting(blocks: Sequence[Block], items: Sequence[_Item]) -> set[int]:
    """Return the numbers that count 1, 2, … in boxes side by side, two or more."""
    found: set[int] = set()
    runs: dict[Frame | None, list[int]] = {}
    for item in items:
        number = _NUMBER.fullmatch(blocks[item.sign].text)
        if number is None or not item.is_whole or item.box is None:
            continue
        run = runs.setdefault(item.box.parent, [])
        if int(number[1]) == 1:
            run.clear()
        if int(number[1]) == len(run) + 1:
            run.append(item.sign)
            found.update(run[-2:] if len(run) > 1 else ())
    return found


def _is_alone(block: Block) -> bool:
    is_sign = any(pattern.fullmatch(block.text) for pattern in (_BULLET, _DOUBTFUL, _NUMBER))
    return is_sign and block.kind == "paragraph" and block.region == "main"


def _extents(blocks: Sequence[Block]) -> dict[Frame, tuple[int, int]]:
    """Return for each container the first block in it that is not empty, and how many there are."""
    extents: dict[Frame, tuple[int, int]] = {}
    for n, block in enumerate(blocks):
        for frame in frames_of(block.frame) if block.runs else ():
            first, count = extents.get(frame, (n, 0))
            extents[frame] = first, count + 1
    return extents


def _shared(first: Block, second: Block) -> Frame | None:
    above = set(frames_of(first.frame))
    return next((frame for frame in frames_of(second.frame) if frame in above), None)


def _alternate(blocks: Sequence[Block], signs: Sequence[int]) -> bool:
    """Say whether signs of one container stand before its texts, and not between them, as between names in a line."""
    first = signs[0]
    looks = {(blocks[n + 1].kind, blocks[n + 1].shape) for n in signs}
    before = blocks[first - 1] if first else None
    return before is None or (before.kind, before.shape) not in looks


class _Lists:
    """The containers of blocks once more, those that are items made `li`, in lists as long as nothing stands between.

    A table whose rows are all items is none.
    """

    def __init__(self, blocks: Sequence[Block], items: Sequence[_Item]) -> None:
        self._blocks = blocks
        self._boxes = {item.box for item in items if item.is_whole and item.box is not None}
        self._texts = {item.sign + 1: item.box for item in items if not item.is_whole}
        self._no_tables = self._tables_of_items()
        self._made: dict[Frame, Frame | None] = {}
        self._open: dict[Frame | None, tuple[Frame, int]] = {}  # by where it stands: a list, and its last block

    def _tables_of_items(self) -> set[Frame]:
        """Return the tables that only set items out."""
        rows: dict[Frame, bool] = {}
        for block in self._blocks:
            row = next((frame for frame in frames_of(block.frame) if frame.tag == "tr"), None)
            for table in frames_of(row):
                if table.tag == "table":
                    rows[table] = rows.get(table, True) and row in self._boxes
        return {table for table, whole in rows.items() if whole}

    def frame_of(self, index: int) -> Frame | None:
        """Return the container of a block; to be asked in the order of the page."""
        outer = self._texts.get(index, self._blocks[index].frame)
        unmade = []
        while outer is not None and outer not in self._made:
            unmade.append(outer)
            outer = outer.parent
        frame = self._made[outer] if outer is not None else None
        for one in reversed(unmade):
            frame = self._made[one] = self._remade(one, frame, index)
        if index in self._texts:
            frame = self._item(frame, index)
        for above in frames_of(frame):
            if above.tag in ("ul", "ol") and self._open.get(above.parent, (None, 0))[0] is above:
                self._open[above.parent] = above, index
        return frame

    def _remade(self, frame: Frame, parent: Frame | None, index: int) -> Frame | None:
        table = next((one for one in frames_of(frame) if one.tag == "table"), None) if frame.tag in _TABLE else None
        if table in self._no_tables and frame not in self._boxes:
            return parent
        if frame in self._boxes and (table in self._no_tables or frame.tag not in ("li", "dd", "td", "tr")):
            return self._item(parent, index)
        if parent is frame.parent:
            return frame
        return Frame(frame.tag, parent, parent.depth + 1 if parent is not None else 1)

    def _item(self, outer: Frame | None, index: int) -> Frame:
        """Return a new item: of the list that was open right before this block, if it stands in the same container."""
        holder, last = self._open.get(outer, (None, 0))
        if holder is None or index - last > 2:  # the sign stood between
            tag = "ol" if _NUMBER.fullmatch(self._blocks[index - 1].text) else "ul"
            holder = Frame(tag, outer, outer.depth + 1 if outer is not None else 1)
        self._open[outer] = holder, index
        return Frame("li", holder, holder.depth + 1)
