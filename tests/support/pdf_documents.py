"""The sample course drawn once for all tests of a process: each file's bytes by its part."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pdf_factories import MemoryCache, edition_of
from pdf_samples import PICTURE, picture, sample_course
from pipeline.config import PdfPart, PdfSettings
from pipeline.exporters import Edition
from pipeline.exporters.pdf import PdfExporter
from pipeline.identity import NoteIdentity
from pipeline.notes import notes_of
from pipeline.records import KeyTerm
from pipeline.verify import Proven
from pipeline.verify.pdf.check import verify

__all__ = ["SAMPLE_SETTINGS", "draw", "found_differences", "sample_edition", "sample_files", "with_ids", "written"]

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
    return with_ids(edition_of(chosen, pdf=settings, media={PICTURE: picture()}, cache=cache, jobs=jobs))


def with_ids(edition: Edition) -> Edition:
    """Return the edition with an id for each of its notes."""
    notes = [note for course in edition.courses for record in course.records() for note in notes_of(record)]
    identities = {
        note.ref: NoteIdentity(f"guid{number}", f"card{number:06d}", 0, 100 * number)
        for number, note in enumerate(notes)
    }
    return replace(edition, courses=[replace(course, identities=lambda: identities) for course in edition.courses])


def written(folder: Path, edition: Edition, part: PdfPart) -> Path:
    """Return the file of that part of the edition's one course, written into a folder."""
    artifact = next(item for item in PdfExporter().artifacts(edition) if item.path.endswith(f"-{part}.pdf"))
    target = folder / Path(artifact.path).name
    artifact.write(target)
    return target


def found_differences(path: Path, edition: Edition) -> list[str]:
    """Return what verification says of a file of the edition."""
    return [difference.message for difference in verify(path, f"pdf/{path.name}", edition, Proven())]


@cache
def sample_files() -> Mapping[str, bytes]:
    """Return the files of the sample course."""
    return draw(sample_edition())
