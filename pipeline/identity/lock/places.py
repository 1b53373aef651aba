"""The lines of a lock by the places where they belong: publisher and course of their records' ids."""

import hashlib
from collections.abc import Iterable, Iterator

from pipeline.identity.lock.lines import LockLine

__all__ = ["Place", "PlaceSum", "course_of", "digests_of", "ties_of"]

Place = tuple[str, ...]


def course_of(record_id: str) -> Place:
    """Return publisher and course of a record id."""
    return tuple(record_id.split("/", 2)[:2])


def digests_of(lines: Iterable[LockLine]) -> dict[Place, tuple[int, str]]:
    """Return of each place how many lines it has, and their digest; `lines` come by GUID."""
    sums: dict[Place, PlaceSum] = {}
    for line in lines:
        sums.setdefault(course_of(line.record_id), PlaceSum()).add(line.as_json().encode())
    return {place: one.told for place, one in sums.items()}


def ties_of(lines: Iterable[LockLine]) -> Iterator[tuple[Place, Place]]:
    """Yield the places of terms whose keys name another course, with that course."""
    for line in lines:
        if line.kind == "key_term" and (other := course_of(line.identity_key)) != course_of(line.record_id):
            yield course_of(line.record_id), other


class PlaceSum:
    """Counts and digests the lines of a place while they go by."""

    def __init__(self) -> None:
        self._count = 0
        self._digest = hashlib.sha256()

    def add(self, line: bytes) -> None:
        """Count a line, without its newline."""
        self._count += 1
        self._digest.update(line + b"\n")

    @property
    def told(self) -> tuple[int, str]:
        """Return how many lines there were, and their digest."""
        return self._count, self._digest.hexdigest()
