"""What the store keeps of a page: plain values, made by a worker, so that the run's own process only writes them."""

from dataclasses import dataclass, field

__all__ = ["FindingRow", "NoteRow", "PageEntry", "RecordRow"]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record: what duplicates are judged by (DESIGN section 2), and its JSON, compressed."""

    id: str
    kind: str
    fields: int  # fields that are not empty
    characters: int  # of text in all of them
    captured: str  # sortable; "" if unknown
    media: bool  # whether it names any
    publisher: str  # the slug of its name
    course: str  # the slug
    title: str  # the course's
    url: str | None  # the course's
    body: bytes
    marks: str = "[]"  # by which pages of a folder are compared


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A reject."""

    path: str
    line: int | None
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding: what it is sorted and chosen by, and its JSON."""

    path: str
    line: int | None
    code: str
    id: str
    level: str
    body: str


@dataclass(frozen=True, slots=True)
class PageEntry:
    """What parsing one page gave. `settled` is false where another attempt may end otherwise (a timeout)."""

    path: str
    assets: tuple[tuple[str, str | None], ...] = ()  # ref -> sha256, None if it was not found
    settled: bool = True
    visible: int = 0
    unclaimed: int = 0
    ledger: bytes = b""  # JSON, compressed
    records: tuple[RecordRow, ...] = ()
    rejects: tuple[NoteRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    headings: tuple[str, ...] = ()  # that nothing claims
    media: dict[str, bytes] = field(default_factory=dict)
