"""The block reader for text extractions: lines, bullets and indentation, as any extractor prints them."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from pipeline.blocks.inline import RunBuilder
from pipeline.blocks.markers import OpenItems
from pipeline.blocks.model import Block, Frame, Page
from pipeline.blocks.numbering import numbered_lines
from pipeline.blocks.text.lines import Line, lines_of, without_chance_signs
from pipeline.blocks.text.tables import are_bars, bar_cells, is_rule, is_tab_row
from pipeline.blocks.text.wrapping import TextLine, Wrapping

__all__ = ["read_text"]

# A line that begins with what never begins one.
_CONTINUES: Final = re.compile(r"[.,;:!?)\]](?:\s|$)")
_HYPHENATED: Final = re.compile(r"\w-$")
_SECOND_PART: Final = re.compile(r"(?:and|or|to|und|bis)\b")  # "short- / and long-run"
# `term: definition`: two such lines, one right below the other, are two.
_TERM_LINE: Final = re.compile(r"[^\W_][^:.;!?]{0,60}(?<!\s): \S")
_LONG_NOTICE: Final = 40
_MOST_LINES: Final = 20  # of one notice
_SHORT_CELL: Final = 60


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

    wrapping = Wrapping.of([_as_wrapped(line, begins) if line else None for line in lines])
    reader = _Reader(wrapping, begins)
    reader.read(without_chance_signs(lines, wrapping))
    return Page(blocks=tuple(reader.blocks), url=url, encoding=encoding, source=source)


def _numbered(lines: Sequence[Line | None]) -> list[Line]:
    """Return the lines without a list sign that numbers of another kind begin."""
    unsigned = [line.text if line is not None and not line.marker else None for line in lines]
    return [line for n in sorted(numbered_lines(unsigned)) if (line := lines[n]) is not None]


def _as_wrapped(line: Line, starts_block: Callable[[str], bool]) -> TextLine:
    return TextLine(line.text, line.column, bool(line.marker) or starts_block(line.text))


class _Reader:
    def __init__(self, wrapping: Wrapping, starts_block: Callable[[str], bool]) -> None:
        self.blocks: list[Block] = []
        self._wrapping = wrapping
        self._starts_block = starts_block
        self._open = OpenItems()

    def read(self, lines: Sequence[Line | None]) -> None:
        """Read all lines."""
        index = 0
        while index < len(lines):
            line = lines[index]
            if line is None:
                index += 1
                continue
            count = are_bars(_texts_from(lines, index))
            if count:
                self._bars([part for part in lines[index : index + count] if part is not None])
                index += count
                continue
            rows, behind = self._table_rows(lines, index)
            if rows:
                self._table(rows)
                index = behind
                continue
            end = self._last_line(lines, index)
            self._block(line, [part for part in lines[index : end + 1] if part is not None])
            index = end + 1

    def _last_line(self, lines: Sequence[Line | None], index: int) -> int:
        """Return the index of the last line that was wrapped off the one at `index`."""
        first, so_far = index, ""
        while index + 1 < len(lines):
            line, following = lines[index], lines[index + 1]
            if line is None or following is None:
                break
            so_far = f"{so_far} {line.text}".strip()
            if _CONTINUES.match(following.text) and not following.marker:
                index += 1  # an extractor that breaks lines at each element
                continue
            after = _as_wrapped(following, self._starts_block)
            if after.begins or self._is_apart(so_far, line, following):
                break
            follows_on = bool(line.marker) or (index > 0 and lines[index - 1] is not None)
            whole = not follows_on or self._starts_block(line.text)
            before = TextLine(line.text, line.column, whole=whole)
            alone = (index == 0 or lines[index - 1] is None) and (index + 2 >= len(lines) or lines[index + 2] is None)
            wrapped = (
                self._wrapping.is_full(before, after)
                or (alone and not _are_terms(line, following) and self._wrapping.goes_on(before, after))
                or (self._wrapping.breaks_within(before, after) and not _TERM_LINE.match(following.text))
                or (len(line.text) >= _LONG_NOTICE and self._is_known_further(so_far, following))
            )
            if not wrapped or are_bars(_texts_from(lines, index + 1)):
                break
            index += 1
            if index - first > _MOST_LINES:
                so_far = ""
        return index

    def _is_apart(self, so_far: str, line: Line, following: Line) -> bool:
        """Say whether a line begins something new, however full the one before it is."""
        before = TextLine(line.text, line.column)
        deeper = following.indent - line.indent
        if not line.marker and deeper and (before.ends_sentence or (deeper > 1 and self._is_short(before, following))):
            return True  # a definition below its term, and the next term
        if before.ends_sentence and _TERM_LINE.match(so_far) and _TERM_LINE.match(following.text):
            return True
        if self._wrapping.between_blanks:
            return False
        return self._starts_block(so_far) and not self._starts_block(f"{so_far} {following.text}")

    def _is_short(self, line: TextLine, following: Line) -> bool:
        """Say whether the next line's first word would have fitted into a line."""
        return line.column + len(line.text) + 1 + len(following.text.split(" ", 1)[0]) <= self._wrapping.low

    def _is_known_further(self, so_far: str, following: Line) -> bool:
        """Say whether a notice that is no whole sentence yet is one together with the next line."""
        unfinished = so_far[-1:] not in (".", "!", "?") and following.text[:1].islower()
        return unfinished and self._starts_block(so_far) and self._starts_block(f"{so_far} {following.text}")

    def _block(self, first: Line, parts: Sequence[Line]) -> None:
        if first.marker:
            frame: Frame | None = self._open.item(first.marker, indent=first.indent, column=first.column)
            if first.inner:
                column = first.column - len(first.inner) - 1
                frame = self._open.item(first.inner, indent=column, column=first.column)
        else:
            frame = self._open.continued(first.indent)
        builder = RunBuilder()
        builder.add(self._joined(parts), ())
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

    def _joined(self, parts: Sequence[Line]) -> str:
        """Return wrapped lines as one: no space behind a hyphen within a word.

        Nor before a sign that ends a clause, unless the line before it was full: then the text has that space.
        """
        text = parts[0].text
        for before, part in pairwise(parts):
            hyphenated = _HYPHENATED.search(text) and part.text[:1].isalnum() and not _SECOND_PART.match(part.text)
            full = self._wrapping.is_full(TextLine(before.text, before.column), TextLine(part.text, part.column))
            broken = _CONTINUES.match(part.text) and not full
            text += part.text if hyphenated or broken else f" {part.text}"
        return text

    def _table_rows(self, lines: Sequence[Line | None], index: int) -> tuple[list[Line], int]:
        """Return the lines of a tab-separated table that begins here, at least two rows, and the index behind them.

        Blank lines may stand between rows. A short line without a tab, right between two rows, is one whose other cell
        is empty.
        """
        rows: list[Line] = []
        behind = index
        for position in range(index, len(lines)):
            line = lines[position]
            if line is None:
                continue
            if not _is_row(line) and not (rows and _is_lone_cell(lines, position)):
                break
            rows.append(line)
            behind = position + 1
        return (rows, behind) if len(rows) > 1 else ([], index)

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


def _texts_from(lines: Sequence[Line | None], index: int) -> Iterator[str]:
    """Yield the texts of the lines from `index` up to a blank one or one with a list sign."""
    while index < len(lines) and (line := lines[index]) is not None and not line.marker:
        yield line.text
        index += 1


def _are_terms(line: Line, following: Line) -> bool:
    return all(_TERM_LINE.match(one.text) for one in (line, following))


def _is_row(line: Line | None) -> bool:
    """Say whether a line has cells with tabs between them."""
    return line is not None and not line.marker and is_tab_row(line.text)


def _is_lone_cell(lines: Sequence[Line | None], position: int) -> bool:
    """Say whether a line stands right between two rows of a table, and is short enough for a cell."""
    line = lines[position]
    return (
        line is not None
        and not line.marker
        and len(line.text) <= _SHORT_CELL
        and position + 1 < len(lines)
        and _is_row(lines[position - 1])
        and _is_row(lines[position + 1])
    )
