"""Reads a person's collection or exported deck, as Anki writes them, with nothing but zip, zstd and SQLite."""

import json
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import zstandard

from pipeline.processes import scratch_folder
from pipeline.verify.apkg import DAMAGE, PackageError

__all__ = ["CollectedNote", "read_collection"]

# Newest first: packages of newer versions hold an older collection as well, which only says that it is one.
_COLLECTIONS: Final = ("collection.anki21b", "collection.anki21", "collection.anki2")
_SQLITE: Final = b"SQLite format 3\0"
_MOST_BYTES: Final = 4 << 30  # of an unpacked collection: nobody's notes fill more
_CHUNK: Final = 1 << 20
_TABLES_SINCE: Final = 15  # the schema version since which note types and decks have tables
_BUSY: Final = "Anki has it open: close Anki first, or export the collection"


@dataclass(frozen=True, slots=True)
class CollectedNote:
    """A note as a person's collection has it; its note type may have another name or other fields by now."""

    guid: str
    note_type_id: int
    note_type: str
    fields: Mapping[str, str]
    deck: str  # of its first card; "" if it has none


def read_collection(path: Path) -> tuple[CollectedNote, ...]:
    """Return the notes of a collection (.anki2, .colpkg) or an exported deck (.apkg), in the order of their ids.

    Raises PackageError if the file is none, is damaged, or is open in Anki; OSError if it cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_SQLITE))
            is_collection = head == _SQLITE
        if is_collection:
            return _notes(path)
        if not head.startswith(b"PK"):
            raise PackageError("this is neither a collection nor an exported deck")
        with zipfile.ZipFile(path) as package, scratch_folder() as folder:
            name = next((name for name in _COLLECTIONS if name in package.namelist()), None)
            if name is None:
                raise PackageError("expected a collection inside, found none")
            unpacked = folder / "collection"
            with package.open(name) as packed, unpacked.open("wb") as out:
                _copy(zstandard.ZstdDecompressor().stream_reader(packed) if name[-1] == "b" else packed, out)
            return _notes(unpacked)
    except (*DAMAGE, zstandard.ZstdError) as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise PackageError(_BUSY) from error
        raise PackageError(f"the collection is damaged: {error}") from error


def _copy(packed: IO[bytes], out: IO[bytes]) -> None:
    size = 0
    while chunk := packed.read(_CHUNK):
        size += len(chunk)
        if size > _MOST_BYTES:
            raise PackageError(f"the collection inside has more than {_MOST_BYTES >> 30} GiB")
        out.write(chunk)


def _notes(path: Path) -> tuple[CollectedNote, ...]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
        # Anki's own order of names: columns say that they are compared by it.
        base.create_collation(
            "unicase", lambda one, other: (one.lower() > other.lower()) - (one.lower() < other.lower())
        )
        (version,) = base.execute("SELECT ver FROM col").fetchone()
        types, decks = (_tables if version >= _TABLES_SINCE else _json)(base)
        places = dict(base.execute("SELECT nid, CASE WHEN odid THEN odid ELSE did END FROM cards ORDER BY ord DESC"))
        out = []
        for number, model, guid, joined in base.execute("SELECT id, mid, guid, flds FROM notes ORDER BY id"):
            name, names = types[model]
            deck = decks.get(places.get(number, 0), "")
            fields = dict(zip(names, joined.split("\x1f"), strict=True))
            out.append(CollectedNote(guid, model, name, fields, deck))
        return tuple(out)


_Named = tuple[dict[int, tuple[str, list[str]]], dict[int, str]]  # note types with their fields, decks


def _tables(base: sqlite3.Connection) -> _Named:
    types: dict[int, tuple[str, list[str]]] = {
        number: (name, []) for number, name in base.execute("SELECT id, name FROM notetypes")
    }
    for number, name in base.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        if number in types:  # Anki leaves the fields of types that it removed
            types[number][1].append(name)
    return types, {number: name.replace("\x1f", "::") for number, name in base.execute("SELECT id, name FROM decks")}


def _json(base: sqlite3.Connection) -> _Named:
    models, decks = map(json.loads, base.execute("SELECT models, decks FROM col").fetchone())
    types = {
        int(number): (one["name"], [field["name"] for field in sorted(one["flds"], key=lambda field: field["ord"])])
        for number, one in models.items()
    }
    return types, {int(number): one["name"] for number, one in decks.items()}
