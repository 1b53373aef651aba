"""What of an area can have to do with other areas, as digests, before anything is matched.

Two things go beyond a course: sentences that one course lost and another one of its publisher gained, and courses that
have another name now.
"""

import hashlib
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.identity.lock import LockLine, Place, course_of, is_guide
from pipeline.identity.notes_matching import SHORT
from pipeline.identity.similarity import normalise_keeping_tab
from pipeline.notes import NoteRef, NoteSummary
from pipeline.records import normalise

__all__ = ["Ends", "FreshPlace", "LooseEnds", "ends_of"]

# A sentence that stands in so many areas tells nothing of where it went.
_MOST_AREAS: Final = 50
_MOST_RECORDS: Final = 50  # and one of so many new records nothing of which course this is
# As few lines of courses that are not there are looked at by every record that is new.
_FEW_LINES: Final = 5_000


@dataclass(frozen=True, slots=True)
class FreshPlace:
    """A place with records that the lock does not know."""

    records: int  # how many the place has; 0 where the lock knows any of its records
    signs: Sequence[Sequence[int]]  # what each of the new ones can be known by: digests


@dataclass(frozen=True, slots=True)
class Ends:
    """What an area leaves open: digests of 64 bits."""

    gained: Sequence[int] = ()  # sentences that none of its lines says
    lost: Collection[int] = frozenset()  # sentences of live lines whose record was read, that no note says any more
    fresh: Sequence[FreshPlace] = ()


def ends_of(
    groups: Mapping[str, Sequence[NoteSummary]], given: Mapping[NoteRef, NoteSummary], lines: Sequence[LockLine]
) -> Ends:
    """Return what is open between the notes of an area (all in `groups`; `given` are those it supplies) and its lines.

    Sentences are facts and questions of more than a few words.
    """
    here = {_said(publisher, note) for note in given.values() if (publisher := _publisher(note))}
    there = {_said(publisher, line) for line in lines if (publisher := _publisher(line))}
    lost = (line for line in lines if line.state == "live" and line.record_id in groups)
    known = {line.record_id for line in lines}
    known_places = set(map(course_of, known))
    sizes = Counter(map(course_of, groups))
    fresh: defaultdict[Place, list[Sequence[int]]] = defaultdict(list)
    for record_id, notes in groups.items():
        if notes and record_id not in known:
            fresh[course_of(record_id)].append(sorted(_signs(record_id, notes)))
    return Ends(
        sorted(here - there),
        {_said(publisher, line) for line in lost if (publisher := _publisher(line))} - here,
        [FreshPlace(0 if at in known_places else sizes[at], signs) for at, signs in sorted(fresh.items())],
    )


def _publisher(one: NoteSummary | LockLine) -> str:
    """Return whose sentence it is; "" for what does not move from course to course."""
    telling = one.kind != "key_term" and len(one.identity_text.split()) > SHORT
    return course_of(one.record_id)[0] or "/" if telling else ""


def _said(publisher: str, one: NoteSummary | LockLine) -> int:
    return _digest(publisher, one.kind, normalise(one.identity_text))


def _signs(record_id: str, texts: Iterable[NoteSummary | LockLine]) -> set[int]:
    """Return what a record can be known by under another id: its items, its term, its definition."""
    found = set()
    guide = is_guide(record_id)
    for one in texts:
        text = normalise_keeping_tab(one.identity_text)
        if guide or one.kind != "key_term":
            found.add(_digest(one.kind, text))
        else:
            found.update(_digest(name, part) for name, part in zip(("term", "is"), text.split("\t"), strict=False))
    return found


def _digest(*parts: str) -> int:
    said = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big")


class LooseEnds:
    """The ends of all areas, and which of them meet. Areas are named by numbers; a new record takes some 80 bytes."""

    def __init__(self) -> None:
        self._gained: array[int] = array("Q")
        self._gained_by: array[int] = array("L")
        self._lost: defaultdict[int, set[int]] = defaultdict(set)
        self._places: list[tuple[int, int]] = []  # of those with new records: area, number of records
        self._places_of: array[int] = array("L")  # new record -> its place
        self._signs: array[int] = array("Q")
        self._signs_of: array[int] = array("L")  # sign -> new record

    def add(self, area: int, ends: Ends) -> None:
        """Note what an area leaves open."""
        self._gained.extend(ends.gained)
        self._gained_by.extend([area] * len(ends.gained))
        for said in ends.lost:
            self._lost[said].add(area)
        for place in ends.fresh:
            for signs in place.signs:
                self._signs.extend(signs)
                self._signs_of.extend([len(self._places_of)] * len(signs))
                self._places_of.append(len(self._places))
            self._places.append((area, place.records))

    @property
    def any_lost(self) -> bool:
        """Say whether any sentence was lost."""
        return bool(self._lost)

    def moved(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of areas of which one gained what the other lost."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for said, area in zip(self._gained, self._gained_by, strict=True):
            if said in self._lost:
                found[said].add(area)
        for said, areas in sorted(found.items()):
            if len(areas | self._lost[said]) <= _MOST_AREAS:
                yield from ((one, other) for one in areas for other in self._lost[said] - {one})

    def renamed(
        self, absent: Mapping[int, int], lines_of: Callable[[int], Iterable[LockLine]]
    ) -> Iterator[tuple[int, int]]:
        """Yield the pairs of an area with new records and one without any record, if they may be one course.

        `absent` has the numbers of the latter, and of lines of each; `lines_of` gives these lines.
        """
        if not self._places or not absent:
            return
        if sum(absent.values()) <= _FEW_LINES:
            yield from ((area, other) for area, _ in self._places for other in absent)
            return
        order = sorted(range(len(self._signs)), key=self._signs.__getitem__)
        signs = array("Q", (self._signs[at] for at in order))
        for other in absent:
            records: defaultdict[str, list[LockLine]] = defaultdict(list)
            for line in lines_of(other):
                records[line.record_id].append(line)
            waiting = 0
            found: defaultdict[int, set[int]] = defaultdict(set)  # place -> its new records
            for record_id, lines in records.items():
                live = [line for line in lines if line.state == "live"]
                waiting += bool(live)
                for sign in _signs(record_id, live or lines):
                    first = bisect_left(signs, sign)
                    last = bisect_right(signs, sign, first)
                    if last - first <= _MOST_RECORDS:
                        for record in (self._signs_of[order[at]] for at in range(first, last)):
                            found[self._places_of[record]].add(record)
            for number, new in found.items():
                area, size = self._places[number]
                if 2 * len(new) > waiting or (size and 2 * len(new) >= size):
                    yield area, other
