"""Tables in text extractions: cells between tabs, between bars, or in columns below a rule, as writers print them."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.blocks.text.lines import Line

__all__ = ["PrintedTable", "printed_table", "tab_rows", "texts_from"]

_TAB_ROW: Final = re.compile(r"\S[^\t]*\t+[^\t\s]")
# Lines that are drawn with characters of their own, as a typewriter has them.
_CROSSINGS: Final = "┼╪╬├┤┬┴┌┐└┘╞╡╤╧╔╗╚╝╠╣╦╩┏┓┗┛┣┫┳┻╋"
_DRAWN: Final = str.maketrans(f"│┃║─━═{_CROSSINGS}", f"|||---{'+' * len(_CROSSINGS)}")
_RULE: Final = re.compile(r"[|+]?\s*:?[-=]{2,}:?\s*(?:[|+]\s*:?[-=]{2,}:?\s*)+[|+]?")
_COLUMNS: Final = re.compile(r" *-{3,}(?: +-{3,})+")
_BAR: Final = re.compile(r"(?<!\\)\|")
_SHORT_CELL: Final = 60


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table in text: its rows, each with its line counted from the table's first, and how many lines it takes."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    lines: int
    headed: bool  # a rule stands below its first row


def printed_table(lines: Iterable[str]) -> PrintedTable | None:
    """Return the table that `lines` begin with, or None. No more of them are asked for than it has, and one."""
    rest = iter(lines)
    first = list(itertools.islice(rest, 2))
    every = itertools.chain(first, rest)
    return _in_columns(every) if len(first) > 1 and _COLUMNS.fullmatch(first[1]) else _between_bars(every)


def _in_columns(lines: Iterator[str]) -> PrintedTable | None:
    """Return a table whose second line tells by dashes where each column begins; another such line may end it."""
    head, rule = next(lines), next(lines)
    starts = [match.start() for match in re.finditer("-+", rule)]
    rows: list[str] = []
    closed = False
    for line in itertools.chain([head], lines):
        closed = bool(_COLUMNS.fullmatch(line))
        if closed:
            break
        if any(line[start - 1 : start].strip() for start in starts[1:]):
            return None  # a word stands where a column begins
        rows.append(line)
    if len(rows) < 2:
        return None
    spans = list(itertools.pairwise([0, *starts[1:], None]))
    cells = [tuple(line[start:stop].strip() for start, stop in spans) for line in rows]
    numbered = tuple((n + (n > 0), row) for n, row in enumerate(cells))
    return PrintedTable(numbered, len(rows) + 1 + closed, headed=True)


def _between_bars(lines: Iterable[str]) -> PrintedTable | None:
    """Return a table that has bars between its cells.

    Either a rule stands over or below its first row, or at least two rows end in bars and have equally many cells: a
    single line with bars may be a formula. Below a rule no row needs a bar at either end.
    """
    drawn = (line.strip().translate(_DRAWN) for line in lines)
    top, head, second = next(drawn, ""), "", ""
    if _is_rule(top):
        head, second = next(drawn, ""), next(drawn, "")
        found, several = [top, head, second], True
    else:
        head, second = top, next(drawn, "")
        found, several = [head, second], False
    ruled = "|" in head and (several or _is_rule(second))
    width = len(_cells(head))

    def is_part(line: str) -> bool:
        alike = len(_cells(line)) == width > 1
        begins = line.startswith("|") and len(line) > 1
        if ruled:
            return alike or _is_rule(line) or (begins and head.startswith("|"))
        return alike and (line.endswith(" |") or (begins and line.endswith("|")))

    if not is_part(head) or not is_part(second):
        return None
    found += itertools.takewhile(is_part, drawn)
    return PrintedTable(tuple(_rows(found, several=several)), len(found), headed=ruled and _is_rule(second))


def _is_rule(line: str) -> bool:
    """Say whether a line is a rule of a table: `|---|---|`, `----+----`."""
    return _RULE.fullmatch(line) is not None


def _cells(line: str) -> tuple[str, ...]:
    """Return the cells of a row with bars; those at its ends are no cells' borders but the table's."""
    cells = _BAR.split(line.removeprefix("|"))
    if line.endswith("|") and len(cells) > 1:
        cells.pop()
    return tuple(cell.replace("\\|", "|").strip() for cell in cells)


def _rows(lines: Sequence[str], *, several: bool) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows with the numbers of their first lines; a row has `several` lines where a rule ends each."""
    by_rules = several and sum(map(_is_rule, lines)) > 3
    number = 0
    for is_rule, group in itertools.groupby(lines, _is_rule):
        row_lines = list(group)
        rows = [] if is_rule else [_cells(line) for line in row_lines]
        if rows and by_rules:
            columns = itertools.zip_longest(*rows, fillvalue="")
            yield number, tuple(" ".join(filter(None, column)) for column in columns)
        else:
            yield from enumerate(rows, number)
        number += len(row_lines)


def texts_from(lines: Sequence[Line | None], index: int) -> Iterator[str]:
    """Yield the lines from `index`, as they are set in, up to a blank one or one with a list sign."""
    while index < len(lines) and (line := lines[index]) is not None and not line.marker:
        yield f"{' ' * line.indent}{line.text}"
        index += 1


def tab_rows(
    lines: Sequence[Line | None], index: int, starts_block: Callable[[str], bool] = lambda line: False
) -> tuple[list[Line], int]:
    """Return the lines of a tab-separated table that begins here, and the index behind them: two rows or more.

    One row is enough that asks, or that stands right below a line known to begin something.

    Blank lines may stand between rows. A short line without a tab, right between two rows, is one whose other cell
    is empty, unless it is known to begin something new (`starts_block`).
    """
    rows: list[Line] = []
    behind = index
    for position in range(index, len(lines)):
        line = lines[position]
        if line is None:
            continue
        if not _is_row(line) and not (rows and _is_lone_cell(lines, position) and not starts_block(line.text)):
            break
        rows.append(line)
        behind = position + 1
    above = lines[index - 1] if index else None
    is_alone = len(rows) == 1 and ("?\t" in rows[0].text or (above is not None and starts_block(above.text)))
    return (rows, behind) if len(rows) > 1 or is_alone else ([], index)


def _is_row(line: Line | None) -> bool:
    """Say whether a line has cells with tabs between them."""
    return line is not None and not line.marker and _TAB_ROW.match(line.text) is not None


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
