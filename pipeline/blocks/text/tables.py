"""Tables in text extractions: cells between tabs, or between bars as Markdown and some extractors print them."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.blocks.text.lines import Line

__all__ = ["are_bars", "bar_cells", "is_rule", "tab_rows", "texts_from"]

_TAB_ROW: Final = re.compile(r"\S[^\t]*\t+[^\t\s]")
_RULE: Final = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?")
_BAR: Final = re.compile(r"(?<!\\)\|")
_SHORT_CELL: Final = 60


def is_rule(line: str) -> bool:
    """Say whether a line is the rule below a table's heads: `|---|---|`."""
    return _RULE.fullmatch(line.strip()) is not None


def bar_cells(line: str) -> list[str]:
    """Return the cells of a row with bars; those at its ends are no cells' borders but the table's."""
    cells = _BAR.split(line.strip().removeprefix("|"))
    if line.rstrip().endswith("|") and len(cells) > 1:
        cells.pop()
    return [cell.replace("\\|", "|").strip() for cell in cells]


def are_bars(lines: Iterable[str]) -> int:
    """Return how many of `lines`, from the first on, are one table with bars; 0 if they begin none.

    Either a rule stands below its first row, or at least two rows have bars at both ends and equally many cells. A
    single line with bars may be a formula. No more lines are asked for than the table has, and one.
    """
    rest = iter(lines)
    head, second = next(rest, ""), next(rest, "")
    ruled = "|" in head and is_rule(second)
    width = len(bar_cells(head))
    count = 0
    for line in itertools.chain((head, second), rest):
        framed = line.startswith("|") and (line.rstrip().endswith("|") or ruled) and len(line) > 1
        alike = len(bar_cells(line)) == width > 1
        if not (framed if ruled and head.startswith("|") else alike and (framed or ruled)):
            break
        count += 1
    return count if count > 1 else 0


def texts_from(lines: Sequence[Line | None], index: int) -> Iterator[str]:
    """Yield the texts of the lines from `index` up to a blank one or one with a list sign."""
    while index < len(lines) and (line := lines[index]) is not None and not line.marker:
        yield line.text
        index += 1


def tab_rows(lines: Sequence[Line | None], index: int) -> tuple[list[Line], int]:
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
