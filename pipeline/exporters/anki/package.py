"""Writes an .apkg: a course's rows into a collection, and the zip around it.

The zip's entries have a fixed order, one fixed date, and are deflated: genanki's have none of this.
"""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Final

from pipeline.exporters.anki.collection import Collection, compact, full_disk_told
from pipeline.exporters.anki.decks import CourseDeck
from pipeline.exporters.anki.draft import Batch, Draft
from pipeline.exporters.anki.making import batches
from pipeline.exporters.protocol import Edition, ExportError

__all__ = ["COLLECTION", "MEDIA", "write_batches", "write_package", "write_zip"]

COLLECTION: Final = "collection.anki2"
MEDIA: Final = "media"
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_BLOCK: Final = 1 << 20


def write_package(path: Path, deck: CourseDeck, edition: Edition) -> None:
    """Write the package of a course's deck to `path`.

    Raises RefusalError if two notes share a GUID, a note has no card or a card no front, and ExportError if a picture
    is missing; what is then at `path` is no package.
    """
    write_batches(path, deck, batches(deck, edition), edition)


def write_batches(path: Path, deck: CourseDeck, given: Iterable[Batch], edition: Edition) -> None:
    """Write the package of a deck whose rows are given. Raises as `write_package` does."""
    with TemporaryDirectory(dir=edition.scratch) as scratch:
        collection = Path(scratch) / COLLECTION
        with full_disk_told(), closing(Draft(Path(scratch), deck)) as draft, Collection(collection) as filled:
            draft.add(given)
            filled.add_notes(draft.notes(), draft.cards())
            filled.add_decks(draft.decks)
            filled.finish(edition.note_type_mods)
        write_zip(path, collection, draft.media, edition.media)


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
