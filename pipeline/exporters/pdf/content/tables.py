"""How wide and high a fragment's tables are: what decides how they are set so that they fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from pipeline.exporters.pdf.content.estimates import CHARACTER, LINE, line_count
from pipeline.exporters.pdf.content.mathematics import Formula, split_mathematics
from pipeline.exporters.pdf.sheet import Measure

__all__ = ["OpenTable", "TablePlan", "TableShape", "tables_of"]

_CELLS: Final = frozenset(["td", "th"])
_BLOCKS: Final = frozenset(["p", "li", "br", "pre", "blockquote", "tr", "td", "th"])
# A table with more columns than this, or narrower ones, cannot be read on paper: its rows are set as lines.
_MAX_COLUMNS: Final = 12
_NARROWEST: Final = 3.2  # ems
_WIDE: Final = 5
_PADDING: Final = 1.2  # ems, left and right of a cell together
_SMALLER: Final = 0.85  # the text of a table of many columns
_LETTER: Final = 0.56  # ems, of a word that must not be broken: in a head it is bold
_PICTURE_LINES: Final = "\n" * 14


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How a table is set."""

    as_lines: bool = False  # each row as a line of text: it has too many columns for its place
    smaller: bool = False
    widths: tuple[float, ...] = ()  # of each column's text, in ems of the table's text
    fixed: bool = False  # the widths are imposed, for the words and formulas of all columns do not fit as they are
    heights: tuple[float, ...] = ()  # of each row, in ems of the text around

    @property
    def shares(self) -> tuple[float, ...]:
        """Each column's share of the table's width, in percent."""
        total = sum(self.widths) + _PADDING * len(self.widths)
        return tuple(100 * (width + _PADDING) / total for width in self.widths)


@dataclass(slots=True)
class TableShape:
    """What a table has in it: the longest word of each column, in ems, and the text of each cell of each row."""

    longest: list[float] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def plan(self, room: float) -> TablePlan:
        """Return how the table is set in a place that is so many ems wide."""
        columns = len(self.longest)
        smaller = columns > _WIDE
        scale = _SMALLER if smaller else 1.0
        free = room / scale - _PADDING * columns
        needed = sum(self.longest)
        fits = needed <= free
        if columns > _MAX_COLUMNS or (columns > 0 and not fits and free / columns < _NARROWEST):
            return TablePlan(as_lines=True)
        widths = self._natural(free) if fits else self._imposed(free)
        heights = tuple(
            scale * LINE * max((line_count(text, width) for text, width in zip(row, widths, strict=False)), default=0)
            for row in self.rows
        )
        return TablePlan(smaller=smaller, widths=tuple(widths), fixed=not fits, heights=heights)

    def _natural(self, free: float) -> list[float]:
        """Return the widths that a table finds by itself: no word broken, what is left shared out by need."""
        wanted = [max(width, narrow) for width, narrow in zip(self._unbroken(), self.longest, strict=True)]
        more = sum(wanted) - sum(self.longest)
        share = min(1.0, (free - sum(self.longest)) / more) if more > 0 else 0.0
        return [narrow + share * (wide - narrow) for wide, narrow in zip(wanted, self.longest, strict=True)]

    def _imposed(self, free: float) -> list[float]:
        """Return widths for words and formulas that do not all fit: narrow columns get theirs, wide ones a share."""
        # A column of long texts needs width, too: as much as makes them about square.
        wanted = [max(narrow, wide**0.5) for wide, narrow in zip(self._unbroken(), self.longest, strict=True)]
        widths = [0.0] * len(wanted)
        open_columns = sorted(range(len(wanted)), key=lambda column: wanted[column])
        while open_columns:
            fair = free / len(open_columns)
            column = open_columns[0]
            if wanted[column] > fair:
                # What is left is shared out by need, but so that the widest does not squash the others.
                needs = {column: min(wanted[column], 2 * fair) for column in open_columns}
                widths = [
                    free * needs[at] / sum(needs.values()) if at in needs else widths[at] for at in range(len(widths))
                ]
                break
            widths[column] = max(wanted[column], 1.0)
            free -= widths[column]
            del open_columns[0]
        return widths

    def _unbroken(self) -> list[float]:
        """Return the width of each column's longest line, if none were broken."""
        widths = [0.0] * len(self.longest)
        for row in self.rows:
            for column, text in enumerate(row):
                longest = max(len(line) for line in text.split("\n"))
                widths[column] = max(widths[column], longest * CHARACTER)
        return widths


