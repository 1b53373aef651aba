"""The sample course drawn once for all tests of a process: each file's bytes by its part."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pdf_factories import MemoryCache, edition_of
from pdf_samples import PICTURE, picture, sample_course

from pipeline.config import PdfSettings
from pipeline.exporters import Edition
from pipeline.exporters.pdf import PdfExporter
from pipeline.identity import NoteIdentity
from pipeline.notes import notes_of
from pipeline.records import KeyTerm

__all__ = ["SAMPLE_SETTINGS", "draw", "sample_edition", "sample_files"]

SAMPLE_SETTINGS = PdfSettings(school="North Shore Field School", contents_from=5)


def draw(edition: Edition, parts: Sequence[str] = ("handout", "answers", "flashcards")) -> dict[str, bytes]:
    """Return the bytes of each file of an edition with one course, by its part."""
    drawn = {}
    with TemporaryDirectory() as folder:
        for artifact in PdfExporter().artifacts(edition):
            part = artifact.path.removesuffix(".pdf").rpartition("-")[2]
            if part in parts:
                target = Path(folder) / "file.pdf"
                artifact.write(target)
                drawn[part] = target.read_bytes()
    return drawn


def sample_edition(
    records: Sequence[KeyTerm] | None = None,
    *,
    settings: PdfSettings = SAMPLE_SETTINGS,
    cache: MemoryCache | None = None,
    jobs: int = 2,
) -> Edition:
    """Return an edition of the sample course, each of its notes with an id of its own."""
    chosen = sample_course() if records is None else records
    edition = edition_of(chosen, pdf=settings, media={PICTURE: picture()}, cache=cache, jobs=jobs)
    notes = [note for record in chosen for note in notes_of(record)]
    identities = {
        note.ref: NoteIdentity(f"guid{number}", f"card{number:06d}", 0, 100 * number)
        for number, note in enumerate(notes)
    }
    return replace(edition, identities=identities)


@cache
def sample_files() -> Mapping[str, bytes]:
    """Return the files of the sample course."""
    return draw(sample_edition())
