"""The notes of decks that were made once: an .apkg, or the build folder that holds one."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pipeline.config import SurroundingsError
from pipeline.stages.comparing.known import KnownNote, field_text, said
from pipeline.verify import PackageError, PackedNote, read_package

__all__ = ["PackedTexts", "package_in", "packed_notes"]

ALL: Final = "all.apkg"


def package_in(folder: Path) -> Path | None:
    """Return the package of all decks in a build folder or its `anki` folder, if there is one."""
    return next((path for path in (folder / "anki" / ALL, folder / ALL) if path.is_file()), None)


def packed_notes(path: Path) -> dict[str, KnownNote]:
    """Return the notes of a package by GUID. Raises SurroundingsError if it is none, or not one of ours."""
    try:
        with read_package(path) as package:
            return {note.guid: _known(note) for note in package.notes()}
    except (PackageError, OSError) as error:
        hint = "give a build folder, an .apkg that guidepress wrote, or a cards.lock"
        raise SurroundingsError(str(error), where=str(path), hint=hint) from error


def _known(note: PackedNote) -> KnownNote:
    identity_text, text = said(note.note_type, note.fields)
    return KnownNote(
        guid=note.guid,
        note_type=note.note_type,
        record_id=field_text(note.fields.get("Record id", "")),
        identity_text=identity_text,
        text=text,
        mod=note.mod,
        deck=note.cards[0][1] if note.cards else "",
        fields=note.fields,
    )


class PackedTexts:
    """What notes of a lock say in full, from the decks of a build, which are read when the first is asked for."""

    def __init__(self, build: Path) -> None:
        self._build = build

    def fields_of(self, note: KnownNote) -> Mapping[str, str] | None:
        """Return the note's fields, if the decks have it as the lock knows it: another state has another `mod`."""
        packed = self._notes.get(note.guid)
        return packed.fields if packed and packed.mod == note.mod else None

    @functools.cached_property
    def _notes(self) -> Mapping[str, KnownNote]:
        path = package_in(self._build)
        try:
            return packed_notes(path) if path else {}
        except SurroundingsError:
            return {}  # damaged decks say nothing; the next export makes them anew