@dataclass(slots=True)
class OpenTable:
    """A table that is being written."""

    plan: TablePlan
    row: int = -1
    column: int = -1

    @property
    def room(self) -> float:
        """The width of the present cell's text."""
        return self.plan.widths[max(0, self.column)]

    def start(self) -> str:
        """Return the table's start tag."""
        wide = " wide" if self.plan.smaller else ""
        if not self.plan.fixed:
            return f'<div class="table{wide}"><table>'
        columns = "".join(f'<col style="width:{share:.2f}%">' for share in self.plan.shares)
        return f'<div class="table fixed{wide}"><table><colgroup>{columns}</colgroup>'

    def start_row(self, measure: Measure, *, is_head: bool) -> str:
        """Return the start tag of the next row: one of few lines is not broken over pages."""
        self.row += 1
        self.column = -1
        whole = measure.keeps_together(self.plan.heights[self.row])
        names = " ".join(["whole"] * whole + ["head"] * is_head)
        return f'<tr class="{names}">' if names else "<tr>"


class _Scan(HTMLParser):
    """Measures each table, in the order in which tables begin."""

    def __init__(self, width_of: Callable[[Formula], float]) -> None:
        super().__init__(convert_charrefs=True)
        self.width_of = width_of
        self.tables: list[TableShape] = []
        self.open: list[TableShape] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell."""
        if tag == "table":
            self.tables.append(TableShape())
            self.open.append(self.tables[-1])
        elif not self.open:
            return
        elif tag == "tr":
            self.open[-1].rows.append([])
        elif tag in _CELLS and self.open[-1].rows:
            row, longest = self.open[-1].rows[-1], self.open[-1].longest
            row.append("")
            if len(row) > len(longest):
                longest.append(0.0)
        if tag in _BLOCKS:
            self._write("\n", self.open[:-1] if tag in _CELLS or tag == "tr" else self.open)
        elif tag == "img":
            self._write(_PICTURE_LINES, self.open)

    def handle_endtag(self, tag: str) -> None:
        """Leave a table; the one around it needs as much width."""
        if tag == "table" and self.open:
            inner = self.open.pop()
            if self.open:
                self._widen(self.open[-1], sum(inner.longest) + _PADDING * len(inner.longest))

    def handle_data(self, data: str) -> None:
        """See how long words are, and how much text there is."""
        if not self.open:
            return
        pieces = split_mathematics(data) if "\\" in data else [data]
        for piece in pieces:
            if isinstance(piece, Formula):
                width = self.width_of(piece)
                self._widen(self.open[-1], width)
                self._write("x" * int(width / CHARACTER), self.open)
            else:
                longest = max((len(word) for word in piece.split()), default=0)
                self._widen(self.open[-1], longest * _LETTER)
                self._write(" ".join(piece.split()), self.open)

    def _write(self, text: str, tables: Sequence[TableShape]) -> None:
        for table in tables:
            if table.rows and table.rows[-1]:
                table.rows[-1][-1] += text

    def _widen(self, table: TableShape, width: float) -> None:
        if table.rows and table.rows[-1]:
            column = len(table.rows[-1]) - 1
            table.longest[column] = max(table.longest[column], width)


def tables_of(fragment: str, width_of: Callable[[Formula], float]) -> list[TableShape]:
    """Return the shape of each table of a canonical fragment, in the order in which tables begin.

    `width_of` gives a formula's width in ems.
    """
    if "<table" not in fragment:
        return []
    scan = _Scan(width_of)
    scan.feed(fragment)
    scan.close()
    return scan.tables
