"""The exporter: which files a course gives, what each depends on, and who writes it."""

from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.config import PdfPart
from pipeline.exporters.pdf.digests import digest_of, program_digest, settings_digest
from pipeline.exporters.protocol import Artifact, CourseEdition, Edition, ExportError

if TYPE_CHECKING:
    from pipeline.exporters.pdf.drawing import Studio

__all__ = ["PdfExporter"]

_ORDER: Final[tuple[PdfPart, ...]] = ("handout", "answers", "flashcards")


class PdfExporter:
    """Handout, answers and flashcards of each course."""

    name = "pdf"

    def artifacts(self, edition: Edition) -> Iterator[Artifact]:
        """Yield `pdf/<course>-<part>.pdf` for each course and each of `pdf.parts`.

        Raises ExportError (exit code 2) if the logo cannot be read.
        """
        settings = edition.settings.pdf
        logo = _read_logo(settings.logo)
        common = (program_digest(), settings_digest(settings, logo), edition.settings.language)
        press = _Press(edition, logo)
        for course in edition.courses:
            for part in _ORDER:
                if part not in settings.parts:
                    continue
                cards = [press.card_ids(course), edition.settings.anki.notes] if part == "flashcards" else []
                yield Artifact(
                    path=f"pdf/{course.slug}-{part}.pdf",
                    digest=digest_of(part, course.slug, course.title, course.digest, cards, *common),
                    write=partial(press.write, part, course),
                )


class _Press:
    """Writes the files of one edition; its drawing processes are started by the first that has to be drawn."""

    def __init__(self, edition: Edition, logo: bytes | None) -> None:
        self._edition = edition
        self._logo = logo

    def card_ids(self, course: CourseEdition) -> list[list[str]]:
        """Return what the flashcards take from the lock: the notes of the course and their short ids."""
        return [entry for record in course.records() for entry in self._card_ids.get(record.id, ())]

    @cached_property
    def _card_ids(self) -> dict[str, list[list[str]]]:
        by_record: dict[str, list[list[str]]] = {}
        for ref, identity in sorted(self._edition.identities.items()):
            by_record.setdefault(ref.record_id, []).append([*ref, identity.short_id])
        return by_record

    def write(self, part: PdfPart, course: CourseEdition, target: Path) -> None:
        """Write one file. Raises NotHereError if no PDF can be made here."""
        studio = self._studio
        # Imported when a file has to be made: a run that changes nothing needs none of it.
        from pipeline.exporters.pdf.flashcards import write_flashcards
        from pipeline.exporters.pdf.handouts import Sheets

        if part == "flashcards":
            write_flashcards(course, self._edition, studio, target)
        else:
            Sheets(part, course, self._edition, studio, self._logo).write(target)

    @cached_property
    def _studio(self) -> "Studio":
        from pipeline.exporters.pdf.drawing import LOST, ProcessWorkforce, Studio

        edition, limits = self._edition, self._edition.settings.pdf
        local = partial(ProcessWorkforce, seconds=limits.seconds, memory_mb=limits.memory_mb)
        if edition.elsewhere:
            workforce = edition.elsewhere(local, LOST)
        else:
            workforce = local(edition.settings.workers, scratch=edition.scratch)
        return Studio(edition.cache, workforce, f"{limits.seconds:g} s, {limits.memory_mb} MB")


def _read_logo(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise ExportError(
            f"the logo cannot be read: {error}", hint="`pdf.logo` names a PNG or JPEG file", exit_code=2
        ) from error
