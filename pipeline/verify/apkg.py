"""Reads an .apkg with nothing but zip and SQLite, a note at a time: what is in it, not what it was made from."""

import contextlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tempfile import _TemporaryFileWrapper

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
_BLOCK: Final = 1 << 20
_NOTES: Final = "SELECT id, guid, mid, mod, tags, flds, usn, sfld, csum, flags, data FROM notes"
_CARDS: Final = (
    "SELECT nid, ord, did, due, mod, usn, type, queue, ivl, factor, reps, lapses, left, odue, odid, flags, data"
    " FROM cards"
)

Row = tuple[Any, ...]  # as the table has it, its own id or its note's first


class PackageError(Exception):
    """A file that is no package, or none that this program writes."""


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note as a package has it."""

    number: int
    guid: str
    note_type: str
    mod: int
    tags: tuple[str, ...]
    fields: Mapping[str, str]
    front: str  # the name of the sort field
    cards: tuple[tuple[int, str, int], ...]  # place of the template, deck, due; by place


@dataclass(frozen=True, slots=True)
class PackedNoteType:
    """A note type as a package has it: `shape` is what Anki tells it from another by, `mod` left out."""

    name: str
    mod: int
    shape: Mapping[str, Any]


class ReadPackage:
    """A package that is open, read as far as it is asked; each method raises PackageError where it is damaged."""

    def __init__(self, package: zipfile.ZipFile, base: sqlite3.Connection, media: Mapping[str, str]) -> None:
        self._package = package
        self._base = base
        self._indexed = False
        # A damaged page is an error here, not a missing note later.
        (intact,) = base.execute("PRAGMA integrity_check(1)").fetchone()
        if intact != "ok":
            raise PackageError(f"the collection inside is damaged: {intact}")
        self.entries = tuple(info.filename for info in package.infolist())
        self.media = media  # entry -> name
        self.schema = [sql for (sql,) in base.execute("SELECT sql FROM sqlite_master ORDER BY name")]
        found = base.execute("SELECT * FROM col")
        names = [column[0] for column in found.description]
        self.head: Mapping[str, Any] = dict(zip(names, found.fetchone(), strict=True))
        self.models: Mapping[int, Any] = {int(key): one for key, one in json.loads(self.head["models"]).items()}
        self.note_types = {one["name"]: _note_type(one) for one in self.models.values()}
        self.decks: Mapping[str, Any] = json.loads(self.head["decks"])  # id -> all that is said of it
        self.deck_names = {int(key): str(one["name"]) for key, one in self.decks.items()}
        base.execute("CREATE INDEX cards_by_note ON cards (nid, ord)")

    def count(self, what: str) -> int:
        """Return a number: `what` is SQL that counts."""
        with _damage_told():
            (number,) = self._base.execute(what).fetchone()
            return int(number)

    def repeated(self) -> list[str]:
        """Return the GUIDs that several notes have."""
        self._index()
        with _damage_told():
            return [guid for (guid,) in self._base.execute("SELECT guid FROM notes GROUP BY guid HAVING count(*) > 1")]

    def rows(self) -> Iterator[tuple[Row, tuple[Row, ...]]]:
        """Yield each note, by id, with its cards by the places of their templates."""
        with _damage_told():
            cards = groupby(self._base.execute(f"{_CARDS} ORDER BY nid, ord"), key=itemgetter(0))
            of, group = next(cards, (None, iter(())))
            for note in self._base.execute(f"{_NOTES} ORDER BY id"):
                while of is not None and of < note[0]:
                    of, group = next(cards, (None, iter(())))
                yield note, tuple(group) if of == note[0] else ()

    def notes(self) -> Iterator[PackedNote]:
        """Yield each note, by id; a GUID may stand twice."""
        for note, cards in self.rows():
            yield self._packed(note, cards)

    def note(self, guid: str) -> PackedNote | None:
        """Return the first note with this GUID."""
        self._index()
        with _damage_told():
            note = self._base.execute(f"{_NOTES} WHERE guid = ? ORDER BY id LIMIT 1", (guid,)).fetchone()
            if note is None:
                return None
            return self._packed(note, self._base.execute(f"{_CARDS} WHERE nid = ? ORDER BY ord", note[:1]))

    def _index(self) -> None:
        if not self._indexed:
            with _damage_told():
                self._base.execute("CREATE INDEX notes_by_guid ON notes (guid)")
            self._indexed = True

    def _packed(self, row: Sequence[Any], cards: Iterator[Row] | Sequence[Row]) -> PackedNote:
        with _damage_told():
            number, guid, model_id, mod, tags, fields = row[:6]
            model = self.models[model_id]
            names = [field["name"] for field in model["flds"]]
            values = fields.split("\x1f")
            if len(names) != len(values):
                raise PackageError(f"note {guid}: expected {len(names)} fields, found {len(values)}")
            placed = tuple((place, self.deck_names[deck], due) for _, place, deck, due, *_ in cards)
            named = dict(zip(names, values, strict=True))
            return PackedNote(
                number, guid, model["name"], mod, tuple(tags.split()), named, names[model["sortf"]], placed
            )

    def picture(self, entry: str) -> bytes:
        """Return the bytes of an entry of the zip."""
        with _damage_told():
            return self._package.read(entry)


@contextlib.contextmanager
def read_package(path: Path, scratch: Path | None = None) -> Iterator[ReadPackage]:
    """Open a package; its collection is unpacked into a folder below `scratch` (None: the system's) for as long.

    Raises PackageError if the file is no package, is damaged, or is of the later format that only Anki writes; OSError
    if it cannot be read.
    """
    with contextlib.ExitStack() as kept:
        with _damage_told():
            package = kept.enter_context(zipfile.ZipFile(path))
            unpacked = kept.enter_context(NamedTemporaryFile(dir=scratch))
            base = kept.enter_context(contextlib.closing(_unpacked(package, unpacked)))
            opened = ReadPackage(package, base, json.loads(package.read("media")))
        yield opened


def package_guids(path: Path) -> set[str]:
    """Return the GUIDs of a package's notes. Raises as `read_package` does."""
    with read_package(path) as package:
        return {str(note[1]) for note, _ in package.rows()}


def _unpacked(package: zipfile.ZipFile, target: "_TemporaryFileWrapper[bytes]") -> sqlite3.Connection:
    names = set(package.namelist())
    if _COLLECTION not in names or _LATER_COLLECTION in names:
        what = "Anki's later format" if _LATER_COLLECTION in names else ", ".join(sorted(names)[:3]) or "nothing"
        raise PackageError(f"expected {_COLLECTION} inside, found {what}")
    with package.open(_COLLECTION) as source:
        copyfileobj(source, target, _BLOCK)
    target.flush()
    base = sqlite3.connect(target.name, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "trusted_schema = OFF", "cache_size = -16000"):
        base.execute(f"PRAGMA {pragma}")
    return base


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except PackageError:
        raise
    except DAMAGE as error:
        raise PackageError(f"the package is damaged: {error}") from error


def _note_type(model: Mapping[str, Any]) -> PackedNoteType:
    shape = {
        "id": int(model["id"]),
        "fields": [(field["name"], field.get("id")) for field in model["flds"]],
        "templates": [(one["name"], one.get("id"), one["qfmt"], one["afmt"]) for one in model["tmpls"]],
        "css": model["css"],
        "sort": model["sortf"],
    }
    return PackedNoteType(model["name"], model["mod"], shape)
