"""Terms with their definitions as the rows of a table."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.blocks import Frame, frames_of, lone_number
from pipeline.layouts.lists.around import top_item
from pipeline.layouts.lists.pair import PairDraft
from pipeline.layouts.reading import Reading

__all__ = ["is_column_head", "is_saying_head", "numbered_rows", "rows_of_table"]

_TERM_HEADS: Final = re.compile(
    r"(?:key |vocabulary |important )?(?:terms?|words?|concepts?|vocab(?:ulary)?|names?)", re.IGNORECASE
)
_MEANING_HEADS: Final = re.compile(
    r"(?:the |its |student )?(?:definitions?|meanings?|descriptions?|explanations?)|what it (?:means|is)", re.IGNORECASE
)
# Heads of a column that names rows and says nothing of them.
_NAMING_HEADS: Final = re.compile(
    r"#|№|n(?:o|r|um(?:ber)?)?\.?|(?:objective |standard |skill |lo |goal )?(?:code|id|number|no\.?|#)|standard|"
    r"ch(?:apter|\.)?|unit|lesson|topic|page|p\.|week",
    re.IGNORECASE,
)
_SAYING_HEADS: Final = re.compile(
    r"(?:(?:learning|course|lesson|unit|key) )?(?:objectives?|outcomes?|goals?|targets?|facts?|points?|takeaways?)",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"(?=.*\d).{1,24}")
_CODE: Final = re.compile(r"(?:[A-Z]{1,6}[-–.]?)?\d(?:[.–-]?[\dA-Za-z])*\.?")
_Row = list[tuple[Frame | None, list[int]]]  # its cells, each with its blocks


def rows_of_table(
    reading: Reading, blocks: Sequence[int], outside: set[Frame]
) -> tuple[list[PairDraft], list[int]] | None:
    """Return the rows of a table as pairs; a row of headings is left over. None if there is no table.

    A row without a term of its own goes on with the one above: its cell reaches down over both. What only numbers the
    rows is neither term nor definition.
    """
    rows, left = _rows(reading, blocks, outside)
    table = [_cells(reading, indexes, outside) for indexes in rows]
    filled = [[cell for _, cell in cells if not left or any(reading.blocks[n].runs for n in cell)] for cells in table]
    if all(len(cells) < 2 for cells in filled):
        return None  # a table that only sets the page out, cells that reach over several columns left aside
    pairs: list[PairDraft] = []
    heads = [reading.text(cell[0]) for _, cell in table[0]]
    named = _named_columns(heads)
    names = _naming_columns(reading, table)
    width = max(map(len, table))
    if named is None:
        names = names if width - len(names) > 1 else set()
        first = min(set(range(width)) - names)
        idle = _idle_columns(reading, table)
    else:
        first, meaning = named
        names = {place for place in names if place < first}
        others = {n for n, head in enumerate(heads) if head and not _MEANING_HEADS.fullmatch(head)}
        idle = _idle_columns(reading, table) | others | set(range(meaning))
    told = [place for place in range(width) if place != first and place not in idle | names]
    for number, (indexes, columns) in enumerate(zip(rows, table, strict=True)):
        is_head = all(frame is not None and frame.tag == "th" for frame, _ in columns)
        is_head = is_head or (number == 0 and named is not None)
        if is_head or (len(columns) < 2 and number == 0) or len(columns) <= first:
            left += indexes
            continue
        cells = [cell for _, cell in columns]
        definition = tuple(reading.piece(n) for place in told if place < len(cells) for n in cells[place])
        counts = [n for place in names if place < len(cells) for n in cells[place]]
        word, *rest = cells[first]
        left += [n for place, cell in enumerate(cells) if place in idle - names - {first} for n in cell] + rest
        if pairs and not reading.blocks[word].runs:
            pairs[-1] = replace(pairs[-1], definition=(*pairs[-1].definition, *definition))
        else:
            numbers = tuple((n, 0, len(reading.blocks[n].text)) for n in counts)
            pairs.append(PairDraft(reading.piece(word), definition, numbers))
    return pairs, sorted(left)


def _named_columns(heads: Sequence[str]) -> tuple[int, int] | None:
    """Return the places of the columns that a row heads as the terms' and as that of what they mean."""
    terms = [place for place, head in enumerate(heads) if _TERM_HEADS.fullmatch(head)]
    meanings = [place for place, head in enumerate(heads) if _MEANING_HEADS.fullmatch(head)]
    return (terms[0], meanings[0]) if terms and meanings else None


