"""Handout and answers of one course: chunks drawn or taken from the cache, then joined, numbered and indexed."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

from pikepdf import Pdf

from pipeline.exporters.pdf.chunks import cut
from pipeline.exporters.pdf.digests import digest_of, program_digest, settings_digest
from pipeline.exporters.pdf.finishing import finish, stamp
from pipeline.exporters.pdf.indexing import index_order
from pipeline.exporters.pdf.jobs import Drawn, EndJob, Entry, FrontJob, RecordsJob, TitleBlock, anchor_of
from pipeline.exporters.pdf.joining import anchors_of, join
from pipeline.exporters.pdf.kinds import KindPiece, SheetPart, credits_of, piece_of
from pipeline.exporters.pdf.sheet import Sheet
from pipeline.exporters.pdf.studio import Studio, Task
from pipeline.exporters.protocol import CourseEdition, Edition, ExportError
from pipeline.records import KeyTerm, Source, StudyGuide, dump_record

__all__ = ["SUBTITLES", "write_sheets"]

_LOG = logging.getLogger(__name__)

SUBTITLES = {"handout": "Handout", "answers": "Answers"}
# Nothing of where a record was read is printed: it must not cost a new drawing.
_NOWHERE = Source(path="", sha256="", media_type="", encoding="", layout="")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One record as far as the parent process keeps it."""

    record_id: str
    heading: str  # canonical fragment
    name: str  # plain text
    json: str
    media: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return anchor_of(self.record_id)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one pass over the records gives."""

    leaves: tuple[_Leaf, ...]
    credits: tuple[str, ...]
    language: str


def write_sheets(
    part: SheetPart, course: CourseEdition, edition: Edition, studio: Studio, logo: bytes | None, target: Path
) -> None:
    """Write the handout or the answers of one course to `target`.

    Raises ExportError if a part of it cannot be drawn; what could be drawn is cached all the same.
    """
    settings = edition.settings.pdf
    sheet = Sheet.of(settings)
    reading = _read(part, course, edition.settings.language)
    title = TitleBlock(course.title, SUBTITLES[part], settings.school, logo, part == "handout")
    with_contents = len(reading.leaves) >= settings.contents_from
    base = (program_digest(), settings_digest(settings, logo), part, reading.language)
    chunks = list(cut((leaf.record_id, leaf) for leaf in reading.leaves)) or [[]]
    tasks = []
    for number, leaves in enumerate(chunks):
        own_title = title if number == 0 and not with_contents else None
        tasks.append(
            Task(
                key=digest_of("records", *base, [leaf.json for leaf in leaves], own_title and course.title),
                what=_named(course, part, leaves),
                job=partial(_records_job, part, sheet, reading.language, leaves, edition, own_title),
            )
        )
    drawn = studio.draw(tasks)
    _tell(drawn, course, part)
    pages, places = _survey(drawn)
    front, end = _lists(part, reading, title, sheet, base, studio, pages, places, with_contents=with_contents)
    parts = [*front, *(document.pdf for document in drawn), *end]
    joined = join(parts)
    stamp(joined, sheet, course.title, part, settings, [(leaf.anchor, leaf.name) for leaf in reading.leaves])
    finish(joined.pdf, f"{course.title} – {SUBTITLES[part]}", reading.language)
    joined.pdf.save(target, deterministic_id=True, force_version="1.7")


def _read(part: SheetPart, course: CourseEdition, default_language: str) -> _Reading:
    leaves: list[_Leaf] = []
    credits_: dict[str, None] = {}
    languages: Counter[str] = Counter()
    for record in course.records():
        piece = _piece(record, course)
        languages[record.language] += 1
        credits_.update(dict.fromkeys(credits_of(record)))
        if part == "answers" and not piece.questions(record):
            continue
        heading = piece.heading(record)
        line = dump_record(record.model_copy(update={"source": _NOWHERE}))
        media = tuple(medium.name for medium in record.media)
        leaves.append(_Leaf(record.id, heading.html, heading.text, line, media))
    language = min(languages, key=lambda name: (-languages[name], name)) if languages else default_language
    return _Reading(tuple(leaves), tuple(credits_), language)


def _piece(record: KeyTerm | StudyGuide, course: CourseEdition) -> KindPiece:
    try:
        return piece_of(record)
    except LookupError as error:
        raise ExportError(f"{course.title}: {record.id}: {error}") from error


def _records_job(
    part: SheetPart,
    sheet: Sheet,
    language: str,
    leaves: Sequence[_Leaf],
    edition: Edition,
    title: TitleBlock | None,
) -> RecordsJob:
    media = {}
    for name in sorted({name for leaf in leaves for name in leaf.media}):
        try:
            media[name] = edition.media(name)
        except KeyError:
            continue  # the printer shows the alternative text, and says so
    return RecordsJob(part, sheet, language, tuple(leaf.json for leaf in leaves), media, title)


def _named(course: CourseEdition, part: SheetPart, leaves: Sequence[_Leaf]) -> str:
    ids = [leaf.record_id for leaf in leaves]
    span = "no records" if not ids else ids[0] if len(ids) == 1 else f"{ids[0]} … {ids[-1]}"
    return f"{course.title}, {part}: {span}"


def _tell(drawn: Sequence[Drawn], course: CourseEdition, part: SheetPart) -> None:
    for document in drawn:
        for record_id, message in document.findings:
            _LOG.warning("%s, %s: %s: %s", course.title, part, record_id, message)


def _survey(drawn: Sequence[Drawn]) -> tuple[int, dict[str, int]]:
    """Return how many pages the chunks have, and on which of them (from 0) each anchor is."""
    pages = 0
    places: dict[str, int] = {}
    for document in drawn:
        with Pdf.open(BytesIO(document.pdf)) as pdf:
            places.update({name: pages + page for name, page in anchors_of(pdf).items()})
            pages += len(pdf.pages)
    return pages, places


def _lists(
    part: SheetPart,
    reading: _Reading,
    title: TitleBlock,
    sheet: Sheet,
    base: tuple[str, ...],
    studio: Studio,
    pages: int,
    places: dict[str, int],
    *,
    with_contents: bool,
) -> tuple[list[bytes], list[bytes]]:
    """Return the front matter (title and contents) and the end matter (index and credits), drawn.

    How many pages the contents take is only known when they are drawn, and shifts every number in them: they are drawn
    again until the number that was assumed is the one that comes out (it is, at the second try).
    """

    def entries(front: int) -> tuple[Entry, ...]:
        return tuple(Entry(leaf.heading, leaf.anchor, front + places[leaf.anchor] + 1) for leaf in reading.leaves)

    def end_task(front: int) -> Task:
        order = {leaf.anchor: index_order(leaf.name) for leaf in reading.leaves}
        listed = tuple(sorted(entries(front), key=lambda entry: order[entry.anchor])) if part == "handout" else ()
        job = EndJob(sheet, reading.language, listed, reading.credits)
        key = digest_of("end", *base, [(entry.heading, entry.anchor, entry.page) for entry in listed], reading.credits)
        return Task(key, f"{title.course}, {part}: glossary index", lambda: job)

    def front_task(front: int) -> Task:
        job = FrontJob(sheet, reading.language, title, entries(front))
        key = digest_of("front", *base, title.course, [(e.heading, e.anchor, e.page) for e in job.entries])
        return Task(key, f"{title.course}, {part}: contents", lambda: job)

    wants_end = bool(reading.credits) or part == "handout"
    assumed = 1 + len(reading.leaves) // 80 if with_contents else 0
    while True:
        tasks = [front_task(assumed)] if with_contents else []
        tasks += [end_task(assumed)] if wants_end else []
        drawn = [document.pdf for document in studio.draw(tasks)]
        front = drawn[:1] if with_contents else []
        actual = _pages(front[0]) if front else 0
        if actual == assumed:
            return front, drawn[len(front) :]
        assumed = actual


def _pages(pdf: bytes) -> int:
    with Pdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)
