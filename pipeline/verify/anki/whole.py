"""What a package holds besides its courses' notes: tables, note types, decks, pictures, and notes of nobody."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pipeline.exporters import Edition
from pipeline.exporters.anki import NOTE_TYPES, empty_head, models
from pipeline.verify.anki.copies import Copy
from pipeline.verify.anki.course import CourseComparison
from pipeline.verify.anki.found import Found, short
from pipeline.verify.apkg import ReadPackage

__all__ = ["WholeComparison"]

# What a package that was just made has none of: SQL that counts it.
_NONE_OF: Final = {
    "cards are of no note": "SELECT count(*) FROM cards WHERE nid NOT IN (SELECT id FROM notes)",
    "cards are not named by their notes, or have another `mod`": (
        "SELECT count(*) FROM cards JOIN notes ON notes.id = nid WHERE cards.id != nid + ord OR cards.mod != notes.mod"
    ),
    "cards are not as new ones are": (
        "SELECT count(*) FROM cards WHERE usn != -1 OR data != '' OR (type, queue, ivl, factor) != (0, 0, 0, 0)"
        " OR (reps, lapses, left, odue, odid, flags) != (0, 0, 0, 0, 0, 0)"
    ),
    "notes hold something besides their fields": (
        "SELECT count(*) FROM notes WHERE usn != -1 OR (sfld, csum, flags, data) != ('', 0, 0, '')"
    ),
    "reviews are in it": "SELECT count(*) FROM revlog",
    "deletions are in it": "SELECT count(*) FROM graves",
}


class WholeComparison:
    """Compares a package, once its courses were compared one by one."""

    def __init__(self, package: ReadPackage, edition: Edition) -> None:
        self._package = package
        self._edition = edition
        self._empty, self._schema = empty_head()
        self._decks: dict[str, Any] = json.loads(self._empty["decks"])
        self._media: set[str] = set()
        self._claimed: set[int] = set()  # notes that were compared with the records
        self._copied = 0
        self._copied_decks: set[str] = set()

    def take(self, course: CourseComparison) -> None:
        """Take into account what was found of a course."""
        self._decks.update(course.decks)
        self._media |= course.media
        self._claimed |= course.claimed

    def take_copy(self, copy: Copy) -> None:
        """Take into account a course that is as it is in its own package."""
        self._decks.update(copy.decks)
        self._media |= copy.media
        self._copied += copy.notes
        self._copied_decks |= copy.decks.keys()

    def head(self) -> Iterator[Found]:
        """Yield what differs of tables and note types, and whatever no package of ours has."""
        package = self._package
        if package.schema != self._schema:
            yield "it has other tables than a collection of ours", None
        for name, value in self._empty.items():
            if name not in ("models", "decks", "id") and package.head.get(name) != value:
                yield f"the collection's {name!r} is {short(package.head.get(name))}, not {short(value)}", None
        yield from self._note_types()
        for guid in package.repeated():
            yield f"two notes have the GUID {guid}", None
        for what, counted in _NONE_OF.items():
            if number := package.count(counted):
                yield f"{number} {what}", None

    def _note_types(self) -> Iterator[Found]:
        found_types, mods = self._package.note_types, self._edition.note_type_mods
        expected = {note_type.name: note_type for note_type in NOTE_TYPES.values()}
        if found_types.keys() != expected.keys():
            yield f"expected the note types {sorted(expected)}, found {sorted(found_types)}", None
            return
        described = {int(number): one for number, one in models(mods).items()}
        for name, note_type in expected.items():
            found = found_types[name]
            if found.shape != note_type.shape():
                yield f"the note type {name!r} has other fields, templates or CSS", None
            elif found.mod != mods[name]:
                yield f"the note type {name!r} has the `mod` {found.mod}, not the lock's", None
            elif self._package.models.get(note_type.id) != described[note_type.id]:
                yield f"the note type {name!r} has other options", None

    def rest(self) -> Iterator[Found]:
        """Yield what differs of decks and pictures, and what is of no course."""
        yield from self._deck_differences()
        if self._package.count("SELECT count(*) FROM notes") != self._copied + len(self._claimed):
            yield from self._foreign()
        yield from self._pictures()

    def _deck_differences(self) -> Iterator[Found]:
        found = self._package.decks
        for number in sorted(self._decks.keys() | found.keys()):
            expected, read = self._decks.get(number), found.get(number)
            if expected and (read is None or read["name"] != expected["name"]):
                yield f"the deck {expected['name']!r} is missing", None
            elif expected is None:
                yield f"the deck {short(read)} is of no course", None
            elif read != expected:
                yield f"the deck {expected['name']!r} has another description, or other options", None

    def _foreign(self) -> Iterator[Found]:
        for note, cards in self._package.rows():
            is_copied = bool(cards) and str(cards[0][2]) in self._copied_decks
            if not is_copied and note[0] not in self._claimed:
                yield f"note {note[1]} is of no record of this build", None

    def _pictures(self) -> Iterator[Found]:
        entries = ["collection.anki2", *self._package.media, "media"]
        for entry in sorted({*self._package.entries} - {*entries}):
            yield f"{short(entry)} is in the package, and of no use there", None
        for name in sorted(self._media - {*self._package.media.values()}):
            yield f"the picture {name} is missing", None
        for entry, name in self._package.media.items():
            if name not in self._media:
                yield f"the picture {name} is shown by no note", None
            elif not hashlib.sha256(self._package.picture(entry)).hexdigest().startswith(Path(name).stem):
                yield f"the picture {name} has other bytes", None  # than those that its name is made from
