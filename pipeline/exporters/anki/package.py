"""Writes an .apkg: a course's rows into a collection, and the zip around it.

- Ids come from a note's place in its course, so that they are the same in every package and build.
- The zip's entries have a fixed order, one fixed date, and are deflated: genanki's have none of this.
"""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, Final

from pipeline.exporters.anki.collection import CardValues, Collection, NoteValues, compact, full_disk_told
from pipeline.exporters.anki.decks import CourseDeck, deck_id, described
from pipeline.exporters.anki.description import Credits
from pipeline.exporters.anki.rows import NoteRow, course_rows, pictures_in
from pipeline.exporters.protocol import Edition, ExportError

__all__ = ["COLLECTION", "MEDIA", "first_id", "following", "write_package", "write_rows", "write_zip"]

COLLECTION: Final = "collection.anki2"
MEDIA: Final = "media"
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_BLOCK: Final = 1 << 20

# Anki lists notes and cards by id, as a time in milliseconds. A note's is one within 200 days of September 2020, from
# its course and its `due`: learners who get the same note from two packages or builds get it with one id.
_FIRST_ID: Final = 1_600_000_000_000
_COURSE_BITS: Final = 12
_IDS: Final = 4  # for each `due` below a million: a note's cards follow one another
_PLACE_BITS: Final = 22

# A course's rows in the order of its pages, until they are read by `due`.
_DRAFT: Final = """
    CREATE TABLE draft (due INTEGER, guid TEXT, type INTEGER, mod INTEGER, tags TEXT, fields TEXT, deck INTEGER,
        cards TEXT)
"""


def write_package(path: Path, deck: CourseDeck, edition: Edition) -> None:
    """Write the package of a course's deck to `path`.

    Raises RefusalError if two notes share a GUID, a note has no card or a card no front, and ExportError if a picture
    is missing; what is then at `path` is no package.
    """
    write_rows(path, deck, course_rows(deck.course, edition), edition)


def write_rows(path: Path, deck: CourseDeck, rows: Iterable[NoteRow], edition: Edition) -> None:
    """Write the package of a deck whose rows are given. Raises as `write_package` does."""
    with TemporaryDirectory(dir=edition.scratch) as scratch:
        collection = Path(scratch) / COLLECTION
        with full_disk_told(), closing(_Draft(Path(scratch), deck)) as draft, Collection(collection) as filled:
            draft.add(rows)
            filled.add_notes(draft.notes(), draft.cards())
            filled.add_decks(draft.decks)
            filled.finish(edition.note_type_mods)
        write_zip(path, collection, draft.media, edition.media)


def first_id(course: str) -> int:
    """Return the lowest id that a note of the course, named by its slug, can have."""
    digest = int.from_bytes(hashlib.sha256(course.encode()).digest()[:8], "big")
    return _FIRST_ID + (digest % (1 << _COURSE_BITS) << _PLACE_BITS)


def following(wanted: Iterable[int], is_taken: Callable[[int], bool] = lambda _: False) -> Iterator[int]:
    """Yield an id for each that is wanted, in order: the wanted one, or the next that is free behind the last."""
    last = 0
    for number in wanted:
        last = max(number, last + _IDS)
        while is_taken(last):
            last += _IDS
        yield last


class _Draft:
    """The rows of a course on disk, in the order in which they come, and in that of their ids."""

    def __init__(self, folder: Path, deck: CourseDeck) -> None:
        self._deck = deck
        self._first = first_id(deck.course.slug)
        self._base = sqlite3.connect(folder / "draft", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16000"):
            self._base.execute(f"PRAGMA {pragma}")
        self._base.execute(_DRAFT)
        self.decks: dict[str, Any] = {}
        self.media: dict[str, str] = {}  # name -> path of a page that shows it

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def add(self, rows: Iterable[NoteRow]) -> None:
        """Take the rows, and what the deck says of them."""
        made_by = Credits(self._deck.course.title)
        subdecks: set[str] = set()
        self._base.execute("BEGIN")
        self._base.executemany(
            "INSERT INTO draft VALUES (?,?,?,?,?,?,?,?)", map(self._values, self._seen(rows, made_by, subdecks))
        )
        self._base.execute("COMMIT")
        self._base.execute("CREATE INDEX by_due ON draft (due)")
        self.decks = dict([described(self._deck.name, made_by.html())])
        self.decks.update(described(self._deck.of(subdeck), "") for subdeck in subdecks - {""})

    def _seen(self, rows: Iterable[NoteRow], made_by: Credits, subdecks: set[str]) -> Iterator[NoteRow]:
        for row in rows:
            made_by.add(row.note)
            subdecks.add(row.subdeck)
            for name in pictures_in(row.fields):
                self.media.setdefault(name, row.note.source_path)
            yield row

    def _values(self, row: NoteRow) -> tuple[object, ...]:
        identity = row.identity
        cards = json.dumps([(place, row.due(place)) for place in row.cards])
        number = deck_id(self._deck.of(row.subdeck))
        return identity.due, identity.guid, row.note_type.id, identity.mod, row.tags, row.fields, number, cards

    def notes(self) -> Iterator[NoteValues]:
        """Yield the notes by id."""
        for number, row in zip(self._numbers(), self._sorted("guid, type, mod, tags, fields"), strict=True):
            yield number, *row

    def cards(self) -> Iterator[CardValues]:
        """Yield the cards by id."""
        for number, (deck, mod, cards) in zip(self._numbers(), self._sorted("deck, mod, cards"), strict=True):
            for place, due in json.loads(cards):
                yield number + place, number, deck, place, mod, due

    def _numbers(self) -> Iterator[int]:
        return following(self._first + _IDS * due for (due,) in self._sorted("due"))

    def _sorted(self, columns: str) -> sqlite3.Cursor:
        return self._base.execute(f"SELECT {columns} FROM draft ORDER BY due, rowid")  # noqa: S608 (names above)


def write_zip(path: Path, collection: Path, media: Mapping[str, str], read: Callable[[str], bytes]) -> None:
    """Write the zip of a collection and the pictures that its notes show: `media` has a place that shows it for each.

    Raises ExportError if a picture is missing.
    """
    names = {str(number): name for number, name in enumerate(sorted(media))}
    with zipfile.ZipFile(path, "w") as package:
        entry = _entry(COLLECTION)
        entry.file_size = collection.stat().st_size  # so that the entry has room for its true size
        with collection.open("rb") as source, package.open(entry, "w") as target:
            copyfileobj(source, target, _BLOCK)
        for number, name in names.items():
            try:
                data = read(name)
            except KeyError:
                hint = "run `guidepress clean`, then again; if it is still missing, save the page with its pictures"
                raise ExportError(f"{media[name]}: the picture {name} is missing", hint=hint) from None
            package.writestr(_entry(number), data)
        package.writestr(_entry(MEDIA), compact(names).encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
