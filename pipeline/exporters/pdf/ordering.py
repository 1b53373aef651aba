"""The order in which a course's records are printed: what has a place (guides, by unit) before what has none."""

from collections.abc import Callable, Iterator

from pipeline.exporters.pdf.kinds import KINDS
from pipeline.records import KeyTerm, StudyGuide

__all__ = ["print_order"]


def print_order(records: Callable[[], Iterator[KeyTerm | StudyGuide]]) -> Iterator[KeyTerm | StudyGuide]:
    """Yield the records in the order of print; each call of `records` reads them anew, sorted by id.

    Only what has a place is held in memory, of the others one at a time.
    """
    yield from sorted(filter(_place, records()), key=_place)
    yield from (record for record in records() if not _place(record))


def _place(record: KeyTerm | StudyGuide) -> tuple[object, ...]:
    # A kind that cannot be printed is an error where its piece is asked for.
    piece = KINDS.get(record.kind)
    return piece.place(record) if piece is not None else ()
