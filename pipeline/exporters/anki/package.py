"""Writes an .apkg: rows into the collection that genanki lays out, and the zip around it.

genanki owns the note types and the schema. It writes each row with a statement of its own, knows no `mod` and `due` of
a note, and leaves the zip uncompressed, its media in the order of a hash seed, the time of day in it. Those are here:

- rows go in by `executemany`, sorted by id: twice as fast, and neighbours that compress well;
- genanki's indexes are left out, and a note's sort text and checksum empty: Anki reads the tables whole and works those
  out while it imports (tested with it), so they would only be a fourth of the file;
- ids come from a note's place in its course, so that they are the same in every package and build;
- `mod` and `due` come from `cards.lock`: see DESIGN section 4, and docs/anki.md for what Anki makes of them;
- the zip's entries have a fixed order, one fixed date, and are deflated.
"""

import hashlib
import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA
from genanki.deck import Deck

from pipeline.exporters.anki.decks import CourseDeck, deck_id
from pipeline.exporters.anki.description import Credits
from pipeline.exporters.anki.note_types import NOTE_TYPES
from pipeline.exporters.anki.rows import NoteRow, RefusalError, course_rows, pictures
from pipeline.exporters.protocol import Edition, ExportError

__all__ = ["write_package", "write_rows"]

# SQLite keeps its own version at this place of a file; the same everywhere, so that the bytes are.
_VERSION_OFFSET: Final = 96
_VERSION: Final = 3_040_001
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_LEVEL: Final = 6

_NOTE: Final = "INSERT INTO notes VALUES (?,?,?,?,-1,?,?,'',0,0,'')"
_CARD: Final = "INSERT INTO cards VALUES (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')"

# Anki lists notes and cards by id, as a time in milliseconds. A note's is one within 200 days of September 2020, from
# its course and its `due`: learners who get the same note from two packages or builds get it with one id.
_FIRST_ID: Final = 1_600_000_000_000
_COURSE_BITS: Final = 12
_IDS: Final = 4  # for each `due` below a million: a note's cards follow one another
_PLACE_BITS: Final = 22


def write_package(path: Path, decks: Sequence[CourseDeck], edition: Edition) -> None:
    """Write the package of these courses' decks to `path`.

    Raises RefusalError if two notes share a GUID, a note has no card or a card no front, and ExportError if a picture
    is missing; what is then at `path` is no package.
    """
    write_rows(path, [(deck, course_rows(deck.course, edition)) for deck in decks], edition)


def write_rows(path: Path, decks: Iterable[tuple[CourseDeck, Iterable[NoteRow]]], edition: Edition) -> None:
    """Write the package of decks whose rows are given. Raises as `write_package` does."""
    with _Collection(edition) as collection:
        for deck, rows in sorted(decks, key=lambda given: _first_id(given[0].course.slug)):
            collection.add(deck, rows)
        data = collection.finish()
    _write_zip(path, data, collection.media, edition.media)


def _first_id(course: str) -> int:
    digest = int.from_bytes(hashlib.sha256(course.encode()).digest()[:8], "big")
    return _FIRST_ID + (digest % (1 << _COURSE_BITS) << _PLACE_BITS)


class _Collection:
    """A collection in memory."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._guids: set[str] = set()
        self._shorts: set[str] = set()
        self._ids: set[int] = set()
        self._decks: dict[str, object] = {}
        self.media: dict[str, str] = {}  # name -> path of a page that shows it
        self._base = sqlite3.connect(":memory:", isolation_level=None)
        self._base.execute("PRAGMA page_size = 4096")
        self._base.execute("PRAGMA encoding = 'UTF-8'")
        self._base.execute("BEGIN")
        for statement in APKG_SCHEMA.split(";"):
            if "CREATE INDEX" not in statement:
                self._base.execute(statement)
        self._base.execute(APKG_COL)

    def __enter__(self) -> "_Collection":
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def add(self, deck: CourseDeck, rows: Iterable[NoteRow]) -> None:
        """Add a course's deck with its notes and cards."""
        made_by = Credits(deck.course.title)
        numbered = sorted(self._numbered(deck, rows, made_by), key=lambda row: row[0])
        self._base.executemany(_NOTE, _note_values(numbered))
        self._base.executemany(_CARD, _card_values(numbered, deck))
        self._add_deck(deck.name, made_by.html())
        for subdeck in sorted({row.subdeck for _, row in numbered} - {""}):
            self._add_deck(deck.of(subdeck), "")

    def _add_deck(self, name: str, description: str) -> None:
        number = deck_id(name)
        self._decks[str(number)] = Deck(number, name, description).to_json()  # type: ignore[no-untyped-call]

    def _numbered(self, deck: CourseDeck, rows: Iterable[NoteRow], made_by: Credits) -> Iterator[tuple[int, NoteRow]]:
        """Yield each row with its note's id. Raises RefusalError if its GUID is another note's."""
        first = _first_id(deck.course.slug)
        for row in rows:
            note, identity = row.note, row.identity
            if identity.guid in self._guids or identity.short_id in self._shorts:
                raise RefusalError(note, f"its GUID {identity.guid} (Id {identity.short_id}) is another note's")
            self._guids.add(identity.guid)
            self._shorts.add(identity.short_id)
            for name in pictures(row):
                self.media.setdefault(name, note.source_path)
            made_by.add(note)
            number = first + _IDS * identity.due
            while number in self._ids:
                number += _IDS
            self._ids.add(number)
            yield number, row

    def finish(self) -> bytes:
        """Return the collection's file."""
        models = {
            str(note_type.id): note_type.model().to_json(self._edition.note_type_mods[note_type.name], 1)
            for note_type in NOTE_TYPES.values()
        }
        (given,) = self._base.execute("SELECT decks FROM col").fetchone()
        decks = {**json.loads(given), **self._decks}
        self._base.execute("UPDATE col SET id = 1, models = ?, decks = ?", (_json(models), _json(decks)))
        self._base.execute("COMMIT")
        data = bytearray(self._base.serialize())
        struct.pack_into(">I", data, _VERSION_OFFSET, _VERSION)
        return bytes(data)


def _note_values(rows: Iterable[tuple[int, NoteRow]]) -> Iterator[tuple[object, ...]]:
    for number, row in rows:
        yield (
            number,
            row.identity.guid,
            row.note_type.id,
            row.identity.mod,
            row.tags,
            row.fields,
        )


def _card_values(rows: Iterable[tuple[int, NoteRow]], deck: CourseDeck) -> Iterator[tuple[object, ...]]:
    for number, row in rows:
        for place in row.cards:
            yield number + place, number, deck_id(deck.of(row.subdeck)), place, row.identity.mod, row.due(place)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _write_zip(path: Path, collection: bytes, media: dict[str, str], read: Callable[[str], bytes]) -> None:
    names = {str(number): name for number, name in enumerate(sorted(media))}
    with zipfile.ZipFile(path, "w") as package:
        _add(package, "collection.anki2", collection)
        for number, name in names.items():
            try:
                data = read(name)
            except KeyError:
                hint = "run `guidepress clean`, then again; if it is still missing, save the page with its pictures"
                raise ExportError(f"{media[name]}: the picture {name} is missing", hint=hint) from None
            _add(package, number, data)
        _add(package, "media", _json(names).encode())


def _add(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    package.writestr(entry, data, compresslevel=_LEVEL)
