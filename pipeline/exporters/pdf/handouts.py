"""Handout and answers of one course: chunks drawn or taken from the cache, then joined, numbered and indexed."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from pipeline.exporters.pdf.content import label_of
from pipeline.exporters.pdf.digests import digest_of, program_digest, settings_digest
from pipeline.exporters.pdf.drawing import (
    Drawn,
    EndJob,
    FrontJob,
    RecordsJob,
    Row,
    Studio,
    Task,
    TitleBlock,
    anchor_of,
    heading_height,
    paginate,
    saved_media,
    title_height,
    told,
)
from pipeline.exporters.pdf.joining import Furniture, IndexEntry, finish, gathered, index_letter, join, stamp, write
from pipeline.exporters.pdf.kinds import (
    ChunkSize,
    KindPiece,
    SheetPart,
    credits_of,
    cut,
    grouped,
    piece_of,
    print_order,
)
from pipeline.exporters.pdf.languages import prevailing
from pipeline.exporters.pdf.sheet import Sheet
from pipeline.exporters.protocol import CourseEdition, Edition, ExportError
from pipeline.records import Record, Source, dump_record

__all__ = ["SUBTITLES", "Sheets"]

_LOG = logging.getLogger(__name__)

SUBTITLES = {"handout": "Handout", "answers": "Answers"}
# Nothing of where a record was read is printed: it must not cost a new drawing.
_NOWHERE = Source(path="", sha256="", media_type="", encoding="", layout="")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One record as far as the parent process keeps it."""

    record_id: str
    heading: str  # canonical fragment
    label: str  # plain text
    json: str
    media: tuple[str, ...]
    group: str
    entries: tuple[IndexEntry, ...]
    chunk_size: ChunkSize

    @property
    def anchor(self) -> str:
        return anchor_of(self.record_id)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one pass over the records gives."""

    leaves: tuple[_Leaf, ...]
    credits: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """The handout or the answers of one course."""

    part: SheetPart
    course: CourseEdition
    edition: Edition
    studio: Studio
    logo: bytes | None

    def write(self, target: Path) -> None:
        """Write the file to `target`.

        Raises ExportError if a part of it cannot be drawn; what could be drawn is cached all the same.
        """
        settings = self.edition.settings.pdf
        sheet = Sheet.of(settings)
        reading = _read(self.part, self.course, self.edition.settings.language)
        subtitle = SUBTITLES[self.part]
        is_handout = self.part == "handout"
        owed = () if is_handout else reading.credits
        title = TitleBlock(self.course.title, subtitle, settings.school, self.logo, is_handout, owed)
        with_contents = len(reading.leaves) >= settings.contents_from
        base = (program_digest(), settings_digest(settings, self.logo), self.part, reading.language)
        drawn = self.studio.draw(self._tasks(reading, None if with_contents else title, base))
        self._tell(drawn)
        lists = _Lists(self.part, reading, title, sheet, base)
        # How many pages the contents take does not depend on the numbers in them.
        before = len(lists.contents(_numbers(drawn, 0))) if with_contents else 0
        front, end = self._matter(lists, drawn, before, with_contents=with_contents)
        taken = sum(document.pages for document in front)
        if taken != before:
            # It was estimated; a title or a formula took more room than was thought.
            front, end = self._matter(lists, drawn, taken, with_contents=with_contents)
        parts = [*front, *drawn, *end]
        del front, drawn, end  # `join` lets go of each part when it has it
        joined = join(parts)
        furniture = Furniture(self.course.title, self.part, settings.school)
        stamp(joined, sheet, furniture, [(leaf.anchor, leaf.label) for leaf in reading.leaves])
        finish(joined.pdf, f"{self.course.title} – {subtitle}", reading.language)
        write(joined.pdf, target)

    def _matter(
        self, lists: "_Lists", drawn: Sequence[Drawn], before: int, *, with_contents: bool
    ) -> tuple[list[Drawn], list[Drawn]]:
        """Return front and end matter, drawn, with the numbers that pages have behind so many pages."""
        numbers = _numbers(drawn, before)
        front = [lists.front(numbers)] if with_contents else []
        end = [lists.end(numbers)] if self.part == "handout" else []
        matter = self.studio.draw([*front, *end])
        return matter[: len(front)], matter[len(front) :]

    def _tasks(self, reading: _Reading, title: TitleBlock | None, base: tuple[str, ...]) -> list[Task]:
        chunks: list[list[_Leaf]] = [
            chunk
            for size, leaves in groupby(reading.leaves, key=lambda leaf: leaf.chunk_size)
            for chunk in cut(((leaf.record_id, leaf) for leaf in leaves), size)
        ] or [[]]
        tasks = []
        for leaves in chunks:
            key = digest_of("records", *base, [leaf.json for leaf in leaves], title and [title.course, title.credits])
            job = partial(self._job, leaves, reading.language, title)
            tasks.append(Task(key, self._named(leaves), job))
            title = None  # stands on the first page only
        return tasks

    def _job(self, leaves: Sequence[_Leaf], language: str, title: TitleBlock | None) -> RecordsJob:
        names = {name for leaf in leaves for name in leaf.media}
        return RecordsJob(
            self.part,
            Sheet.of(self.edition.settings.pdf),
            language,
            tuple(leaf.json for leaf in leaves),
            saved_media(names, self.edition),
            title,
        )

    def _named(self, leaves: Sequence[_Leaf]) -> str:
        ids = [leaf.record_id for leaf in leaves]
        span = "no records" if not ids else ids[0] if len(ids) == 1 else f"{ids[0]} … {ids[-1]}"
        return f"{self.course.title}, {self.part}: {span}"

    def _tell(self, drawn: Sequence[Drawn]) -> None:
        for odd in told(finding for document in drawn for finding in document.findings):
            _LOG.warning("%s, %s: %s", self.course.title, self.part, odd)


def _read(part: SheetPart, course: CourseEdition, default_language: str) -> _Reading:
    leaves: list[_Leaf] = []
    credits_: dict[str, None] = {}
    languages: list[str] = []
    for record in print_order(course.records):
        piece = _piece(record, course)
        languages.append(record.language)
        credits_.update(dict.fromkeys(credits_of(record)))
        if part == "answers" and not piece.questions(record):
            continue
        heading = piece.heading(record)
        line = dump_record(record.model_copy(update={"source": _NOWHERE}))
        media = tuple(medium.name for medium in record.media)
        entries = tuple(
            IndexEntry(text.html, text.text, anchor_of(record.id, key), is_heading=not key)
            for key, text in piece.index_entries(record)
        )
        group = piece.group(record)
        leaves.append(_Leaf(record.id, heading.html, label_of(heading), line, media, group, entries, piece.chunk_size))
    return _Reading(tuple(leaves), tuple(credits_), prevailing(languages, default_language))


def _piece(record: Record, course: CourseEdition) -> KindPiece:
    try:
        return piece_of(record)
    except LookupError as error:
        raise ExportError(f"{course.title}: {record.id}: {error}") from error


@dataclass(frozen=True, slots=True)
class _Lists:
    """Front matter and end matter: what they are made of, but for the numbers of pages."""

    part: SheetPart
    reading: _Reading
    title: TitleBlock
    sheet: Sheet
    base: tuple[str, ...]

    def contents(self, numbers: Mapping[str, int]) -> list[list[list[Row]]]:
        """Return the contents' rows by page and column."""
        used = title_height(self.sheet, self.title)
        groups = grouped(self.reading.leaves, lambda leaf: leaf.group)
        rows: list[Row] = []
        for name, leaves in groups:
            rows += (Row(name, is_letter=True),) if len(groups) > 1 else ()
            rows += (Row(leaf.heading, leaf.anchor, numbers[leaf.anchor]) for leaf in leaves)
        return paginate(rows, self.sheet, used)

    def front(self, numbers: Mapping[str, int]) -> Task:
        """Return the task of title block and contents."""
        pages = self.contents(numbers)
        job = FrontJob(self.sheet, self.reading.language, self.title, pages)
        return self._task("contents", pages, (), job)

    def end(self, numbers: Mapping[str, int]) -> Task:
        """Return the task of index and credits."""
        rows: list[Row] = []
        entries = gathered(entry for leaf in self.reading.leaves for entry in leaf.entries)
        for letter, group in groupby(entries, key=lambda found: index_letter(found[0].text)):
            rows += (Row(letter, is_letter=True), *(_index_row(found, numbers) for found in group))
        pages = paginate(rows, self.sheet, heading_height(self.sheet))
        job = EndJob(self.sheet, self.reading.language, pages, self.reading.credits)
        return self._task("glossary index", pages, self.reading.credits, job)

    def _task(self, name: str, pages: list[list[list[Row]]], more: tuple[str, ...], job: FrontJob | EndJob) -> Task:
        values = [
            [[[row.heading, row.anchor, row.page, row.more] for row in column] for column in page] for page in pages
        ]
        key = digest_of(name, *self.base, self.title.course, self.title.credits, values, more)
        return Task(key, f"{self.title.course}, {self.part}: {name}", lambda: job)


def _index_row(found: Sequence[IndexEntry], numbers: Mapping[str, int]) -> Row:
    """Return what the index says of one entry: its pages in order, each once."""
    places = {numbers[entry.anchor]: entry.anchor for entry in reversed(found)}
    (first, anchor), *more = sorted(places.items())
    return Row(found[0].html, anchor, first, more=tuple((anchor, page) for page, anchor in more))


def _numbers(drawn: Sequence[Drawn], before: int) -> dict[str, int]:
    """Return the number of the page, from 1, on which each anchor is, with so many pages before the first."""
    numbers = {}
    for document in drawn:
        numbers.update({name: before + page + 1 for name, page in document.anchors.items()})
        before += document.pages
    return numbers
