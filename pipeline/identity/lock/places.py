"""Where a line of a lock belongs: the place of its record's id, and the file of a lock that is a folder."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from pipeline.identity.lock.lines import LockLine
from pipeline.records import slug

__all__ = ["HEAD", "Place", "PlaceSum", "course_of", "digests_of", "file_of", "is_guide", "tie_of", "ties_of"]

Place = tuple[str, ...]  # publisher and course of a record id

HEAD: Final = "head.jsonl"
_GUIDE: Final = re.compile(r"guide|unit-[^/]*")


def course_of(record_id: str) -> Place:
    """Return publisher and course of a record id."""
    return tuple(record_id.split("/", 2)[:2])


def is_guide(record_id: str) -> bool:
    """Say whether an id is a study guide's: `…/unit-3/<title>` or `…/guide/<title>` (DESIGN section 2)."""
    above = record_id.split("/")[-2:-1]
    return bool(above) and _GUIDE.fullmatch(above[0]) is not None


def file_of(record_id: str) -> str:
    """Return the name of the file that has a record's lines in a lock that is a folder: `<course>.jsonl`."""
    above = record_id.rsplit("/", 2 if is_guide(record_id) else 1)[0] if "/" in record_id else ""
    return _file(above.rpartition("/")[2])


@lru_cache(maxsize=1024)
def _file(course: str) -> str:
    name = f"{slug(course)}.jsonl"  # `id_prefix` may be any text
    return name if name != HEAD else f"-{HEAD}"


def tie_of(line: LockLine) -> tuple[Place, Place] | None:
    """Return the place of a term whose key names another course, with that course."""
    place, other = course_of(line.record_id), course_of(line.identity_key)
    return (place, other) if line.kind == "key_term" and place != other else None


def digests_of(lines: Iterable[LockLine]) -> dict[Place, tuple[int, str]]:
    """Return of each place how many lines it has, and their digest."""
    sums: dict[Place, PlaceSum] = {}
    for line in lines:
        sums.setdefault(course_of(line.record_id), PlaceSum()).add(line.as_json().encode())
    return {place: one.told for place, one in sums.items()}


def ties_of(lines: Iterable[LockLine]) -> Iterator[tuple[Place, Place]]:
    """Yield the ties of lines: see `tie_of`."""
    return (tie for line in lines if (tie := tie_of(line)))


class PlaceSum:
    """Counts and digests the lines of a place while they go by, in any order and from any file."""

    def __init__(self, count: int = 0, digest: str = "") -> None:
        self._count = count
        self._sum = int(digest or "0", 16)

    def add(self, line: bytes) -> None:
        """Count a line, without its newline."""
        self._count += 1
        self._sum += int.from_bytes(hashlib.blake2b(line, digest_size=16).digest(), "big")

    def plus(self, count: int, digest: str) -> "PlaceSum":
        """Count what is told of the same place in another file."""
        self._count += count
        self._sum += int(digest, 16)
        return self

    @property
    def told(self) -> tuple[int, str]:
        """Return how many lines there were, and their digest."""
        return self._count, f"{self._sum % (1 << 128):032x}"