def numbered_rows(
    reading: Reading, blocks: Sequence[int], outside: set[Frame]
) -> tuple[list[int], list[list[int]], list[list[list[int]]]]:
    """Return the heads of a table, and of each row the blocks that only number it, and the cells that say something.

    Nothing but empty lists unless all blocks stand in one table, and one of its columns only numbers the rows, or is
    headed as what they say. The numbers of the first row begin with the head of their column.
    """
    rows, left = _rows(reading, blocks, outside)
    if left or not rows:
        return [], [], []
    table = [_cells(reading, indexes, outside) for indexes in rows]
    names = _naming_columns(reading, table)
    width = max(map(len, table))
    is_said = width > 1 and any(is_saying_head(reading.blocks[cell[0]].text) for _, cell in table[0])
    if not (names or is_said) or len(names) >= width:
        return [], [], []
    parts = [
        (
            [n for place, (_, cell) in enumerate(row) if place in names for n in cell],
            [cell for place, (_, cell) in enumerate(row) if place not in names],
        )
        for row in table
    ]
    if not is_said and not _heads_columns(reading, table):
        return [], [counts for counts, _ in parts], [cells for _, cells in parts]
    (over, heads), *body = parts
    counts = [over + counts if not number else counts for number, (counts, _) in enumerate(body)]
    return [cell[0] for cell in heads], counts, [cells for _, cells in body]


def is_saying_head(text: str) -> bool:
    """Say whether a head of a column says that the rows are items of a list: objectives, facts."""
    return _SAYING_HEADS.fullmatch(text) is not None


def _rows(reading: Reading, blocks: Sequence[int], outside: set[Frame]) -> tuple[list[list[int]], list[int]]:
    """Return the blocks of each row, and those that stand in none."""
    rows: dict[Frame, list[int]] = {}
    left = []
    for index in blocks:
        row = top_item(reading, index, outside, ("tr",))
        if row is None:
            left.append(index)
        else:
            rows.setdefault(row, []).append(index)
    return list(rows.values()), left


def _naming_columns(reading: Reading, table: Sequence[_Row]) -> set[int]:
    """Return the columns that count the rows, or name them by a code (OC-1.2), alone or below a head that says so."""
    if len(table) < 2:
        return set()
    body = table[1:] if _heads_columns(reading, table) else table
    found = set()
    for place in range(max(map(len, table))):
        head = reading.blocks[table[0][place][1][0]].text if place < len(table[0]) else ""
        texts = [reading.blocks[row[place][1][0]].text for row in body if place < len(row)]
        counts = [lone_number(text, len(texts)) or 0 for text in texts]
        is_counted = len(texts) > 1 and counts == list(range(1, len(texts) + 1))
        is_named = bool(_NAMING_HEADS.fullmatch(head)) and all(map(_NAME.fullmatch, texts))
        is_coded = len(texts) > 1 and len(set(texts)) == len(texts) and all(map(_CODE.fullmatch, texts))
        if is_counted or is_named or is_coded:
            found.add(place)
    return found


def _heads_columns(reading: Reading, table: Sequence[_Row]) -> bool:
    """Say whether the first row heads the columns: by its markup, or as it says that one of them numbers the rows."""
    row = table[0]
    said = [reading.blocks[cell[0]].text for _, cell in row]
    return all(frame is not None and frame.tag == "th" for frame, _ in row) or any(map(_NAMING_HEADS.fullmatch, said))


def _cells(reading: Reading, indexes: Sequence[int], outside: set[Frame]) -> _Row:
    """Return a row's cells, each with its blocks."""
    cells: dict[Frame | None, list[int]] = {}
    for index in indexes:
        cells.setdefault(top_item(reading, index, outside, ("td", "th")), []).append(index)
    return list(cells.items())


def _idle_columns(reading: Reading, table: Sequence[_Row]) -> set[int]:
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
