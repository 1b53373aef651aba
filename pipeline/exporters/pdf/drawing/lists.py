"""Contents and index in two columns to a page: how many lines each entry takes, and on which page and column it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.exporters.pdf.content import line_count
from pipeline.exporters.pdf.fonts import boxed_form, drawable, measures
from pipeline.exporters.pdf.sheet import MM, Sheet
from pipeline.records import plain_text

__all__ = [
    "ENTRY_LEADING",
    "NUMBER_ROOM",
    "Row",
    "TitleBlock",
    "column_width",
    "entry_size",
    "heading_height",
    "paginate",
    "title_height",
    "title_size",
]

ENTRY_LEADING: Final = 1.34
NUMBER_ROOM: Final = 3.0  # ems at the right of an entry of the contents: four figures, and white before them
_FONT: Final = "sourceserif4/SourceSerif4[opsz,wght].ttf"
_OTHER: Final = 1.1  # ems of a character that another face lends
_BOX: Final = 2.7  # and of one that none has, with its code point in a box
_GUTTER: Final = 9.0  # millimetres between the columns
_TITLE_STEPS: Final = (2.6, 2.2, 1.85, 1.55, 1.3)  # of the text's size
_TITLE_LINES: Final = 3
_TITLE_SAFETY: Final = 1.08  # its words are not broken
# Room that is left at the foot of each column: an estimate that is a line short must not push a column off its page.
_SPARE_LINES: Final = 2
_SAFETY: Final = 1.04


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, or a letter of the index that must not stand alone at a column's foot."""

    heading: str  # canonical fragment; of a group its letter (in the contents: its name), plain
    anchor: str = ""
    page: int = 0
    is_letter: bool = False
    more: tuple[tuple[str, int], ...] = ()  # further places: anchor and page


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """What stands at the head of a file's first page."""

    course: str
    subtitle: str
    school: str
    logo: bytes | None
    name_line: bool
    credits: tuple[str, ...] = ()  # only in the answers: a handout has its credits on its last page


def entry_size(sheet: Sheet) -> float:
    """Return the size of an entry's text in points."""
    return round(sheet.text_pt * 0.92, 2)


def column_width(sheet: Sheet) -> float:
    """Return a column's width in millimetres."""
    return (sheet.width - 2 * sheet.side - _GUTTER) / 2


def heading_height(sheet: Sheet) -> float:
    """Return what the heading of a list takes, in points."""
    return sheet.text_pt * 2.4 + sheet.gap_pt


def title_size(sheet: Sheet, course: str) -> float:
    """Return the size of a course's title in points: the longer it is, the smaller."""
    steps = [step * sheet.text_pt for step in _TITLE_STEPS]
    return next((size for size in steps if _title_lines(sheet, course, size) <= _TITLE_LINES), steps[-1])


def _title_lines(sheet: Sheet, course: str, size: float) -> int:
    settable = "".join(char if drawable(char) or char.isspace() else boxed_form(char) for char in course)
    return line_count(settable, sheet.measure.full * sheet.text_pt / size / _TITLE_SAFETY)


def title_height(sheet: Sheet, title: TitleBlock) -> float:
    """Return what the title block takes, and the heading of the contents below it, in points; rather more than less."""
    size = title_size(sheet, title.course)
    block = 1.12 * size * _title_lines(sheet, title.course, size) + 1.4 * sheet.text_pt + 4.0 * sheet.gap_pt
    school_lines = line_count(title.school, sheet.measure.full / 1.06)  # it is a little smaller, but in a wider face
    school = (0.4 + 1.15 * school_lines) * sheet.text_pt + sheet.gap_pt if title.school else 0.0
    names = 2.6 * sheet.text_pt + 1.4 * sheet.gap_pt if title.name_line else 0.0
    logo = 18 * MM if title.logo else 0.0
    credit_lines = sum(1 + len(line) // 90 for line in title.credits)
    credit = credit_lines * 1.3 * sheet.text_pt + sheet.gap_pt if title.credits else 0.0
    return max(block + school, logo) + names + credit + heading_height(sheet)


def paginate(rows: Iterable[Row], sheet: Sheet, first_page_used: float) -> list[list[list[Row]]]:
    """Return the rows by page and column. `first_page_used` is what the first page has lost already, in points.

    The last page's columns are evened out, so that what follows can stand below both.
    """
    line = entry_size(sheet) * ENTRY_LEADING
    full = int((sheet.height - sheet.top - sheet.bottom) * MM / line) - _SPARE_LINES
    first = max(4, full - int(first_page_used / line) - 1)
    sized = [(row, _lines(row, sheet)) for row in rows]
    pages: list[list[list[Row]]] = []
    while sized:
        room = full if pages else first
        # Even columns on the last page; else the first takes what fits.
        left = sum(lines for _, lines in sized)
        height = min(room, max(-(-left // 2) + 1, 3)) if left <= 2 * room - 2 else room
        columns = []
        for last in (False, True):
            column, sized = _fill(sized, room if last else height)
            columns.append(column)
        pages.append(columns)
    return pages


def _fill(sized: Sequence[tuple[Row, int]], room: int) -> tuple[list[Row], list[tuple[Row, int]]]:
    column: list[Row] = []
    used = 0
    for index, (row, lines) in enumerate(sized):
        # A letter's white above falls away at a column's head.
        own = lines - 1 if row.is_letter and not column else lines
        # And it needs the whole of an entry below it.
        following = sized[index + 1][1] if row.is_letter and index + 1 < len(sized) else 0
        if column and not column[-1].is_letter and used + own + following > room:
            return column, list(sized[index:])
        column.append(row)
        used += own
    return column, []


def _lines(row: Row, sheet: Sheet) -> int:
    if row.is_letter and len(row.heading) == 1:
        return 2
    text = row.heading if row.is_letter else plain_text(row.heading).replace("\n", " ")
    width = column_width(sheet) * MM / entry_size(sheet) / _SAFETY - 1.0
    # Four figures: how many lines there are must not depend on the numbers. A group's name has none, but is bold.
    number = 2.6 if row.is_letter else NUMBER_ROOM
    lines, used = 1, -1.0  # the first line hangs out to the left by one em
    for word in [*text.split(), None, *(None for _ in row.more)]:
        advance = number if word is None else _advance(word) + 0.25
        if used > 0 and used + advance > width:
            lines, used = lines + 1, 0.0
        while advance > width:  # a word that is longer than a line is broken
            lines, advance = lines + 1, advance - width
        used += advance
    if row.is_letter:
        return lines + 1
    # A picture of a formula may be two lines high.
    return lines + (1 if "\\(" in row.heading else 0)


def _advance(word: str) -> float:
    widths = measures(_FONT).advances
    return sum(widths.get(ord(char), _OTHER if drawable(char) else _BOX) for char in word)
