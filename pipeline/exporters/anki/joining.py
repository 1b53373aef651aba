"""The package of all courses: the rows of their packages copied as they are, a course at a time."""

import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Final

from pipeline.exporters.anki.collection import CardValues, Collection, NoteValues, full_disk_told
from pipeline.exporters.anki.decks import CourseDeck
from pipeline.exporters.anki.draft import first_id, following
from pipeline.exporters.anki.package import COLLECTION, MEDIA, write_zip
from pipeline.exporters.protocol import Edition

__all__ = ["join_packages"]

_NOTES: Final = "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
_CARDS: Final = "SELECT id, nid, did, ord, mod, due FROM cards ORDER BY id"


def join_packages(path: Path, decks: Sequence[CourseDeck], edition: Edition) -> None:
    """Write the package of these courses' decks to `path`, from the courses' own packages in the same folder.

    Nothing is held but the names of pictures. Raises RefusalError if notes of two courses share a GUID, and
    ExportError if a picture is missing.
    """
    media: dict[str, str] = {}  # name -> a course that shows it
    with TemporaryDirectory(dir=edition.scratch) as scratch:
        collection = Path(scratch) / COLLECTION
        with full_disk_told(), Collection(collection) as filled:
            for deck in sorted(decks, key=lambda deck: first_id(deck.course.slug)):
                slug = deck.course.slug
                names = _add(path.with_name(f"{slug}.apkg"), filled, Path(scratch) / "course")
                media.update((name, slug) for name in names.values() if name not in media)
            filled.finish(edition.note_type_mods)
        write_zip(path, collection, media, edition.media)


def _add(package: Path, filled: Collection, unpacked: Path) -> Mapping[str, str]:
    """Add what a course's package holds; return the names of its pictures."""
    with zipfile.ZipFile(package) as packed:
        with packed.open(COLLECTION) as source, unpacked.open("wb") as target:
            copyfileobj(source, target)
        names: Mapping[str, str] = json.loads(packed.read(MEDIA))
    with closing(sqlite3.connect(unpacked)) as base:
        (decks,) = base.execute("SELECT decks FROM col").fetchone()
        filled.add_decks(json.loads(decks))
        moved = _moved(base, filled)
        filled.add_notes(*((base.execute(_NOTES), base.execute(_CARDS)) if not moved else _renumbered(base, moved)))
    return names


def _moved(base: sqlite3.Connection, filled: Collection) -> dict[int, int]:
    """Return the notes whose ids another course has, with the next that are free.

    Ids are drawn from a hash of the course, and two courses may get the same.
    """
    lowest, highest = base.execute("SELECT min(id), max(id) FROM notes").fetchone()
    if lowest is None or not filled.has(lowest, highest):
        return {}
    numbers = [number for (number,) in base.execute("SELECT id FROM notes ORDER BY id")]
    found = zip(numbers, following(numbers, lambda number: filled.has(number, number)), strict=True)
    return {old: new for old, new in found if old != new}


def _renumbered(
    base: sqlite3.Connection, moved: Mapping[int, int]
) -> tuple[Iterator[NoteValues], Iterator[CardValues]]:
    notes = ((moved.get(number, number), *row) for number, *row in base.execute(_NOTES))
    cards = (
        (moved.get(note, note) + place, moved.get(note, note), deck, place, mod, due)
        for _, note, deck, place, mod, due in base.execute(_CARDS)
    )
    return notes, cards
