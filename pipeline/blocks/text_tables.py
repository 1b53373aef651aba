"""Tables in text extractions: cells between tabs, or between bars as Markdown and some extractors print them."""

import re
from collections.abc import Sequence
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


def are_bars(lines: Sequence[str]) -> int:
    """Return how many of `lines`, from the first on, are one table with bars; 0 if they begin none.

    Either a rule stands below its first row, or at least two rows have bars at both ends and equally many cells. A
    single line with bars may be a formula.
    """
    ruled = len(lines) > 1 and is_rule(lines[1]) and "|" in lines[0]
    count = 0
    for line in lines:
        framed = line.startswith("|") and line.rstrip().endswith("|") and len(line) > 1
        if not (("|" in line) if ruled else framed and len(bar_cells(line)) == len(bar_cells(lines[0])) > 1):
            break
        count += 1
    return count if count > 1 else 0
