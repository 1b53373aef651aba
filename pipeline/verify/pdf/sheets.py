"""A handout or the answers against a course: title and lists, the records one by one, and nothing else."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.exporters import CourseEdition, Edition
from pipeline.exporters.pdf import credits_of, label_of, piece_of
from pipeline.exporters.pdf.joining import IndexEntry, gathered, index_letter
from pipeline.exporters.pdf.kinds import Passage, SheetPart, grouped, print_order
from pipeline.records import Record, RichText
from pipeline.verify.pdf.equality import Said
from pipeline.verify.pdf.matching import Compared, Matcher, quoted
from pipeline.verify.pdf.reading import Bookmark, Node, PrintedFile
from pipeline.verify.pdf.speech import LOGO

__all__ = ["sheet_differences"]

_RECORD = "Sect"
_INDEX = "Glossary index"
_SUBTITLES = {"handout": "Handout", "answers": "Answers"}

Found = tuple[str | None, str]  # record id, what differs


@dataclass(slots=True)
class _Listed:
    """What contents, index and credits are to say, gathered from the records."""

    rows: list[tuple[str, RichText, int]] = field(default_factory=list)  # group, heading, page
    entries: list[IndexEntry] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)  # of each entry's place, by a name for it
    credits: dict[str, None] = field(default_factory=dict)


def sheet_differences(
    file: PrintedFile, edition: Edition, course: CourseEdition, part: SheetPart, matcher: Matcher
) -> Iterator[Found]:
    """Yield everything in which the file is not just what the course's records give."""
    sheets = _Sheets(file, edition, course, part, matcher)
    yield from sheets.differences()


class _Sheets:
    def __init__(
        self, file: PrintedFile, edition: Edition, course: CourseEdition, part: SheetPart, matcher: Matcher
    ) -> None:
        self._file = file
        self._edition = edition
        self._course = course
        self._part: SheetPart = part
        self._matcher = matcher
        self._listed = _Listed()
        self._front: list[Said] = []
        self._end: list[Said] = []

    def differences(self) -> Iterator[Found]:
        sections = self._sections()
        yield from self._records(sections)
        for _ in sections:
            pass
        lists = self._matcher.of_lists()
        for message in lists.differences(self._front_passages(), self._front):
            yield None, f"title or contents: {message}"
        for message in lists.differences(list(self._end_passages()), self._end):
            yield None, f"index or credits: {message}"
        for page, text in self._file.astray():
            yield None, f"{quoted(text)}, on page {page + 1}, belongs to nothing"

    def _sections(self) -> Iterator[Node]:
        """Yield the records' sections; what stands before the first and behind the last is kept aside."""
        aside = self._front
        for node in self._file.nodes():
            if node.kind == _RECORD:
                aside = self._end
                yield node
            else:
                aside += node.said()

    def _records(self, sections: Iterator[Node]) -> Generator[Found, None, None]:
        marks = list(self._file.bookmarks)
        if self._part == "handout" and self._course.count >= self._edition.settings.pdf.contents_from:
            if marks and marks[-1].title == _INDEX:
                marks.pop()
            else:
                yield None, f"the bookmark {quoted(_INDEX)} is missing"
        at = 0
        for record in print_order(self._course.records):
            self._listed.credits.update(dict.fromkeys(credits_of(record)))
            piece = piece_of(record)
            if self._part == "answers" and not piece.questions(record):
                continue
            label = label_of(piece.heading(record))
            place = next((place for place in range(at, len(marks)) if marks[place].title == label), None)
            if place is None:
                yield record.id, f"no bookmark {quoted(label)} stands in its place: the record is not in the file"
                continue
            for mark in marks[at:place]:
                yield from self._too_much(mark, next(sections, None))
            at = place + 1
            yield from self._record(record, marks[place], next(sections, None))
        for mark in marks[at:]:
            yield from self._too_much(mark, next(sections, None))
        for section in sections:
            yield None, f"{_beginning(section)} is no record of this course, and has no bookmark"

    def _too_much(self, mark: Bookmark, section: Node | None) -> Iterator[Found]:
        where = f" ({_beginning(section)})" if section else ""
        yield None, f"the bookmark {quoted(mark.title)} stands there{where}, where no record of this course is to be"

    def _record(self, record: Record, mark: Bookmark, section: Node | None) -> Iterator[Found]:
        if section is None:
            yield record.id, "it has a bookmark, but no text"
            return
        if mark.page != section.page:
            yield record.id, f"its bookmark does not lead to page {section.page + 1}, where it begins"
        piece = piece_of(record)
        passages = [passage for passage in piece.passages(record, self._part) if passage]
        compared = self._matcher.compared(passages, section.said())
        for message in compared.differences():
            yield record.id, message
        self._list(record, passages, section.page, compared)

    def _list(self, record: Record, passages: list[Passage], page: int, compared: Compared) -> None:
        """Note what contents and index have to say of a record that is printed."""
        piece = piece_of(record)
        self._listed.rows.append((piece.group(record), piece.heading(record), page))
        if self._part == "answers":
            return
        places = dict(piece.index_entries(record))
        pages = {"": page}
        if len(places) > 1:
            starts = {id(passage): start for passage, start in zip(passages, compared.starts(), strict=True)}
            pages |= {key: compared.text.page_at(starts.get(id(text), 0)) for key, text in places.items() if key}
        for key, text in places.items():
            name = f"{record.id}#{key}"
            self._listed.entries.append(IndexEntry(text.html, text.text, name, is_heading=not key))
            self._listed.pages[name] = pages[key]

    def _front_passages(self) -> list[Passage]:
        settings = self._edition.settings.pdf
        logo = [f'<img src="{LOGO}" alt="{settings.school or "logo"}">'] if settings.logo else []
        passages: list[Passage] = [
            *(RichText(html=picture, text="") for picture in logo),
            settings.school,
            self._course.title,
            _SUBTITLES[self._part],
            *(self._listed.credits if self._part == "answers" else ("Name", "Date")),
        ]
        if len(self._listed.rows) >= settings.contents_from:
            passages.append("Contents")
            groups = grouped(self._listed.rows, lambda row: row[0])
            for name, rows in groups:
                passages += [name] if len(groups) > 1 else []
                for _, heading, page in rows:
                    passages += [heading, str(page + 1)]
        return passages

    def _end_passages(self) -> Iterator[Passage]:
        if self._part == "answers":
            return
        with_index = len(self._listed.rows) >= self._edition.settings.pdf.contents_from
        found = gathered(self._listed.entries) if with_index else []
        if found:
            yield _INDEX
        for letter, group in groupby(found, key=lambda entries: index_letter(entries[0].text)):
            yield letter
            for entries in group:
                yield RichText(html=entries[0].html, text=entries[0].text)
                pages = sorted({self._listed.pages[entry.anchor] for entry in entries})
                yield ", ".join(str(page + 1) for page in pages)
        if self._listed.credits:
            yield "Sources and notices"
            yield from self._listed.credits


def _beginning(section: Node) -> str:
    return quoted(" ".join(said.text for said in section.said()[:6]))
