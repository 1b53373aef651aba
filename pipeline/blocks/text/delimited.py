"""Lists of cards as tables of characters: CSV as spreadsheets write it, and the text that Anki exports."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import dropwhile, islice
from typing import Final

from pipeline.blocks.model import Cut

__all__ = ["DelimitedTable", "delimited_table"]

_HEADER: Final = re.compile(r"#([a-z][a-z ]{0,30}):(.*)")  # Anki: `#separator:tab`, `#deck column:2`
_SEPARATORS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
_NOT_FIELDS: Final = ("notetype column", "deck column", "tags column", "guid column")
_SUFFIXES: Final = (".csv", ".tsv", ".tab")
_TERM: Final = re.compile(
    r"(?:key ?)?(?:terms?|words?|concepts?|vocab(?:ulary)?|names?|fronts?|questions?|prompts?|expressions?)",
    re.IGNORECASE,
)
_MEANING: Final = re.compile(
    r"(?:definitions?|meanings?|descriptions?|explanations?|backs?|answers?|translations?|responses?)", re.IGNORECASE
)
_ASIDE: Final = re.compile(
    r"(?:tags?|decks?|note ?types?|guids?|ids?|no\.?|#|images?|pictures?|audio|sounds?|sources?|urls?|links?|created|"
    r"modified|due|interval|ease|lapses|reviews)",
    re.IGNORECASE,
)
_FEW_ROWS: Final = 2
_WORDS_OF_NAME: Final = 2
_MOST_ROWS: Final = 100_000


@dataclass(slots=True)
class DelimitedTable:
    """Rows of cells, as markup or as plain text, and what a file says of its cards that is no text of theirs."""

    rows: list[Sequence[str]]
    headed: bool = False
    is_markup: bool = False
    cuts: list[Cut] = field(default_factory=list)

    def markup(self) -> str:
        """Return the table as HTML."""
        rows = []
        for number, row in enumerate(self.rows):
            tag = "th" if self.headed and not number else "td"
            cells = (cell if self.is_markup else escape(cell).replace("\n", "<br>") for cell in row)
            rows.append("".join(f"<{tag}>{cell}</{tag}>" for cell in cells))
        return "<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>"


def delimited_table(source: str, path: str) -> DelimitedTable | None:
    """Return the table that a text file is, or None if it is another text.

    Anki says it in the file's head. Of other files, the name ends in `.csv` or `.tsv`, the first row names the columns
    of cards, or each line is in quotes; and all rows have equally many cells.
    """
    said = dict(_said(source))
    if "separator" in said:
        return _of_anki(source, said)
    lines = source.strip().split("\n")
    is_named = path.lower().endswith(_SUFFIXES)
    is_quoted = len(lines) > 1 and all(line[:1] == line.rstrip()[-1:] == '"' for line in lines)
    for separator in ("\t", ";", ",", "|"):
        is_said = is_named or is_quoted or _names_columns(lines[0].split(separator))
        if separator not in lines[0] or not is_said or (separator == "\t" and '"' not in source):
            continue  # plain text with tabs is a table as it stands
        rows = _rows(source, separator, strict=True)
        width = len(rows[0]) if rows else 0
        if width > 1 and len(rows) > 1 and all(len(row) == width for row in rows):
            return _without_asides(DelimitedTable(rows, headed=_names_columns(rows[0]) or _heads_sentences(rows)))
    return None


def _said(source: str) -> Iterator[tuple[str, str]]:
    """Yield what the head of Anki's file says, its keys in lower case."""
    for line in source.split("\n"):
        match = _HEADER.fullmatch(line.lower()) if line.startswith("#") else None
        if match is None:
            return
        yield match[1], match[2].strip()


def _of_anki(source: str, said: dict[str, str]) -> DelimitedTable | None:
    separator = _SEPARATORS.get(said["separator"], said["separator"])
    if len(separator) != 1:
        return None
    rows = _rows(source, separator, strict=False)
    if not rows:
        return None
    width = max(map(len, rows))
    idle = {int(said[name]) - 1 for name in _NOT_FIELDS if said.get(name, "").isdecimal()}
    table = DelimitedTable([[*row, *[""] * (width - len(row))] for row in rows], is_markup=said.get("html") == "true")
    return _without(table, idle, name="place of a card")


def _rows(source: str, separator: str, *, strict: bool) -> list[Sequence[str]]:
    """Return the rows that have a cell with text, comments left out; none if the text is no such table."""
    try:
        found = list(islice(csv.reader(_uncommented(source), delimiter=separator, strict=strict), _MOST_ROWS))
    except csv.Error:
        return []
    return [[cell.strip() for cell in row] for row in found if any(cell.strip() for cell in row)]


def _uncommented(source: str) -> Iterator[str]:
    """Yield the lines, each with its end, behind those at the top that begin with a number sign."""
    lines = io.StringIO(source.lstrip("\ufeff"), newline="")
    return dropwhile(lambda line: line.startswith("#"), lines)


def _names_columns(cells: Sequence[str]) -> bool:
    """Say whether a row names a column of terms and one of what they mean."""
    names = [cell.strip(' "\ufeff') for cell in cells]
    return any(map(_TERM.fullmatch, names)) and any(map(_MEANING.fullmatch, names))


def _heads_sentences(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first row has nothing but names, and each other row a text of some words."""
    longest = [max(len(cell.split()) for cell in row) for row in rows]
    return len(rows) > _FEW_ROWS and longest[0] <= _WORDS_OF_NAME < min(longest[1:])


def _without_asides(table: DelimitedTable) -> DelimitedTable:
    idle = {n for n, name in enumerate(table.rows[0]) if _ASIDE.fullmatch(name)} if table.headed else set()
    return _without(table, idle, name="column of a list")


def _without(table: DelimitedTable, idle: set[int], *, name: str) -> DelimitedTable:
    """Return a table without some columns; what they say is kept as a cut."""
    said = " ".join(cell for row in table.rows for n, cell in enumerate(row) if n in idle and cell)
    rows: list[Sequence[str]] = [[cell for n, cell in enumerate(row) if n not in idle] for row in table.rows]
    return DelimitedTable(rows, table.headed, table.is_markup, [Cut(name, said)] if said else [])
