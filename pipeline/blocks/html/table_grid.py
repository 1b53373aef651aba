"""Which columns of a row are taken by cells that reach down or across, so that the others stay in their own."""

from typing import Final

from bs4 import Tag

__all__ = ["TableGrid"]

_MOST_COLUMNS: Final = 50
_MOST_ROWS: Final = 65_534  # HTML's own limit
_GROUPS: Final = frozenset(("thead", "tbody", "tfoot"))


class TableGrid:
    """Follows a table's cells in document order, and tells where an empty cell keeps a place."""

    def __init__(self) -> None:
        self._reaching: dict[int, tuple[int, str]] = {}  # column -> rows that its cell still reaches down to, its tag
        self._column = 0
        self._taken: dict[int, tuple[int, str]] = {}  # what reaches into this row

    def begin(self, name: str) -> None:
        """Begin a row, or a group of rows, out of which no cell reaches."""
        if name in _GROUPS:
            self._reaching = {}
        elif name == "tr":
            self._column = 0
            self._taken = self._reaching
            self._reaching = {column: (rows - 1, tag) for column, (rows, tag) in self._taken.items() if rows > 1}

    def before_cell(self) -> list[str]:
        """Return the tags of the empty cells that stand before the row's next cell."""
        tags = []
        while self._column in self._taken:
            tags.append(self._taken[self._column][1])
            self._column += 1
        return tags

    def cell(self, tag: Tag) -> list[str]:
        """Return the tags of the empty cells that stand behind a wide cell."""
        wide = min(max(_span(tag, "colspan"), 1), _MOST_COLUMNS)
        tall = _span(tag, "rowspan") or _MOST_ROWS  # 0 reaches down to the end of the group
        if tall > 1:
            columns = range(self._column, min(self._column + wide, _MOST_COLUMNS))
            self._reaching |= dict.fromkeys(columns, (min(tall, _MOST_ROWS) - 1, tag.name))
        self._column += wide
        return [tag.name] * (wide - 1)

    def end_row(self) -> list[str]:
        """Return the tags of the empty cells that end the row: none in a row that has no cell of its own."""
        return self.before_cell() if self._column else []


def _span(tag: Tag, name: str) -> int:
    value = str(tag.get(name, "1"))
    return int(value[:9]) if value.isascii() and value.isdigit() else 1
