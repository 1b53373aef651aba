"""The one place where this exporter knows kinds of record: a further kind is a piece here and a template."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pipeline.exporters.pdf.kinds.key_term import KeyTermPiece
from pipeline.exporters.pdf.kinds.piece import KindPiece
from pipeline.exporters.pdf.kinds.study_guide import StudyGuidePiece
from pipeline.records import RecordBase

__all__ = ["KINDS", "credits_of", "piece_of"]

KINDS: Final[Mapping[str, KindPiece]] = MappingProxyType({"key_term": KeyTermPiece(), "study_guide": StudyGuidePiece()})


def piece_of(record: RecordBase) -> KindPiece:
    """Return the piece of a record's kind. Raises LookupError for a kind that cannot be printed yet."""
    try:
        return KINDS[record.kind]
    except KeyError:
        message = f"records of the kind {record.kind!r} cannot be printed (known: {', '.join(sorted(KINDS))})"
        raise LookupError(message) from None


def credits_of(record: RecordBase) -> Iterator[str]:
    """Yield the lines that a handout owes to a record's publisher; each is printed once for a course."""
    yield from record.notices
    if record.publisher != "unknown":
        yield f"Source: {record.publisher}"
    if record.license:
        yield f"Licence: {record.license}"
