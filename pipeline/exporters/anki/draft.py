"""The rows of a course on disk, between the order of its pages and that of their ids."""

import hashlib
import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.exporters.anki.collection import CardValues, NoteValues
from pipeline.exporters.anki.decks import CourseDeck, deck_id, described
from pipeline.exporters.anki.description import Credits
from pipeline.exporters.anki.rows import NoteRow, pictures_in

__all__ = ["Batch", "Draft", "first_id", "following"]

# Anki lists notes and cards by id, as a time in milliseconds. A note's is one within 200 days of September 2020, from
# its course and its `due`: learners who get the same note from two packages or builds get it with one id.
_FIRST_ID: Final = 1_600_000_000_000
_COURSE_BITS: Final = 12
_IDS: Final = 4  # for each `due` below a million: a note's cards follow one another
_PLACE_BITS: Final = 22
_LEVEL: Final = 1  # of compression: what is kept is read in the next build

_TABLE: Final = """
    CREATE TABLE draft (due INTEGER, guid TEXT, type INTEGER, mod INTEGER, tags TEXT, fields TEXT, deck INTEGER,
        cards TEXT)
"""


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


@dataclass(slots=True)
class Batch:
    """Rows of some records of a course, as the draft's table has them, and what the deck takes from their notes."""

    rows: list[Any] = field(default_factory=list)
    subdecks: set[str] = field(default_factory=set)
    media: dict[str, str] = field(default_factory=dict)  # name -> path of a page that shows it
    said: Counter[str] = field(default_factory=Counter)  # whose notes are, and how many
    trademarks: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: Iterable[NoteRow], deck: CourseDeck) -> "Batch":
        """Return the batch of rows of `deck`."""
        batch = cls()
        for row in rows:
            note, identity = row.note, row.identity
            batch.subdecks.add(row.subdeck)
            batch.said[note.attribution] += 1
            batch.trademarks[note.trademarks] += 1
            for name in pictures_in(row.fields):
                batch.media.setdefault(name, note.source_path)
            cards = json.dumps([(place, row.due(place)) for place in row.cards])
            number = deck_id(deck.of(row.subdeck))
            values = (identity.due, identity.guid, row.note_type.id, identity.mod, row.tags, row.fields, number, cards)
            batch.rows.append(values)
        return batch

    def dumps(self) -> bytes:
        """Return the batch as bytes."""
        values = [self.rows, sorted(self.subdecks), self.media, self.said, self.trademarks]
        return zlib.compress(json.dumps(values).encode(), _LEVEL)

    @classmethod
    def loads(cls, data: bytes) -> "Batch":
        """Return the batch of `dumps`."""
        rows, subdecks, media, said, trademarks = json.loads(zlib.decompress(data))
        return cls(rows, set(subdecks), media, Counter(said), Counter(trademarks))


class Draft:
    """The rows of a course in a file below `folder`, until they are read by id."""

    def __init__(self, folder: Path, deck: CourseDeck) -> None:
        self._deck = deck
        self._first = first_id(deck.course.slug)
        self._credits = Credits(deck.course.title)
        self._subdecks: set[str] = set()
        self._base = sqlite3.connect(folder / "draft", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16000"):
            self._base.execute(f"PRAGMA {pragma}")
        self._base.execute(_TABLE)
        self.media: dict[str, str] = {}  # name -> path of a page that shows it

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def add(self, batches: Iterable[Batch]) -> None:
        """Take all rows of the course."""
        self._base.execute("BEGIN")
        for batch in batches:
            self._base.executemany("INSERT INTO draft VALUES (?,?,?,?,?,?,?,?)", batch.rows)
            self._credits.add(batch.said, batch.trademarks)
            self._subdecks |= batch.subdecks
            self.media = {**batch.media, **self.media}
        self._base.execute("COMMIT")
        self._base.execute("CREATE INDEX by_due ON draft (due)")

    @property
    def decks(self) -> dict[str, Any]:
        """Return the course's decks as a collection describes them, by their ids."""
        below = (described(self._deck.of(subdeck), "") for subdeck in self._subdecks - {""})
        return dict([described(self._deck.name, self._credits.html()), *below])

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
