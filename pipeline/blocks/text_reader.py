"""The block reader for text extractions: lines, bullets and indentation, as any extractor prints them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.blocks.inline import RunBuilder
from pipeline.blocks.model import Block, Frame, Page
from pipeline.blocks.wrapping import Wrapping

__all__ = ["read_text"]

_BULLET: Final = re.compile(
    r"(?P<bullet>[•‣◦▪▫●○■□·∙➢➤►▸✓✔⁃*+–—-]|o(?=\s+\S))[ \t\u00a0]+(?=\S)"
    r"|(?P<number>\(?\d{1,3}[.)]|\d{1,3}\))[ \t\u00a0]+(?=\S)"
)
_TAB_ROW: Final = re.compile(r"\S[^\t]*\t+[^\t\s]")
_TAB_WIDTH: Final = 4


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    indent: int
    marker: str  # the bullet or number, or ""
    text: str  # without indentation and marker
    column: int  # at which the text begins


@dataclass(slots=True)
class _Open:
    """An item that further lines may belong to."""

    indent: int
    style: str  # its bullet's character, or "1" for numbers
    column: int
    item: Frame
    holder: Frame  # the list


def read_text(
    source: str,
    *,
    url: str | None = None,
    encoding: str = "utf-8",
    starts_block: Callable[[str], bool] = lambda line: False,  # noqa: ARG005
) -> Page:
    """Return a text extraction as blocks: a block a line, but where lines were wrapped, which are joined again.

    `starts_block` tells of a line that is known to begin something new, however full the one before it is.
    """
    lines = _lines(source)
    wrapping = Wrapping.of([(line.column + len(line.text), line.text) if line else None for line in lines])
    reader = _Reader(wrapping, starts_block)
    reader.read(lines)
    return Page(blocks=tuple(reader.blocks), url=url, encoding=encoding, source=source)


def _lines(source: str) -> list[_Line | None]:
    """Return the page's lines; None for a blank one."""
    raw_lines = source.split("\n")
    lone_o = sum(1 for raw in raw_lines if re.match(r"\s*o\s+\S", raw)) < 2 and not re.search(r"^\s+o\s+\S", source, re.M)
    lines: list[_Line | None] = []
    for number, raw in enumerate(raw_lines, 1):
        expanded = raw.replace("\f", " ").rstrip()
        stripped = expanded.lstrip()
        if not stripped:
            lines.append(None)
            continue
        indent = len(expanded[: len(expanded) - len(stripped)].expandtabs(_TAB_WIDTH))
        match = _BULLET.match(stripped)
        if match and (match["bullet"] != "o" or not lone_o):
            marker = match["bullet"] or match["number"]
            lines.append(_Line(number, indent, marker, stripped[match.end() :], indent + match.end()))
        else:
            lines.append(_Line(number, indent, "", stripped, indent))
    return lines


class _Reader:
    def __init__(self, wrapping: "Wrapping", starts_block: Callable[[str], bool]) -> None:
        self.blocks: list[Block] = []
        self._wrapping = wrapping
        self._starts_block = starts_block
        self._open: list[_Open] = []

    def read(self, lines: Sequence[_Line | None]) -> None:
        """Read all lines."""
        index = 0
        while index < len(lines):
            line = lines[index]
            if line is None:
                index += 1
                continue
            rows = self._table_rows(lines, index)
            if rows:
                self._table(rows)
                index += len(rows)
                continue
            end = self._last_line(lines, index)
            self._block(line, [part for part in lines[index : end + 1] if part is not None])
            index = end + 1

    def _last_line(self, lines: Sequence[_Line | None], index: int) -> int:
        """Return the index of the last line that was wrapped off the one at `index`."""
        while index + 1 < len(lines):
            line, following = lines[index], lines[index + 1]
            if line is None or following is None or following.marker or self._starts_block(following.text):
                break
            if self._starts_block(line.text) and not self._wrapping.is_full(line.column + len(line.text), following.text):
                break
            if not self._wrapping.is_full(line.column + len(line.text), following.text):
                break
            index += 1
        return index

    def _block(self, first: _Line, parts: Sequence[_Line]) -> None:
        frame = self._item_frame(first) if first.marker else self._continued_frame(first)
        builder = RunBuilder()
        builder.add(" ".join(part.text for part in parts), ())
        runs = builder.finish()
        if not runs:
            return
        self.blocks.append(
            Block(
                kind="paragraph",
                runs=runs,
                text="".join(run.text for run in runs),
                frame=frame,
                shape=f"indent {first.indent}" if not first.marker else "item",
                marker=first.marker,
                line=first.number,
            )
        )

    def _item_frame(self, line: _Line) -> Frame:
        style = "1" if line.marker[-1] in ".)" else line.marker
        stack = self._open
        same = next((n for n, item in enumerate(stack) if (item.indent, item.style) == (line.indent, style)), None)
        if same is not None:
            holder = stack[same].holder
            del stack[same:]
        else:
            while stack and line.indent < stack[-1].indent:
                stack.pop()
            # Deeper, or at the same depth under another sign: what the item above contains.
            outer = stack[-1].item if stack else None
            holder = Frame("ol" if style == "1" else "ul", outer, outer.depth + 1 if outer else 1)
        item = Frame("li", holder, holder.depth + 1)
        stack.append(_Open(line.indent, style, line.column, item, holder))
        return item

    def _continued_frame(self, line: _Line) -> Frame | None:
        """Return the item that an unmarked line continues: one whose text begins no deeper than the line."""
        if line.indent == 0:
            self._open.clear()
            return None
        while self._open and line.indent < self._open[-1].column - 1:
            self._open.pop()
        return self._open[-1].item if self._open else None

    def _table_rows(self, lines: Sequence[_Line | None], index: int) -> list[_Line]:
        """Return the lines of a tab-separated table that begins here: at least two rows."""
        rows: list[_Line] = []
        for line in lines[index:]:
            if line is None or line.marker or not _TAB_ROW.match(line.text):
                break
            rows.append(line)
        return rows if len(rows) > 1 else []

    def _table(self, rows: Sequence[_Line]) -> None:
        self._open.clear()
        table = Frame("table", None, 1)
        for row in rows:
            row_frame = Frame("tr", table, 2)
            for cell in re.split(r"\t+", row.text):
                builder = RunBuilder()
                builder.add(cell, ())
                runs = builder.finish()
                text = "".join(run.text for run in runs)
                self.blocks.append(
                    Block("paragraph", runs, text, Frame("td", row_frame, 3), shape="td", line=row.number)
                )
