"""Printed list signs: what they look like, and which item lies within which."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.blocks.inline import slice_runs, strip_runs
from pipeline.blocks.model import Block, Frame, frames_of

__all__ = ["LONG_NUMBER", "MARKER", "OpenItems", "listed_lines"]

# The last five are bullets of the fonts Symbol and Wingdings, as word processors write them.
_BULLET: Final = r"[•‣◦▪▫●○■□·∙➢➤►▸✓✔⁃*+–—\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc-]|o(?=\s+\S)"
MARKER: Final = re.compile(
    rf"(?P<bullet>{_BULLET})[ \t\u00a0]+(?=\S)|(?P<number>\(?\d{{1,3}}[.)]|\[\d{{1,3}}\])[ \t\u00a0]+(?=\S)"
)
# A number of more digits is a year, but behind the one before it in a list that has come so far.
LONG_NUMBER: Final = re.compile(r"(?P<bullet>(?!))?(?P<number>\(?\d{4,6}[.)]|\[\d{4,6}\])[ \t\u00a0]+(?=\S)")
# In HTML a sign at the head of a paragraph is a list sign only where it can be nothing else.
_CERTAIN: Final = re.compile(r"(?P<bullet>[•‣◦▪▫●○■□∙➢➤►▸▶⁃◆◇\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc])[ \u00a0]*(?=\S)")
# And these where the paragraph before it or behind it begins with a sign as well. Word writes `o` and `§`.
_IN_A_ROW: Final = re.compile(r"(?P<bullet>[·–—→➔➜➝⇒»›*-]|o|§(?!\s*\d))(?P<space>[ \u00a0]*)(?=\S)")


@dataclass(slots=True)
class _Open:
    """An item that further lines may belong to."""

    indent: int
    style: str  # its bullet's character, or "1" for numbers
    column: int
    item: Frame
    holder: Frame  # the list


class OpenItems:
    """The items that are open at a line of text: deeper indentation, or another sign, lies within."""

    def __init__(self, outer: Frame | None = None) -> None:
        self._outer = outer
        self._stack: list[_Open] = []

    def clear(self) -> None:
        """Close all items."""
        self._stack.clear()

    def item(self, marker: str, *, indent: int, column: int) -> Frame:
        """Return the frame of a new item that `marker` begins, its text at `column`."""
        style = "1" if marker[-1] in ".)]" else marker
        stack = self._stack
        same = next((n for n, item in enumerate(stack) if (item.indent, item.style) == (indent, style)), None)
        if same is not None:
            holder = stack[same].holder
            del stack[same:]
        else:
            while stack and indent < stack[-1].indent:
                stack.pop()
            # Deeper, or at the same depth under another sign: what the item above contains.
            outer = stack[-1].item if stack else self._outer
            holder = Frame("ol" if style == "1" else "ul", outer, outer.depth + 1 if outer else 1)
        frame = Frame("li", holder, holder.depth + 1)
        stack.append(_Open(indent, style, column, frame, holder))
        return frame

    def continued(self, indent: int) -> Frame | None:
        """Return the item that an unmarked line continues: one whose text begins no deeper than the line."""
        if indent == 0:
            self._stack.clear()
            return None
        while self._stack and indent < self._stack[-1].column - 1:
            self._stack.pop()
        return self._stack[-1].item if self._stack else None


def listed_lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of an HTML page, those that print list signs themselves made items of a list.

    That is a block whose lines (between `br`) begin with signs, and paragraphs in a row that begin with a sign.
    """
    items: OpenItems | None = None
    parent: Frame | None = None
    singles = _Singles(blocks)
    for index, block in enumerate(blocks):
        lines = _signed_lines(block, singles.sign_of(index))
        if not lines:
            items = None
            yield block
            continue
        outer = singles.outer(index)
        if outer is not None and outer.tag == "li" and len(lines) == 1:
            yield from _without_sign(block, lines[0])  # an item that prints a sign as well
            continue
        if items is None or parent is not outer:
            items, parent = OpenItems(outer), outer
        indents = dict(block.indents)
        for line in lines:
            start, text_start, _, marker = line
            indent = indents.get(start, 0)
            if marker:
                frame = items.item(marker, indent=indent, column=indent + text_start - start)
            for listed in _without_sign(block, line):
                around = frame if marker else items.continued(indent) or block.frame
                yield replace(listed, frame=around)


def _without_sign(block: Block, line: "_SignedLine") -> Iterator[Block]:
    """Yield the block that a line of another one is, its sign taken off; nothing if it has no text."""
    _, start, end, marker = line
    runs = strip_runs(slice_runs(block.runs, start, end))
    if runs:
        text = "".join(run.text for run in runs)
        yield replace(block, runs=runs, text=text, marker=marker, seams=(), halves=0, indents=())


class _Singles:
    """Paragraphs of one line each: whether one begins with a list sign may be told by those around it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._counts: Counter[Frame] | None = None  # blocks in each container, counted if there is a sign at all
        self._found = [_sign_at_head(block) for block in blocks]

    def sign_of(self, index: int) -> re.Match[str] | None:
        """Return the sign at the head of a block, if it is a list's."""
        found = self._found[index]
        if found is None or found.re is _CERTAIN:
            return found
        near = [n for n in (index - 1, index + 1) if 0 <= n < len(self._blocks) and self._found[n] is not None]
        return found if any(self._blocks[n].kind == self._blocks[index].kind for n in near) else None

    def outer(self, index: int) -> Frame | None:
        """Return the container of a block's list: a box around this block alone is none."""
        if self._counts is None:
            self._counts = Counter(frame for block in self._blocks for frame in frames_of(block.frame))
        frame = self._blocks[index].frame
        while frame is not None and frame.tag == "div" and self._counts[frame] == 1:
            frame = frame.parent
        return frame


def _sign_at_head(block: Block) -> re.Match[str] | None:
    """Return what may be the list sign of a block of one line: a space or the end of an element is behind it."""
    if block.kind not in ("paragraph", "figure") or not block.text or "\n" in block.text:
        return None
    found = _CERTAIN.match(block.text) or _IN_A_ROW.match(block.text)
    if found is None or found.re is _CERTAIN or found["space"]:
        return found
    return found if block.seams[:1] == (found.end(),) else None


# Of a line: start, start of the text, end, sign.
_SignedLine = tuple[int, int, int, str]


def _signed_lines(block: Block, single: re.Match[str] | None) -> list[_SignedLine]:
    """Return the lines of a block that is a printed list, else nothing. `single` is the sign of one of one line.

    A sign that the reader has taken off already stands for the whole block.
    """
    if block.kind not in ("paragraph", "figure") or not block.text:
        return []
    if block.marker and not any(frame.tag == "li" for frame in frames_of(block.frame)):
        return [(0, 0, len(block.text), block.marker)]
    if "\n" not in block.text:
        return [(0, single.end(), len(block.text), single["bullet"])] if single is not None else []
    lines = []
    start = 0
    for line in block.text.split("\n"):
        match = MARKER.match(line)
        marker = match.group().strip() if match else ""
        lines.append((start, start + (match.end() if match else 0), start + len(line), marker))
        start += len(line) + 1
    signs = [marker for *_, marker in lines if marker]
    numbers = [int(re.sub(r"\D", "", sign)) for sign in signs if sign[-1] in ".)]"]
    if (
        not signs
        or (len(signs) < 2 and not _CERTAIN.match(signs[0] + " x"))
        or (numbers and numbers != list(range(1, len(numbers) + 1)))
    ):
        return []
    return lines
