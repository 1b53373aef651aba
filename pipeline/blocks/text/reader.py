"""The block reader for text extractions: lines, bullets and indentation, as any extractor prints them."""

import re
from collections.abc import Callable, Sequence

from pipeline.blocks.inline import RunBuilder
from pipeline.blocks.markers import OpenItems
from pipeline.blocks.model import Block, Frame, Page
from pipeline.blocks.numbering import numbered_lines
from pipeline.blocks.text.joining import Joining, as_wrapped
from pipeline.blocks.text.lines import Line, lines_of, without_chance_signs
from pipeline.blocks.text.tables import are_bars, bar_cells, is_rule, tab_rows, texts_from
from pipeline.blocks.text.wrapping import Wrapping

__all__ = ["read_text"]


def read_text(
    source: str,
    *,
    url: str | None = None,
    encoding: str = "utf-8",
    starts_block: Callable[[str], bool] = lambda line: False,
) -> Page:
    """Return a text extraction as blocks: a block a line, but where lines were wrapped, which are joined again.

    `starts_block` tells of a line that is known to begin something new, however full the one before it is.
    """
    lines = lines_of(source)
    numbered = {line.text for line in _numbered(lines)}

    def begins(text: str) -> bool:
        return text in numbered or starts_block(text)

    wrapping = Wrapping.of([as_wrapped(line, begins) if line else None for line in lines])
    reader = _Reader(wrapping, begins)
    reader.read(without_chance_signs(lines, wrapping))
    return Page(blocks=tuple(reader.blocks), url=url, encoding=encoding, source=source)


def _numbered(lines: Sequence[Line | None]) -> list[Line]:
    """Return the lines without a list sign that numbers of another kind begin."""
    unsigned = [line.text if line is not None and not line.marker else None for line in lines]
    return [line for n in sorted(numbered_lines(unsigned)) if (line := lines[n]) is not None]


class _Reader:
    def __init__(self, wrapping: Wrapping, starts_block: Callable[[str], bool]) -> None:
        self.blocks: list[Block] = []
        self._joining = Joining(wrapping, starts_block)
        self._open = OpenItems()

    def read(self, lines: Sequence[Line | None]) -> None:
        """Read all lines."""
        index = 0
        while index < len(lines):
            line = lines[index]
            if line is None:
                index += 1
                continue
            count = are_bars(texts_from(lines, index))
            if count:
                self._bars([part for part in lines[index : index + count] if part is not None])
                index += count
                continue
            rows, behind = tab_rows(lines, index)
            if rows:
                self._table(rows)
                index = behind
                continue
            end = self._joining.last_line(lines, index)
            self._block(line, [part for part in lines[index : end + 1] if part is not None])
            index = end + 1

    def _block(self, first: Line, parts: Sequence[Line]) -> None:
        if first.marker:
            frame: Frame | None = self._open.item(first.marker, indent=first.indent, column=first.column)
            if first.inner:
                column = first.column - len(first.inner) - 1
                frame = self._open.item(first.inner, indent=column, column=first.column)
        else:
            frame = self._open.continued(first.indent)
        builder = RunBuilder()
        builder.add(self._joining.joined(parts), ())
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

    def _table(self, rows: Sequence[Line]) -> None:
        self._rows([(row, re.split(r"\t+", row.text)) for row in rows], ruled=False)

    def _bars(self, rows: Sequence[Line]) -> None:
        kept = [(row, bar_cells(row.text)) for row in rows if not is_rule(row.text)]
        self._rows(kept, ruled=len(rows) > 1 and is_rule(rows[1].text))

    def _rows(self, rows: Sequence[tuple[Line, Sequence[str]]], *, ruled: bool) -> None:
        """Add a table's cells as blocks, those of a first row above a rule as heads."""
        self._open.clear()
        table = Frame("table", None, 1)
        for number, (row, cells) in enumerate(rows):
            row_frame = Frame("tr", table, 2)
            tag = "th" if ruled and not number else "td"
            for cell in cells:
                builder = RunBuilder()
                builder.add(cell, ())
                runs = builder.finish()
                text = "".join(run.text for run in runs)
                self.blocks.append(Block("paragraph", runs, text, Frame(tag, row_frame, 3), shape=tag, line=row.number))
