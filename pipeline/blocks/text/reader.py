"""The block reader for text extractions: lines, bullets and indentation, as any extractor prints them."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from pipeline.blocks.inline import RunBuilder
from pipeline.blocks.model import Block, Frame, Page
from pipeline.blocks.signs import OpenItems, numbered_lines
from pipeline.blocks.text.joining import Joining, as_wrapped
from pipeline.blocks.text.lines import Line, lines_of, without_chance_signs
from pipeline.blocks.text.tables import printed_table, tab_rows, texts_from
from pipeline.blocks.text.wrapping import Wrapping

__all__ = ["read_text"]

# `term: definition`, `term--definition`, `term = definition`: many such lines are a list, however full they are.
_TERM_LINE: Final = re.compile(r"[^\W_][^:.;!?]{0,60}?(?:(?<!\s): | ?--+ ?| [–—=-] |—| ?[→⇒] ?)[^\s-]")
_FEWEST_TERMS: Final = 3


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
    beginning = {line.text for line in (*_numbered(lines), *_listed_terms(lines))}

    def begins(text: str) -> bool:
        return text in beginning or starts_block(text)

    wrapping = Wrapping.of([as_wrapped(line, begins) if line else None for line in lines])
    reader = _Reader(wrapping, begins)
    reader.read(without_chance_signs(lines, wrapping))
    return Page(blocks=tuple(reader.blocks), url=url, encoding=encoding, source=source)


def _numbered(lines: Sequence[Line | None]) -> list[Line]:
    """Return the lines without a list sign that numbers of another kind begin."""
    unsigned = [line.text if line is not None and not line.marker else None for line in lines]
    return [line for n in sorted(numbered_lines(unsigned)) if (line := lines[n]) is not None]


def _listed_terms(lines: Sequence[Line | None]) -> list[Line]:
    """Return the lines that begin with a term and a sign before its definition, if half of the page's lines do."""
    texts = [line for line in lines if line is not None]
    terms = [line for line in texts if not line.marker and _TERM_LINE.match(line.text)]
    return terms if len(terms) >= _FEWEST_TERMS and 2 * len(terms) >= len(texts) else []


class _Reader:
    def __init__(self, wrapping: Wrapping, starts_block: Callable[[str], bool]) -> None:
        self.blocks: list[Block] = []
        self._starts_block = starts_block
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
            if printed := printed_table(texts_from(lines, index)):
                numbered = [(line.number + row, cells) for row, cells in printed.rows]
                self._rows(numbered, headed=printed.headed)
                index += printed.lines
                continue
            rows, behind = tab_rows(lines, index, self._starts_block)
            if rows:
                self._rows([(row.number, re.split(r"\t+", row.text)) for row in rows], headed=False)
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

    def _rows(self, rows: Sequence[tuple[int, Sequence[str]]], *, headed: bool) -> None:
        """Add a table's cells as blocks, those of a first row above a rule as heads."""
        self._open.clear()
        table = Frame("table", None, 1)
        for place, (number, cells) in enumerate(rows):
            row_frame = Frame("tr", table, 2)
            tag = "th" if headed and not place else "td"
            for cell in cells:
                builder = RunBuilder()
                builder.add(cell, ())
                runs = builder.finish()
                text = "".join(run.text for run in runs)
                self.blocks.append(Block("paragraph", runs, text, Frame(tag, row_frame, 3), shape=tag, line=number))
