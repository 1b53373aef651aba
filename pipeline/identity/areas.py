"""Which courses and lines of the lock can have to do with one another: an area is settled by itself.

A note finds its line within its course, nearly always.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pipeline.identity.lock import Place

__all__ = ["Area", "Together", "areas_of"]


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
