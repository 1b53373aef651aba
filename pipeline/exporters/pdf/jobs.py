"""What a drawing process is asked for, and what it gives back; all picklable, none of it knows how it is drawn."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.exporters.pdf.kinds import SheetPart
from pipeline.exporters.pdf.sheet import CardGrid, Sheet

__all__ = [
    "CalibrationJob",
    "Card",
    "CardsJob",
    "Drawn",
    "EndJob",
    "Entry",
    "Failure",
    "FrontJob",
    "Job",
    "RecordsJob",
    "TitleBlock",
    "anchor_of",
]


def anchor_of(record_id: str) -> str:
    """Return the name of the place where a record begins, for links and bookmarks."""
    return "r" + hashlib.sha256(record_id.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """What stands at the head of a file's first page."""

    course: str
    subtitle: str
    school: str
    logo: bytes | None
    name_line: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents or of the index: a heading (canonical fragment), where it leads, the page's number."""

    heading: str
    anchor: str
    page: int


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
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class EndJob:
    """The glossary index (entries in print order) and the credits."""

    sheet: Sheet
    language: str
    entries: tuple[Entry, ...]
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One card as text: canonical fragments on both sides, and what stands small at its edges."""

    record_id: str
    label: str  # "Term", "Fact", "Question"
    front: str
    back: str
    foot: str  # the course
    ident: str  # the note's `Id`, as in Anki


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
    """A drawn document, and what a person should look at: (record id or "", message)."""

    pdf: bytes
    findings: tuple[tuple[str, str], ...] = ()

    def packed(self) -> bytes:
        """Return both as one value for the cache: a line of JSON, then the PDF."""
        return json.dumps(self.findings, ensure_ascii=False).encode() + b"\n" + self.pdf

    @classmethod
    def unpacked(cls, value: bytes) -> "Drawn":
        """Return what `packed` was made of. Raises ValueError if it is no such value."""
        line, _, pdf = value.partition(b"\n")
        return cls(pdf, tuple((str(record_id), str(message)) for record_id, message in json.loads(line)))


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job could not be done. `surroundings` if no job can: a library is missing."""

    message: str
    surroundings: bool = False
