"""What a drawing process is asked for, and what it gives back; all picklable, none of it knows how it is drawn."""

import errno
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from pipeline.exporters.pdf.drawing.lists import Row, TitleBlock
from pipeline.exporters.pdf.kinds import SheetPart
from pipeline.exporters.pdf.sheet import CardGrid, Sheet

__all__ = [
    "LOST",
    "CalibrationJob",
    "Card",
    "CardsJob",
    "Drawn",
    "EndJob",
    "Failure",
    "FrontJob",
    "Job",
    "RecordsJob",
    "TitleBlock",
    "anchor_of",
]


def anchor_of(record_id: str, key: str = "") -> str:
    """Return the name of the place where a record begins, or its item of that key, for links and bookmarks."""
    name = f"{record_id}#{key}" if key else record_id
    return "r" + hashlib.sha256(name.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RecordsJob:
    """Records, as JSON, to be set one after another from the top of a page."""

    part: SheetPart
    sheet: Sheet
    language: str
    records: tuple[str, ...]
    media: Mapping[str, bytes] = field(default_factory=dict)
    title: TitleBlock | None = None


@dataclass(frozen=True, slots=True)
class FrontJob:
    """Title block and contents."""

    sheet: Sheet
    language: str
    title: TitleBlock
    pages: Sequence[Sequence[Sequence[Row]]]  # rows by page and column


@dataclass(frozen=True, slots=True)
class EndJob:
    """The glossary index and the credits."""

    sheet: Sheet
    language: str
    pages: Sequence[Sequence[Sequence[Row]]]  # rows by page and column
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One card as text: canonical fragments on both sides, and what stands small at its edges."""

    record_id: str
    label: str  # "Term", "Fact", "Question"
    front: str
    back: str
    foot: str  # the course
    language: str
    ident: str  # the note's `Id`, as in Anki
    is_term: bool = False  # its front is a term alone


@dataclass(frozen=True, slots=True)
class CardsJob:
    """Cards to be set on sheets, fronts and backs on alternate pages."""

    grid: CardGrid
    language: str
    cards: tuple[Card, ...]
    media: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CalibrationJob:
    """The two pages by which a printer's shift between front and back is measured."""

    grid: CardGrid


Job = RecordsJob | FrontJob | EndJob | CardsJob | CalibrationJob


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn document, what joining has to know of it, and what a person should look at."""

    pdf: bytes
    pages: int
    anchors: Mapping[str, int]  # the index of the page on which each anchor is
    has_table_heads: bool  # cells name their header cells by ids, which joining has to keep apart
    findings: tuple[tuple[str, str], ...] = ()  # record id or "", message

    def packed(self) -> bytes:
        """Return it as one value for the cache: a line of JSON, then the PDF."""
        facts = [self.pages, dict(self.anchors), self.has_table_heads, self.findings]
        return json.dumps(facts, ensure_ascii=False).encode() + b"\n" + self.pdf

    @classmethod
    def unpacked(cls, value: bytes) -> "Drawn":
        """Return what `packed` was made of. Raises ValueError if it is no such value."""
        line, _, pdf = value.partition(b"\n")
        pages, anchors, has_table_heads, findings = json.loads(line)
        return cls(pdf, pages, anchors, has_table_heads, tuple((record_id, message) for record_id, message in findings))


Cause = Literal["content", "outside", "no-room", "missing", "defect"]
_EXIT_CODES: Final[Mapping[Cause, int]] = {"content": 3, "outside": 2, "no-room": 2, "missing": 2, "defect": 1}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job could not be done. What fails by its content fails again, and is remembered; nothing else is.

    "content": a limit or an exception; "outside": a signal of others, or no processor time; "no-room": a full disk;
    "missing": a library, so that nothing can be drawn here; "defect": drawing processes do not start.
    """

    message: str
    cause: Cause = "content"

    @classmethod
    def of(cls, error: OSError) -> "Failure":
        """Return what an error of the system means: a library that does not load has no error number."""
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            return cls(str(error), "no-room")
        return cls(str(error), "missing" if error.errno is None else "outside")

    @property
    def exit_code(self) -> int:
        """Return the code with which a run that meets it ends (DESIGN section 6)."""
        return _EXIT_CODES[self.cause]


# What comes of a job on other machines, if they go: one after another, as a process here may be ended from outside.
LOST: Final = Failure("the machines that drew it went away, twice", "outside")
