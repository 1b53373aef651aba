"""Handouts, answers and flashcards read back: every word of every record is there, in order."""

import html
from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pypdfium2 import PdfiumError

from pipeline.config import PdfPart
from pipeline.exporters import CourseEdition, Edition
from pipeline.exporters.pdf import Card, cards_of, credits_of, halves, piece_of
from pipeline.exporters.pdf.kinds import SheetPart
from pipeline.exporters.pdf.ordering import print_order
from pipeline.records import KeyTerm, RichText, StudyGuide
from pipeline.verify.difference import Difference
from pipeline.verify.pdf_equality import PrintedText, spoken
from pipeline.verify.pdf_reading import Bookmark, PrintedPage, read_pdf

__all__ = ["verify", "verify_pdf"]

# Characters that our own headings and numbers may put between two texts of a record ("Also found in", "Question").
_FURNITURE: Final = 60
_CALIBRATION_PAGES: Final = 2
_PARTS: Final[Mapping[str, PdfPart]] = MappingProxyType(
    {"handout": "handout", "answers": "answers", "flashcards": "flashcards"}
)
# A text on cards is halved at most so often: 400 words make four cards, 16,000 words a few hundred.
_MOST_HALVINGS: Final = 14


def verify(path: Path, artifact: str, edition: Edition) -> Iterator[Difference]:
    """Yield every difference between the PDF at `path` and the records of its course.

    `artifact` is `pdf/<course>-<part>.pdf`. A file that cannot be read is a difference too.
    """
    name = artifact.removeprefix("pdf/").removesuffix(".pdf")
    slug, _, last = name.rpartition("-")
    part = _PARTS.get(last)
    course = next((course for course in edition.courses if course.slug == slug), None)
    if course is None or part is None:
        yield Difference(artifact, "no course of this build has such a file", hint="`guidepress all` removes it")
        return
    try:
        for record_id, message in verify_pdf(path, edition, course, part):
            yield Difference(artifact, message, record_id, "`guidepress export pdf` makes it again")
    except (PdfiumError, OSError) as error:
        yield Difference(artifact, f"it cannot be read as a PDF: {error}", hint="delete it, then `guidepress all`")


def verify_pdf(path: Path, edition: Edition, course: CourseEdition, part: PdfPart) -> Iterator[tuple[str | None, str]]:
    """Yield (record id, what is missing) for everything of the course that this part should say and does not.

    Raises pypdfium2.PdfiumError if the file is no PDF.
    """
    pages, bookmarks = read_pdf(path)
    if part == "flashcards":
        yield from _cards(pages, list(cards_of(course, edition)))
    else:
        yield from _sheets(pages, bookmarks, course, part)


def _sheets(
    pages: Sequence[PrintedPage], bookmarks: Sequence[Bookmark], course: CourseEdition, part: SheetPart
) -> Iterator[tuple[str | None, str]]:
    text, page_starts = _joined(pages)
    credits_: dict[str, None] = {}
    places = iter(bookmarks)
    position = 0
    for record in print_order(course.records):
        credits_.update(dict.fromkeys(credits_of(record)))
        piece = piece_of(record)
        if part == "answers" and not piece.questions(record):
            continue
        bookmark = next(places, None)
        if bookmark is None or bookmark.page is None:
            yield record.id, "it has no bookmark that leads to a page"
            continue
        begin = max(position, page_starts[bookmark.page])
        within = page_starts[bookmark.page + 1] - begin
        position = yield from _record(text, record, list(piece.passages(record, part)), begin, within)
    for line in credits_:
        # On the handout's last page; below the title of the answers.
        if text.find(line, position if part == "handout" else 0, len(text)) is None:
            yield None, f"the line {_quoted(line)} is not found"


def _record(
    text: PrintedText, record: KeyTerm | StudyGuide, passages: Sequence[RichText], begin: int, within: int
) -> Generator[tuple[str | None, str], None, int]:
    """Yield what is missing of one record; return where the record ends."""
    position = begin
    for passage in passages:
        said = spoken(passage.html)
        if not said.strip():
            continue
        found = text.find(said, position, within)
        if found is None:
            yield record.id, f"the text {_quoted(said)} is not found in its place"
            within += len(said) + _FURNITURE
        else:
            position, within = found[1], _FURNITURE
    return position


def _joined(pages: Sequence[PrintedPage]) -> tuple[PrintedText, list[int]]:
    """Return the text of the pages, and where each page begins in it (and one more: where it ends)."""
    text = PrintedText([run for page in pages for run in page.runs])
    runs = [0, *accumulate(len(page.runs) for page in pages)]
    return text, [text.starts[run] for run in runs]


def _cards(pages: Sequence[PrintedPage], cards: Sequence[Card]) -> Iterator[tuple[str | None, str]]:
    sheets = pages[:-_CALIBRATION_PAGES]
    for side, first in (("front", 0), ("back", 1)):
        text, _ = _joined(sheets[first::2])
        position = 0
        for card in cards:
            fragment = card.front if side == "front" else card.back
            end = _card_end(text, fragment, position)
            if end is None:
                yield card.record_id, f"the {side} of a card, {_quoted(spoken(fragment))}, is not found in its place"
                continue
            position = end
            if card.ident and text.find(card.ident, position, 4 * _FURNITURE + len(card.foot)) is None:
                yield card.record_id, f"the {side} of the card {_quoted(spoken(fragment))} has no id {card.ident}"


def _card_end(text: PrintedText, fragment: str, start: int) -> int | None:
    """Return where a card's side ends in the text; a side may stand in halves on several cards."""
    pieces = [fragment]
    for _ in range(_MOST_HALVINGS):
        position: int | None = start
        for piece in pieces:
            said = spoken(piece)
            # Between two cards stand labels and feet; a side that is repeated beside a longer one comes again.
            found = text.find(said, position, 40 * _FURNITURE) if position is not None else None
            position = found[1] if found else None
        if position is not None:
            return position
        parted = [half for piece in pieces for half in (halves(piece) or (piece,))]
        if len(parted) == len(pieces):
            return None
        pieces = parted
    return None


def _quoted(text: str) -> str:
    line = " ".join(html.unescape(text).split())
    return f"“{line if len(line) <= 80 else line[:79] + '…'}”"
