"""Printed list signs: what they look like, and which item lies within which."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.blocks.inline import slice_runs, strip_runs
from pipeline.blocks.model import Block, Frame

__all__ = ["MARKER", "OpenItems", "listed_lines"]

# The last five are bullets of the fonts Symbol and Wingdings, as word processors write them.
MARKER: Final = re.compile(
    r"(?P<bullet>[•‣◦▪▫●○■□·∙➢➤►▸✓✔⁃*+–—\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc-]|o(?=\s+\S))[ \t\u00a0]+(?=\S)"
    r"|(?P<number>\(?\d{1,3}[.)]|\[\d{1,3}\])[ \t\u00a0]+(?=\S)"
)
# In HTML a sign at the head of a paragraph is a list sign only where it can be nothing else.
_CERTAIN: Final = re.compile(r"(?P<bullet>[•‣◦▪▫●○■□∙➢➤►▸⁃\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc])[ \u00a0]*(?=\S)")


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


def listed_lines(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks of an HTML page, those that print list signs themselves made items of a list.

    That is a block whose lines (between `br`) begin with signs, and paragraphs in a row that begin with a bullet.
    """
    items: OpenItems | None = None
    parent: Frame | None = None
    for block in blocks:
        lines = _signed_lines(block)
        if not lines:
            items = None
            yield block
            continue
        if items is None or parent is not block.frame:
            items, parent = OpenItems(block.frame), block.frame
        indents = dict(block.indents)
        for start, text_start, end, marker in lines:
            runs = strip_runs(slice_runs(block.runs, text_start, end))
            indent = indents.get(start, 0)
            text = "".join(run.text for run in runs)
            if runs and marker:
                frame = items.item(marker, indent=indent, column=indent + text_start - start)
                yield replace(block, runs=runs, text=text, frame=frame, marker=marker, seams=(), halves=0, indents=())
            elif runs:
                around = items.continued(indent) or block.frame
                yield replace(block, runs=runs, text=text, frame=around, seams=(), halves=0, indents=())


def _signed_lines(block: Block) -> list[tuple[int, int, int, str]]:
    """Return (start, start of the text, end, sign) of each line of a block that is a printed list, else nothing."""
    if block.kind not in ("paragraph", "figure") or not block.text:
        return []
    lines = []
    start = 0
    for line in block.text.split("\n"):
        pattern = MARKER if "\n" in block.text else _CERTAIN
        match = pattern.match(line)
        marker = match.group().strip() if match else ""
        lines.append((start, start + (match.end() if match else 0), start + len(line), marker))
        start += len(line) + 1
    signs = [marker for *_, marker in lines if marker]
    if len(lines) == 1:
        return lines if signs else []
    numbers = [int(re.sub(r"\D", "", sign)) for sign in signs if sign[-1] in ".)]"]
    if (
        not signs
        or (len(signs) < 2 and not _CERTAIN.match(signs[0] + " x"))
        or (numbers and numbers != list(range(1, len(numbers) + 1)))
    ):
        return []
    return lines
