"""From what a page means to what the store keeps of it: plain rows, made where the page was parsed."""

import json
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.records import Finding, Record, Reject, dump_record, slug
from pipeline.store import FindingRow, NoteRow, PageEntry, RecordRow, StateDamagedError
from pipeline.survey import marks_of

if TYPE_CHECKING:  # with it come the parser's libraries, which only workers need
    from pipeline.stages.page import ParseOutcome

__all__ = ["finding_row", "note_row", "pack", "rejected", "unpack"]

# One page is small and there are very many: the fastest level already gives most of the gain.
_LEVEL = 1


def pack(outcome: "ParseOutcome") -> PageEntry:
    """Return the rows of an outcome."""
    ledger = outcome.ledger
    return PageEntry(
        path=outcome.path,
        assets=tuple((use.ref, use.sha256) for use in outcome.assets),
        visible=ledger.visible,
        unclaimed=sum(len(piece.text) for piece in ledger.unclaimed),
        ledger=zlib.compress(ledger.model_dump_json().encode(), _LEVEL),
        records=tuple(_record_row(record) for record in outcome.records),
        rejects=tuple(note_row(reject) for reject in outcome.rejects),
        findings=tuple(finding_row(finding) for finding in outcome.findings),
        headings=outcome.headings,
        media=dict(outcome.media),
    )


def rejected(reject: Reject, *, settled: bool = True) -> PageEntry:
    """Return the entry of a page that gave nothing but `reject`; not settled means that each run tries it again."""
    return PageEntry(
        path=reject.path, settled=settled, rejects=(note_row(reject),), ledger=zlib.compress(b"{}", _LEVEL)
    )


def unpack(body: bytes) -> str:
    """Return the JSON of a record's or a ledger's compressed bytes. Raises StateDamagedError if they are none."""
    try:
        return zlib.decompress(body).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise StateDamagedError(f"what is kept of a page does not unpack: {error}") from error


def note_row(reject: Reject) -> NoteRow:
    """Return the row of a reject."""
    return NoteRow(reject.path, reject.line, reject.code, reject.message, reject.hint)


def finding_row(finding: Finding) -> FindingRow:
    """Return the row of a finding."""
    body = finding.model_dump_json()
    return FindingRow(finding.path, finding.line, finding.code, finding.id, finding.level, body)


def _record_row(record: Record) -> RecordRow:
    data = record.model_dump(mode="json")
    return RecordRow(
        id=record.id,
        kind=record.kind,
        fields=sum(1 for value in data.values() if value not in (None, "", [], {})),
        characters=_characters(data),
        captured=_sortable(record.source.captured_at),
        media=bool(record.media),
        publisher=slug(record.publisher),
        course=record.course.slug,
        title=record.course.title,
        url=record.course.url,
        body=zlib.compress(dump_record(record).encode(), _LEVEL),
        marks=marks_of(record),
    )


def _characters(value: Any) -> int:
    """Return how many characters of rich text a record's JSON holds."""
    if isinstance(value, dict):
        parts: Iterable[Any] = (part for name, part in value.items() if name != "text")
        own = value.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(map(_characters, parts))
    if isinstance(value, list):
        return sum(map(_characters, value))
    return 0


def _sortable(captured_at: str | None) -> str:
    """Return a time so that later ones sort later as text, however exactly they are given; "" if there is none."""
    if not captured_at:
        return ""
    try:
        moment = datetime.fromisoformat(captured_at)
    except ValueError:
        return json.dumps(captured_at)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")
