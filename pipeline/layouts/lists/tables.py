"""Terms with their definitions as the rows of a table."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.blocks import Frame, frames_of
from pipeline.layouts.lists.items import top_item
from pipeline.layouts.lists.pair import PairDraft
from pipeline.layouts.reading import Reading

__all__ = ["is_column_head", "rows_of_table"]

_TERM_HEADS: Final = re.compile(
    r"(?:key |vocabulary |important )?(?:terms?|words?|concepts?|vocab(?:ulary)?|names?)", re.IGNORECASE
)
_MEANING_HEADS: Final = re.compile(
    r"(?:the |its |student )?(?:definitions?|meanings?|descriptions?|explanations?)|what it (?:means|is)", re.IGNORECASE
)


def rows_of_table(
    reading: Reading, blocks: Sequence[int], outside: set[Frame]
) -> tuple[list[PairDraft], list[int]] | None:
    """Return the rows of a two-column table as pairs; a row of headings is left over. None if there is no table.

    A row without a term of its own goes on with the one above: its cell reaches down over both.
    """
    rows: dict[Frame, list[int]] = {}
    left = []
    for index in blocks:
        row = top_item(reading, index, outside, ("tr",))
        if row is None:
            left.append(index)
        else:
            rows.setdefault(row, []).append(index)
    table = [_cells(reading, indexes, outside) for indexes in rows.values()]
    if all(len(cells) < 2 for cells in table):
        return None  # a table that only sets the page out
    pairs: list[PairDraft] = []
    term = _term_column(reading, table[0]) if table else None
    first = term or 0
    idle = _idle_columns(reading, table) | (_other_columns(reading, table[0], first + 1) if term is not None else set())
    for number, (indexes, columns) in enumerate(zip(rows.values(), table, strict=True)):
        is_head = all(frame is not None and frame.tag == "th" for frame, _ in columns)
        is_head = is_head or (number == 0 and term is not None)
        if is_head or (len(columns) < 2 and number == 0) or len(columns) <= first:
            left += indexes
            continue
        told = [cell for place, (_, cell) in enumerate(columns) if place > first and place not in idle]
        left += [index for place in {*idle, *range(first)} if place < len(columns) for index in columns[place][1]]
        definition = tuple(reading.piece(index) for cell in told for index in cell)
        word, *rest = columns[first][1]
        if pairs and not reading.blocks[word].runs:
            pairs[-1] = replace(pairs[-1], definition=(*pairs[-1].definition, *definition))
        else:
            pairs.append(PairDraft(reading.piece(word), definition))
        left += rest
    return pairs, sorted(left)


def _term_column(reading: Reading, row: Sequence[tuple[Frame | None, list[int]]]) -> int | None:
    """Return the place of the column that a row heads as the terms', the next one being that of what they mean."""
    heads = [reading.text(cell[0]) for _, cell in row]
    for place, (term, meaning) in enumerate(itertools.pairwise(heads)):
        if _TERM_HEADS.fullmatch(term) and _MEANING_HEADS.fullmatch(meaning):
            return place
    return None


def _other_columns(reading: Reading, row: Sequence[tuple[Frame | None, list[int]]], meaning: int) -> set[int]:
    """Return the columns behind the meanings that a row heads as something else: pages, tags, examples."""
    heads = [reading.text(cell[0]) for _, cell in row]
    return {
        place for place, head in enumerate(heads) if place > meaning and head and not _MEANING_HEADS.fullmatch(head)
    }


def _cells(reading: Reading, indexes: Sequence[int], outside: set[Frame]) -> list[tuple[Frame | None, list[int]]]:
    """Return a row's cells, each with its blocks."""
    cells: dict[Frame | None, list[int]] = {}
    for index in indexes:
        cells.setdefault(top_item(reading, index, outside, ("td", "th")), []).append(index)
    return list(cells.items())


def _idle_columns(reading: Reading, table: Sequence[Sequence[tuple[Frame | None, list[int]]]]) -> set[int]:
    """Return the columns after the second that do not belong to a definition: the same link or button in each row."""
    rows = [row for row in table if not all(frame is not None and frame.tag == "th" for frame, _ in row)]
    width = max(map(len, rows), default=0)
    idle = set()
    for place in range(2, width):
        cells = [[reading.blocks[index] for index in row[place][1]] for row in rows if place < len(row)]
        said = {" ".join(block.text for block in cell) for cell in cells}
        linked = all(block.is_link or block.kind == "button" or not block.text for cell in cells for block in cell)
        if len(said) == 1 and (linked or len(cells) > 1):
            idle.add(place)
    return idle


def is_column_head(reading: Reading, index: int, pairs: Sequence[PairDraft]) -> bool:
    """Say whether a block heads a column of the table that the pairs stand in: it is in a row before the first."""
    if not pairs or index > pairs[0].term[0]:
        return False
    tables = {
        frame for pair in pairs for frame in frames_of(reading.blocks[pair.term[0]].frame) if frame.tag == "table"
    }
    return any(frame in tables for frame in frames_of(reading.blocks[index].frame))
