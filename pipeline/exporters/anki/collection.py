"""The collection inside a package: a SQLite file that genanki lays out, filled in constant memory, the same bytes each
time.

genanki owns the note types and the schema. It writes each row with a statement of its own, and knows no `mod` and `due`
of a note. Those are here:

- rows go in by `executemany`, sorted by id: twice as fast, and neighbours that compress well;
- genanki's indexes are left out, and a note's sort text and checksum empty: Anki reads the tables whole and works those
  out while it imports (tested with it), so they would only be a fourth of the file;
- `mod` and `due` come from `cards.lock`: see DESIGN section 4, and docs/anki.md for what Anki makes of them.
"""

import contextlib
import errno
import functools
import json
import os
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from pipeline.exporters.anki.note_types import NOTE_TYPES, NoteType
from pipeline.exporters.anki.rows import RefusalError

__all__ = ["CardValues", "Collection", "Head", "NoteValues", "compact", "empty_head", "full_disk_told", "models"]

# How often the file was changed, and by which version of SQLite (https://sqlite.org/fileformat.html): the same
# everywhere, so that the bytes are.
_STAMPS: Final = ((24, 0), (92, 0), (96, 3_040_001))
# Nothing is kept of a collection that was not finished: it needs no journal.
_PRAGMAS: Final = (
    "page_size = 4096",
    "encoding = 'UTF-8'",
    "journal_mode = OFF",
    "synchronous = OFF",
    "cache_size = -16000",
)
_NOTE: Final = "INSERT INTO notes VALUES (?,?,?,?,-1,?,?,'',0,0,'')"
_CARD: Final = "INSERT INTO cards VALUES (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')"
# The later of two notes that a search by `Id`, the first field, would not tell apart.
_SAME_ID: Final = """
    SELECT guid, mid, flds FROM notes WHERE id = (
        SELECT max(id) FROM notes GROUP BY substr(flds, 1, instr(flds, char(31)) - 1) HAVING count(*) > 1 LIMIT 1
    )
"""

NoteValues = tuple[int, str, int, int, str, str]  # id, GUID, note type, mod, tags, fields
CardValues = tuple[int, int, int, int, int, int]  # id, note, deck, place of the template, mod, due
Head = Mapping[str, Any]  # the columns of the table `col`


class Collection:
    """A collection that is being filled. What goes in decides every byte, together with its order."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._decks: dict[str, Any] = {}
        self._base = sqlite3.connect(path, isolation_level=None)
        for pragma in _PRAGMAS:
            self._base.execute(f"PRAGMA {pragma}")
        self._base.execute("BEGIN")
        _lay_out(self._base)

    def __enter__(self) -> "Collection":
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def add_notes(self, notes: Iterable[NoteValues], cards: Iterable[CardValues]) -> None:
        """Add notes, then their cards, each sorted by id."""
        self._base.executemany(_NOTE, notes)
        self._base.executemany(_CARD, cards)

    def add_decks(self, decks: Mapping[str, Any]) -> None:
        """Add decks, as genanki describes them, by their ids."""
        self._decks.update(decks)

    def has(self, lowest: int, highest: int) -> bool:
        """Say whether a note has an id from `lowest` to `highest`."""
        found = self._base.execute("SELECT 1 FROM notes WHERE id BETWEEN ? AND ? LIMIT 1", (lowest, highest))
        return found.fetchone() is not None

    def finish(self, mods: Mapping[str, int]) -> None:
        """Close the file; `mods` are those of the note types by name.

        Raises RefusalError if two notes share a GUID, or what stands in the field `Id`.
        """
        for guid, number, fields in self._base.execute(_SAME_ID):
            note_type = next(one for one in NOTE_TYPES.values() if one.id == number)
            values = dict(zip(note_type.fields, fields.split("\x1f"), strict=True))
            message = f"its GUID {guid} (Id {values['Id']}) is another note's"
            raise RefusalError(f"a {note_type.name} note of {values['Record id']}", message)
        (given,) = self._base.execute("SELECT decks FROM col").fetchone()
        decks = {**json.loads(given), **self._decks}
        self._base.execute("UPDATE col SET id = 1, models = ?, decks = ?", (compact(models(mods)), compact(decks)))
        self._base.execute("COMMIT")
        self._base.close()
        with self._path.open("r+b") as file:
            for offset, value in _STAMPS:
                file.seek(offset)
                file.write(struct.pack(">I", value))


@contextlib.contextmanager
def full_disk_told() -> Iterator[None]:
    """Raise OSError where SQLite finds that the disk is full."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise


def _lay_out(base: sqlite3.Connection) -> None:
    for statement in APKG_SCHEMA.split(";"):
        if "CREATE INDEX" not in statement:
            base.execute(statement)
    base.execute(APKG_COL)


def models(mods: Mapping[str, int]) -> dict[str, Any]:
    """Return the note types as a collection describes them, by their ids."""
    types = NOTE_TYPES.values()
    return {str(one.id): {**json.loads(_model(one, one.digest)), "mod": mods[one.name]} for one in types}


@functools.cache  # genanki draws every template to find out which fields it needs
def _model(note_type: NoteType, _digest: str) -> str:
    return json.dumps(note_type.model().to_json(0, 1))


def empty_head() -> tuple[Head, list[str]]:
    """Return the columns of the table `col` of a collection without notes, and the statements of its schema."""
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        _lay_out(base)
        found = base.execute("SELECT * FROM col")
        names = [column[0] for column in found.description]
        head = dict(zip(names, found.fetchone(), strict=True))
        return head, [sql for (sql,) in base.execute("SELECT sql FROM sqlite_master ORDER BY name")]


def compact(value: object) -> str:
    """Return JSON without spaces, keys sorted."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
