"""Counting what goes by: pages, places, and which of very many things are frequent, in bounded memory."""

from array import array
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

__all__ = ["EXAMPLES", "LAST", "Frequent", "Hashes", "Pages", "Place", "Places"]

LAST: Final = "\U0010ffff"  # behind any path
EXAMPLES: Final = 3
_MOST_COUNTED: Final = 2_000  # things, at once


class Place(NamedTuple):
    """A text of a record."""

    path: str
    id: str
    field: str


class Hashes:
    """Things that go by, 8 bytes each; tells which may have gone by often."""

    def __init__(self) -> None:
        self._seen: array[int] = array("q")

    def add(self, thing: Hashable) -> None:
        """Let a thing go by."""
        self._seen.append(hash(thing))

    def often(self, least: int) -> tuple[int, frozenset[int]]:
        """Return how many different things there were, and the hashes of those that went by so often."""
        counted = [(one, sum(1 for _ in same)) for one, same in groupby(sorted(self._seen))]
        return len(counted), frozenset(one for one, count in counted if count >= least)


class Frequent:
    """The most frequent of very many things, in bounded memory.

    https://en.wikipedia.org/wiki/Misra%E2%80%93Gries_summary
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._missed = 0

    def add(self, thing: str) -> None:
        """Let a thing go by."""
        if thing in self._counts or len(self._counts) < _MOST_COUNTED:
            self._counts[thing] = self._counts.get(thing, 0) + 1
            return
        self._missed += 1
        self._counts = {one: count - 1 for one, count in self._counts.items() if count > 1}

    def over(self, least: float) -> Iterator[str]:
        """Yield what may have gone by more often than that: nothing that did is left out."""
        return (one for one, count in self._counts.items() if count + self._missed > least)


@dataclass(slots=True)
class Pages:
    """Pages that go by in their order: how many, and the first of them."""

    count: int = 0
    first: list[str] = field(default_factory=list)
    _last: str | None = None

    def add(self, path: str) -> None:
        """Let a page go by; it may go by several times in a row."""
        if path != self._last:
            self._last = path
            self.count += 1
            if len(self.first) < EXAMPLES:
                self.first.append(path)


@dataclass(slots=True)
class Places:
    """Where a text stands: at one place of each record, that which goes by first."""

    count: int = 0
    first: Place | None = None
    pages: Pages = field(default_factory=Pages)
    _seen: set[str] = field(default_factory=set)

    def add(self, place: Place, *, may_be_seen: bool) -> bool:
        """Note a place; say whether the record's first."""
        if may_be_seen:
            if place.id in self._seen:
                return False
            self._seen.add(place.id)
        self.count += 1
        self.first = min(self.first or place, place)
        self.pages.add(place.path)
        return True
