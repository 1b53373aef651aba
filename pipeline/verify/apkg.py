"""Reads an .apkg with nothing but zip and SQLite: what is in it, not what it was made from."""

import contextlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = ["DAMAGE", "PackageError", "PackedNote", "PackedNoteType", "ReadPackage", "package_guids", "read_package"]

_COLLECTION: Final = "collection.anki2"
_LATER_COLLECTION: Final = "collection.anki21b"
# What zip, zlib, SQLite and JSON raise for bytes that are not what they should be.
DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    sqlite3.DatabaseError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)


class PackageError(Exception):
    """A file that is no package, or none that this program writes."""


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note as a package has it."""

    guid: str
    note_type: str
    mod: int
    tags: tuple[str, ...]
    fields: Mapping[str, str]
    front: str  # the name of the sort field
    cards: tuple[tuple[int, str, int], ...]  # place of the template, deck, due; by place


@dataclass(frozen=True, slots=True)
class PackedNoteType:
    """A note type as a package has it: `shape` is all but its `mod`."""

    name: str
    mod: int
    shape: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """All that a package says. `notes` are in the order of their ids; a GUID may stand twice."""

    notes: tuple[PackedNote, ...]
    note_types: Mapping[str, PackedNoteType]
    decks: Mapping[str, str]  # name -> description
    media: Mapping[str, bytes]
    loose_cards: int  # cards of no note


def read_package(path: Path) -> ReadPackage:
    """Return what the package says.

    Raises PackageError if the file is no package, is damaged, or is of the later format that only Anki writes; OSError
    if it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if _COLLECTION not in names or _LATER_COLLECTION in names:
                what = (
                    "Anki's later format" if _LATER_COLLECTION in names else ", ".join(sorted(names)[:3]) or "nothing"
                )
                raise PackageError(f"expected {_COLLECTION} inside, found {what}")
            collection = package.read(_COLLECTION)
            listed = json.loads(package.read("media"))
            media = {name: package.read(number) for number, name in listed.items()}
        return _read_collection(collection, media)
    except DAMAGE as error:
        raise PackageError(f"the package is damaged: {error}") from error


def package_guids(path: Path) -> set[str]:
    """Return the GUIDs of a package's notes, and look at nothing else. Raises as `read_package` does."""
    try:
        with zipfile.ZipFile(path) as package:
            collection = package.read(_COLLECTION)
        with contextlib.closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(collection)
            return {str(guid) for (guid,) in base.execute("SELECT guid FROM notes")}
    except DAMAGE as error:
        raise PackageError(f"the package is damaged: {error}") from error


def _read_collection(data: bytes, media: Mapping[str, bytes]) -> ReadPackage:
    base = sqlite3.connect(":memory:")
    try:
        base.deserialize(data)
        # A damaged page is an error here, not a missing note later.
        (intact,) = base.execute("PRAGMA integrity_check(1)").fetchone()
        if intact != "ok":
            raise PackageError(f"the collection inside is damaged: {intact}")
        models_json, decks_json = base.execute("SELECT models, decks FROM col").fetchone()
        models = {int(key): value for key, value in json.loads(models_json).items()}
        decks = {int(key): value for key, value in json.loads(decks_json).items()}
        cards: dict[int, list[tuple[int, str, int]]] = {}
        for note, deck, place, due in base.execute("SELECT nid, did, ord, due FROM cards ORDER BY nid, ord"):
            cards.setdefault(note, []).append((place, decks[deck]["name"], due))
        notes = tuple(
            _note(models[model], row, tuple(cards.pop(number, ())))
            for number, model, *row in base.execute("SELECT id, mid, guid, mod, tags, flds FROM notes ORDER BY id")
        )
    finally:
        base.close()
    return ReadPackage(
        notes=notes,
        note_types={model["name"]: _note_type(model) for model in models.values()},
        decks={deck["name"]: deck["desc"] for deck in decks.values()},
        media=media,
        loose_cards=sum(map(len, cards.values())),
    )


def _note(model: Mapping[str, Any], row: Sequence[Any], cards: tuple[tuple[int, str, int], ...]) -> PackedNote:
    guid, mod, tags, fields = row
    names = [field["name"] for field in model["flds"]]
    values = fields.split("\x1f")
    if len(names) != len(values):
        raise PackageError(f"note {guid}: expected {len(names)} fields, found {len(values)}")
    named = dict(zip(names, values, strict=True))
    return PackedNote(guid, model["name"], mod, tuple(tags.split()), named, names[model["sortf"]], cards)


def _note_type(model: Mapping[str, Any]) -> PackedNoteType:
    shape = {
        "id": int(model["id"]),
        "fields": [(field["name"], field.get("id")) for field in model["flds"]],
        "templates": [(one["name"], one.get("id"), one["qfmt"], one["afmt"]) for one in model["tmpls"]],
        "css": model["css"],
        "sort": model["sortf"],
    }
    return PackedNoteType(model["name"], model["mod"], shape)
