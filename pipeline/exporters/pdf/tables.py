"""How wide a fragment's tables are: what decides whether they fit, and how."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

__all__ = ["TableShape", "tables_of"]

_CELLS: Final = frozenset(["td", "th"])


@dataclass(slots=True)
class TableShape:
    """What a table needs: the longest word of each column."""

    longest: list[int] = field(default_factory=list)
    column: int = -1

    @property
    def columns(self) -> int:
        """Return the number of columns."""
        return len(self.longest)

    def see(self, text: str) -> None:
        """Take a cell's text into account."""
        if self.column >= 0:
            word = max((len(word) for word in text.split()), default=0)
            self.longest[self.column] = max(self.longest[self.column], word)


class _Scan(HTMLParser):
    """Measures each table, in the order in which tables begin."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[TableShape] = []
        self.open: list[TableShape] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell."""
        if tag == "table":
            self.tables.append(TableShape())
            self.open.append(self.tables[-1])
        elif tag == "tr" and self.open:
            self.open[-1].column = -1
        elif tag in _CELLS and self.open:
            table = self.open[-1]
            table.column += 1
            if table.column == table.columns:
                table.longest.append(0)

    def handle_endtag(self, tag: str) -> None:
        """Leave a table."""
        if tag == "table" and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """See how long words are."""
        if self.open:
            self.open[-1].see(data)


def tables_of(fragment: str) -> list[TableShape]:
    """Return the shape of each table of a canonical fragment, in the order in which tables begin."""
    if "<table" not in fragment:
        return []
    scan = _Scan()
    scan.feed(fragment)
    scan.close()
    return scan.tables
