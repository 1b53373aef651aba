"""Which courses and lines of the lock can have to do with one another: an area is settled by itself.

A note finds its line within its course, nearly always.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from pipeline.identity.ends import Ends
from pipeline.identity.lock import Place
from pipeline.identity.settle import KeptNote, Settled

__all__ = ["Area", "KnownArea", "Settlement", "Together", "areas_of"]


class _Ordered(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...

    def __hash__(self) -> int: ...


_Thing = TypeVar("_Thing", bound=_Ordered)


class Together(Generic[_Thing]):
    """Things that belong together, directly or by others (https://en.wikipedia.org/wiki/Disjoint-set_data_structure)."""

    def __init__(self) -> None:
        self._above: dict[_Thing, _Thing] = {}

    def add(self, one: _Thing, *others: _Thing) -> None:
        """Let these belong together."""
        top = self._top(one)
        for other in others:
            self._above[self._top(other)] = top

    def parts(self) -> list[list[_Thing]]:
        """Return what belongs together, sorted."""
        found: defaultdict[_Thing, list[_Thing]] = defaultdict(list)
        for one in sorted(self._above):
            found[self._top(one)].append(one)
        return list(found.values())

    def _top(self, one: _Thing) -> _Thing:
        above = self._above.setdefault(one, one)
        while above != self._above[above]:
            self._above[one] = self._above[above]
            one, above = above, self._above[above]
        return above


@dataclass(frozen=True, slots=True)
class Area:
    """Courses of this run, and the places of the lock where their records and terms stand, or stood."""

    name: str
    courses: tuple[int, ...]  # by their number among those of the run
    places: tuple[Place, ...]


def areas_of(
    courses: Sequence[tuple[Place, Collection[Place]]], places: Iterable[Place], ties: Iterable[tuple[Place, Place]]
) -> list[Area]:
    """Return the areas, by name.

    `courses` are those of the run: the place of each, and those of its records' ids, which `id_prefix` may make
    others. `places` are those of the lock, `ties` the places of its terms whose keys name another course.
    """
    together: Together[Place] = Together()
    for place in places:
        together.add(place)
    for one, other in ties:
        together.add(one, other)
    numbers: defaultdict[Place, list[int]] = defaultdict(list)
    for number, (place, others) in enumerate(courses):
        together.add(place, *others)
        numbers[place].append(number)
    return [
        Area("/".join(part[0]), tuple(number for place in part for number in numbers.get(place, ())), tuple(part))
        for part in together.parts()
    ]


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area as a run left it: while its `inputs` are the same, so is everything else."""

    inputs: str
    ends: Ends
    notes: int
    missing: Sequence[tuple[str, int]]  # records that were not read, and how many live lines each has
    retired: Sequence[tuple[str, str, str, str]]  # course title ("": nothing of it was read), record id, GUID, text
    unasked: Sequence[tuple[str, str]]  # (source path, identity text) of what makes no card: too little to ask


@dataclass(slots=True)
class Settlement:
    """What a run changed, and what is left."""

    notes: int = 0
    new: int = 0
    updated: int = 0  # their studied content changed
    kept: int = 0
    revived: int = 0  # retired once, and back; counted in `updated` or `kept` as well
    retired_now: int = 0
    retired: int = 0
    changed: int = 0  # lines of the lock that are new or others now
    missing: int = 0  # live notes of records that were not read
    missing_records: list[str] = field(default_factory=list)
    unasked: list[tuple[str, str]] = field(default_factory=list)
    least_alike: list[KeptNote] = field(default_factory=list)
    taken_over: set[tuple[str, str]] = field(default_factory=set)

    def count(self, known: KnownArea) -> None:
        """Add an area as it is now."""
        self.notes += known.notes
        self.retired += len(known.retired)
        self.missing += sum(count for _, count in known.missing)
        self.missing_records += (record_id for record_id, _ in known.missing)
        self.unasked += known.unasked

    def add(self, settled: Settled) -> None:
        """Add what settling areas changed."""
        self.new += settled.new
        self.updated += settled.updated
        self.kept += settled.kept
        self.revived += settled.revived
        self.retired_now += settled.retired_now
        self.changed += len(settled.changed)
        self.least_alike += settled.least_alike
        self.taken_over.update(settled.taken_over)
