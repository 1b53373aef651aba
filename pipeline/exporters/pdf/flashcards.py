"""Flashcards of one course: sheets of eight, fronts and backs on alternate pages, ready for duplex printing."""

import logging
from collections.abc import Sequence
from dataclasses import astuple
from functools import partial
from itertools import pairwise
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.config import PdfSettings
from pipeline.exporters.pdf.cards import Deck, decks_of
from pipeline.exporters.pdf.digests import digest_of, program_digest
from pipeline.exporters.pdf.drawing import CalibrationJob, CardsJob, Studio, Task, saved_media, told
from pipeline.exporters.pdf.joining import Joined, Line, LineSetter, finish, join, write
from pipeline.exporters.pdf.kinds import cut
from pipeline.exporters.pdf.sheet import MM, CardGrid
from pipeline.exporters.protocol import CourseEdition, Edition

__all__ = ["write_flashcards"]

_LOG = logging.getLogger(__name__)


def write_flashcards(course: CourseEdition, edition: Edition, studio: Studio, target: Path) -> None:
    """Write the card sheets of one course to `target`, and the calibration sheet behind them.

    Raises ExportError if a sheet cannot be drawn; what could be drawn is cached all the same.
    """
    settings = edition.settings.pdf
    grid = CardGrid.of(settings)
    decks, language = decks_of(course, edition)
    base = (program_digest(), [grid.width, grid.height, grid.largest_pt], language)
    tasks = [
        Task(
            key=digest_of("cards", *base, [astuple(card) for deck in chunk for card in deck.cards]),
            what=f"{course.title}, flashcards: {chunk[0].record_id} … {chunk[-1].record_id}",
            job=partial(_job, grid, language, chunk, edition),
        )
        for chunk in cut((deck.record_id, deck) for deck in decks)
    ]
    calibration = Task(digest_of("calibration", *base), "calibration sheet", partial(CalibrationJob, grid))
    drawn = studio.draw([*tasks, calibration])
    for odd in told(finding for document in drawn for finding in document.findings):
        _LOG.warning("%s, flashcards: %s", course.title, odd)
    joined = join(drawn)
    _mark(joined, grid, course.title)
    _turn_backs(joined.pdf, grid, settings)
    _bookmark(joined)
    finish(joined.pdf, f"{course.title} – Flashcards", language)
    write(joined.pdf, target)


def _job(grid: CardGrid, language: str, decks: Sequence[Deck], edition: Edition) -> CardsJob:
    media = saved_media((name for deck in decks for name in deck.media), edition)
    return CardsJob(grid, language, tuple(card for deck in decks for card in deck.cards), media)


def _mark(joined: Joined, grid: CardGrid, course: str) -> None:
    """Draw cut marks on every card page, and number the sheets in the white around the cards."""
    pdf = joined.pdf
    pages = list(pdf.pages)
    sheets = (len(pages) - 2) // 2
    marks = pdf.make_stream(_cut_marks(grid))
    setter = LineSetter(pdf)
    for index, page in enumerate(pages[: 2 * sheets]):
        own = page.obj.Contents
        before, after = pdf.make_stream(b"q\n"), pdf.make_stream(b"\nQ\n")
        page.obj.Contents = Array([before, *(own if isinstance(own, Array) else [own]), after, marks])
        side = "back" if index % 2 else "front"
        text = f"{course} · sheet {index // 2 + 1} of {sheets} · {side}"
        y = (grid.height - grid.margin_y * 0.72) * MM
        setter.add(index, Line(text, (grid.margin_x + 4) * MM, y, 6.5, max_width=(grid.width - 40) * MM))
    setter.write()


def _cut_marks(grid: CardGrid) -> bytes:
    """Return short lines in the white around the cards, and small crosses where four cards meet."""
    xs = [grid.margin_x + column * grid.card_width for column in range(grid.columns + 1)]
    ys = [grid.margin_y + row * grid.card_height for row in range(grid.rows + 1)]
    reach = 5.0
    strokes = []
    for x in xs:
        strokes += [(x, grid.margin_y - 1 - reach, x, grid.margin_y - 1)]
        strokes += [(x, grid.height - grid.margin_y + 1, x, grid.height - grid.margin_y + 1 + reach)]
    for y in ys:
        strokes += [(grid.margin_x - 1 - reach, y, grid.margin_x - 1, y)]
        strokes += [(grid.width - grid.margin_x + 1, y, grid.width - grid.margin_x + 1 + reach, y)]
    for x in xs[1:-1]:
        for y in ys[1:-1]:
            strokes += [(x - 1.5, y, x + 1.5, y), (x, y - 1.5, x, y + 1.5)]
    lines = [f"{x1 * MM:.3f} {y1 * MM:.3f} m {x2 * MM:.3f} {y2 * MM:.3f} l S" for x1, y1, x2, y2 in strokes]
    body = "\n".join(lines)
    return f"/Artifact BMC q 0.3 w 0.45 G\n{body}\nQ EMC\n".encode("ascii")


def _turn_backs(pdf: Pdf, grid: CardGrid, settings: PdfSettings) -> None:
    """Shift every back page by `back_offset_mm`; for short-edge printers turn it upside down as well.

    Right and up are meant as the backs are read, so that the calibration sheet gives the same two numbers either way.
    Backs are drawn mirrored left for right, as sheets need that are turned over their long edge. A sheet turned over
    its short edge needs just this page turned by 180 degrees.
    """
    right, up = (value * MM for value in settings.back_offset_mm)
    if settings.flip == "short-edge":
        matrix = f"-1 0 0 -1 {grid.width * MM - right:.4f} {grid.height * MM - up:.4f} cm"
    else:
        matrix = f"1 0 0 1 {right:.4f} {up:.4f} cm"
    if settings.flip == "long-edge" and right == 0 == up:
        return
    for page in list(pdf.pages)[1::2]:
        own = page.obj.Contents
        before = pdf.make_stream(f"q {matrix}\n".encode("ascii"))
        page.obj.Contents = Array([before, *(own if isinstance(own, Array) else [own]), pdf.make_stream(b"\nQ\n")])


def _bookmark(joined: Joined) -> None:
    """Write two bookmarks: the cards, and the calibration sheet."""
    pdf = joined.pdf
    pages = list(pdf.pages)
    places = [("Cards", pages[0])] if len(pages) > 2 else []
    places.append(("Calibration", pages[-2]))
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=len(places)))
    items = [
        pdf.make_indirect(Dictionary(Title=String(title), Dest=Array([page.obj, Name.Fit]), Parent=root))
        for title, page in places
    ]
    for before, after in pairwise(items):
        before.Next, after.Prev = after, before
    root.First, root.Last = items[0], items[-1]
    pdf.Root.Outlines = root
