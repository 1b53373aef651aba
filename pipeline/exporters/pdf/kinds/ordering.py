"""The order in which a course's records are printed: what has a place (guides, by unit) before what has none."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from pipeline.exporters.pdf.kinds.dispatch import KINDS
from pipeline.records import Record

__all__ = ["grouped", "print_order"]

_T = TypeVar("_T")


def grouped(items: Iterable[_T], name_of: Callable[[_T], str]) -> list[tuple[str, list[_T]]]:
    """Return the neighbours that the contents list under one heading, and that heading.

    "Unit 3" and "Unit 3 · Energy" are one unit: not each of its pages says its title.
    """
    groups = [list(group) for _, group in groupby(items, key=lambda item: name_of(item).partition(" · ")[0])]
    return [(max(map(name_of, group), key=len), group) for group in groups]


def print_order(records: Callable[[], Iterator[Record]]) -> Iterator[Record]:
    """Yield the records in the order of print; each call of `records` reads them anew, sorted by id.

    Only what has a place is held in memory, of the others one at a time.
    """
    yield from sorted(filter(_place, records()), key=_place)
    yield from (record for record in records() if not _place(record))


def _place(record: Record) -> tuple[object, ...]:
    # A kind that cannot be printed is an error where its piece is asked for.
    piece = KINDS.get(record.kind)
    return piece.place(record) if piece is not None else ()
