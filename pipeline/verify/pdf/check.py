"""Handouts, answers and flashcards read back: what the records say is there, in order, and nothing else."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pipeline.config import PdfPart
from pipeline.exporters import CourseEdition, Edition
from pipeline.exporters.pdf import cards_of
from pipeline.verify.difference import Difference
from pipeline.verify.pdf.cards import card_differences
from pipeline.verify.pdf.matching import Matcher
from pipeline.verify.pdf.reading import UnreadableError, opened
from pipeline.verify.pdf.sheets import sheet_differences
from pipeline.verify.pdf.speech import Known
from pipeline.verify.proven import Proven

__all__ = ["verify"]

_PARTS: Final[Mapping[str, PdfPart]] = MappingProxyType(
    {"handout": "handout", "answers": "answers", "flashcards": "flashcards"}
)


def verify(path: Path, artifact: str, edition: Edition, _proven: Proven) -> Iterator[Difference]:
    """Yield every difference between the PDF at `path` and the records of its course.

    `artifact` is `pdf/<course>-<part>.pdf`. A file that cannot be read is a difference too.
    """
    name = artifact.removeprefix("pdf/").removesuffix(".pdf")
    slug, _, last = name.rpartition("-")
    part = _PARTS.get(last)
    course = edition.course(slug)
    if course is None or part is None:
        yield Difference(artifact, "no course of this build has such a file", hint="`guidepress all` removes it")
        return
    try:
        for record_id, message in _differences(path, edition, course, part):
            yield Difference(artifact, message, record_id, "`guidepress export pdf` makes it again")
    except UnreadableError as error:
        yield Difference(artifact, f"it cannot be read as a PDF: {error}", hint="delete it, then `guidepress all`")


def _differences(
    path: Path, edition: Edition, course: CourseEdition, part: PdfPart
) -> Iterator[tuple[str | None, str]]:
    matcher = Matcher(Known(edition.media))
    with opened(path) as file:
        if part == "flashcards":
            yield from card_differences(file, list(cards_of(course, edition)), matcher)
        else:
            yield from sheet_differences(file, edition, course, part, matcher)
