"""Tables in text extractions: cells between tabs, or between bars as Markdown and some extractors print them."""

import itertools
import re
from collections.abc import Iterable
from typing import Final

__all__ = ["are_bars", "bar_cells", "is_rule", "is_tab_row"]

_TAB_ROW: Final = re.compile(r"\S[^\t]*\t+[^\t\s]")
_RULE: Final = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?")
_BAR: Final = re.compile(r"(?<!\\)\|")


def is_tab_row(line: str) -> bool:
    """Say whether a line has cells with tabs between them."""
    return _TAB_ROW.match(line) is not None


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
