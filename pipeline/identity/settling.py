"""Settles a build, area by area: what is as the last run left it is not looked at, and no run holds all notes.

Which areas there are, which of them meet, and what each gives depends on the records and the lock alone: what is known
of earlier runs only spares work.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from pipeline.identity.areas import Area, KnownArea, Settlement, Together, areas_of
from pipeline.identity.ends import Ends, LooseEnds, ends_of
from pipeline.identity.lock import LockLine, Place, course_of, digests_of
from pipeline.identity.notes_matching import suppliers
from pipeline.identity.refs import NoteIdentity, NoteRef
from pipeline.identity.settle import Draw, Settled, is_settled, settle
from pipeline.notes import Asked, Blank, NoteSummary

__all__ = ["CourseNotes", "CourseSource", "Lines", "Memory", "settle_build"]

# As many notes of areas that wait for others are kept, rather than made once more.
_HELD: Final = 20_000


class CourseNotes(Protocol):
    """The notes of one course."""

    @property
    def groups(self) -> Mapping[str, Sequence[NoteSummary]]:
        """Return the notes of each record, by its id."""

    def ask(self, given: Mapping[NoteRef, NoteSummary], kept: Mapping[NoteRef, Blank]) -> Mapping[NoteRef, Asked]:
        """Return what those of the `given` notes, in order, ask for that make a card; `kept` as `notes.ask` has it."""

    def keep(self, asked: Mapping[NoteRef, Asked]) -> None:
        """Keep what was made, and what is asked, for the next time."""


@dataclass(frozen=True, slots=True)
class CourseSource:
    """A course of this run: `digest` is of its records, `load` makes its notes, or finds them in a cache."""

    place: Place
    places: Collection[Place]  # of its records' ids
    title: str
    digest: str
    load: Callable[[], CourseNotes]


class Lines(Protocol):
    """The lines of a lock, by place."""

    @property
    def places(self) -> Mapping[Place, tuple[int, str]]:
        """Return how many lines each place has, and their digest."""

    @property
    def ties(self) -> Collection[tuple[Place, Place]]:
        """Return the places of terms whose keys name another course, with that course."""

    def of(self, places: Collection[Place]) -> list[LockLine]:
        """Return the lines of some places, by GUID."""


class Memory(Protocol):
    """What earlier runs found, and where this one keeps what it finds."""

    def known(self, area: str) -> KnownArea | None:
        """Return what is known of an area, by its name."""

    def keep(self, area: str, known: KnownArea, *, settled: bool) -> None:
        """Keep what is known of an area; if it is not `settled`, the next run has to look at it again."""

    def identities(self, course: CourseSource, identities: Mapping[NoteRef, NoteIdentity]) -> None:
        """Keep the identities of a course."""

    def changed(self, line: LockLine, before: LockLine | None) -> None:
        """Keep a line of the lock that is new, or another now than `before`."""


def settle_build(courses: Sequence[CourseSource], lines: Lines, memory: Memory, *, draw: Draw, now: int) -> Settlement:
    """Give every note its identity, and return what that changed. `draw` and `now` as `settle` has them."""
    run = _Run(courses, lines, memory, draw, now)
    run.look()
    for numbers in run.components():
        run.settle(numbers)
    return run.result


class _Loaded:
    """The notes and lines of areas that are settled together."""

    def __init__(self, courses: Sequence[tuple[CourseSource, CourseNotes]], lines: Sequence[LockLine]) -> None:
        groups = {record_id: notes for _, one in courses for record_id, notes in one.groups.items()}
        self.groups = dict(sorted(groups.items()))  # as in `records.jsonl`, whatever the order of courses
        self.lines = lines
        self.courses = courses
        self.size = sum(map(len, groups.values()))

    def ends(self) -> Ends:
        return ends_of(self.groups, suppliers(self.groups)[0], self.lines)

    def ask(self, given: Mapping[NoteRef, NoteSummary], kept: Mapping[NoteRef, Blank]) -> Mapping[NoteRef, Asked]:
        if len(self.courses) == 1:
            return self.courses[0][1].ask(given, kept)
        found: dict[NoteRef, Asked] = {}
        for _, one in self.courses:
            own = {ref: note for ref, note in given.items() if ref.record_id in one.groups}
            found.update(one.ask(own, kept))
        return {ref: found[ref] for ref in given if ref in found}


class _Run:
    def __init__(self, courses: Sequence[CourseSource], lines: Lines, memory: Memory, draw: Draw, now: int) -> None:
        self._courses = courses
        self._lines = lines
        self._memory = memory
        self._draw = draw
        self._now = now
        self._areas = areas_of([(one.place, one.places) for one in courses], lines.places, lines.ties)
        self._open: set[int] = set()
        self._loose = LooseEnds()
        self._held: dict[int, _Loaded] = {}
        self._absent = {
            number: sum(lines.places[place][0] for place in area.places if place in lines.places)
            for number, area in enumerate(self._areas)
            if not area.courses
        }
        self.result = Settlement()

    def look(self) -> None:
        """Look at each area that is not as the last run left it: what of it may have to do with others?

        What is new to the lock has to do with nothing, unless something was lost.
        """
        new = []
        for number, area in enumerate(self._areas):
            known = self._memory.known(area.name)
            if known and known.inputs == self._inputs(area):
                self._loose.add(number, known.ends)
                continue
            self._open.add(number)
            if any(place in self._lines.places for place in area.places):
                self._look_at(number)
            else:
                new.append(number)
        if self._absent or self._loose.any_lost:
            for number in new:
                self._look_at(number)

    def _look_at(self, number: int) -> None:
        if not self._areas[number].courses:
            return
        loaded = self._load([number])
        self._loose.add(number, loaded.ends())
        if sum(one.size for one in self._held.values()) + loaded.size <= _HELD:
            self._held[number] = loaded
            return
        for _, notes in loaded.courses:
            notes.keep({})

    def components(self) -> list[list[int]]:
        """Return the areas, together those that have to do with one another."""
        together: Together[int] = Together()
        for number in range(len(self._areas)):
            together.add(number)
        for one, other in self._loose.moved():
            together.add(one, other)
        for one, other in self._loose.renamed(self._absent, lambda number: self._lines_of([number])):
            together.add(one, other)
        return together.parts()

    def settle(self, numbers: Sequence[int]) -> None:
        """Settle areas together; or count what is known of one that is as the last run left it."""
        if len(numbers) == 1 and numbers[0] not in self._open:
            known = self._memory.known(self._areas[numbers[0]].name)
            if known:
                self.result.count(known)
                self.result.kept += known.notes
                return
        held = self._held.pop(numbers[0], None) if len(numbers) == 1 else None
        loaded = held or self._load(numbers)
        settled = settle(loaded.groups, loaded.lines, ask=loaded.ask, draw=self._draw, now=self._now)
        self.result.add(settled)
        before = {line.guid: line for line in loaded.lines}
        for line in settled.changed:
            self._memory.changed(line, before.get(line.guid))
        for course, notes in loaded.courses:
            own = {ref: one for ref, one in settled.identities.items() if ref.record_id in notes.groups}
            self._memory.identities(course, own)
            notes.keep({ref: one for ref, one in settled.asked.items() if ref.record_id in notes.groups})
        for number in numbers:
            self._keep(number, loaded, settled)

    def _load(self, numbers: Sequence[int]) -> _Loaded:
        courses = [self._courses[at] for number in numbers for at in self._areas[number].courses]
        return _Loaded([(course, course.load()) for course in courses], self._lines_of(numbers))

    def _lines_of(self, numbers: Sequence[int]) -> list[LockLine]:
        places = [place for number in numbers for place in self._areas[number].places if place in self._lines.places]
        return self._lines.of(places) if places else []

    def _keep(self, number: int, loaded: _Loaded, settled: Settled) -> None:
        """Keep what is known of an area from now on."""
        area = self._areas[number]
        own = {self._courses[at].place for at in area.courses}
        courses = [(course, notes) for course, notes in loaded.courses if course.place in own]
        title_of = {record_id: course.title for course, notes in courses for record_id in notes.groups}
        titles = {course_of(record_id): title for record_id, title in title_of.items()}
        groups = {record_id: notes for record_id, notes in loaded.groups.items() if record_id in title_of}
        lines = sorted(
            (line for line in settled.lines.values() if course_of(line.record_id) in area.places),
            key=lambda line: line.guid,
        )
        given = {ref: note for ref, note in settled.given.items() if ref.record_id in groups}
        ends = ends_of(groups, given, lines)
        missing = Counter(line.record_id for line in lines if line.state == "live" and line.record_id not in groups)
        known = KnownArea(
            inputs=self._inputs(area, digests_of(lines)),
            ends=ends,
            notes=sum(ref in settled.identities for ref in given),
            missing=sorted(missing.items()),
            retired=[
                (
                    title_of.get(line.record_id) or titles.get(course_of(line.record_id), ""),
                    line.record_id,
                    line.guid,
                    line.identity_text,
                )
                for line in lines
                if line.state == "retired"
            ],
            unasked=[
                (note.place.source_path, note.identity_text)
                for ref, note in given.items()
                if ref not in settled.asked or note.says_too_little
            ],
        )
        self.result.count(known)
        self._memory.keep(
            area.name, known, settled=not ends.lost and is_settled(groups, given, settled.identities, lines)
        )

    def _inputs(self, area: Area, places: Mapping[Place, tuple[int, str]] | None = None) -> str:
        """Return a digest of the area's records and lines: as the run found these, or of the places given."""
        found = self._lines.places if places is None else places
        courses = [[*self._courses[at].place, self._courses[at].digest] for at in area.courses]
        return hashlib.sha256(
            json.dumps([courses, [[*place, *found[place]] for place in area.places if place in found]]).encode()
        ).hexdigest()
