"""Settles the identities of a build with what the state knows, and writes the lock."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from pipeline.config import AnkiSettings
from pipeline.exporters.anki import note_type_digests
from pipeline.identity import (
    CourseSource,
    KnownArea,
    LockFiles,
    LockLine,
    NoteIdentity,
    NoteRef,
    NoteTypeLine,
    Settlement,
    file_of,
    guid_of,
    line_of,
    new_guid,
    next_note_types,
    number_of,
    settle_build,
)
from pipeline.stages.fingerprint import digest_of
from pipeline.stages.resolving.courses import CourseSum
from pipeline.stages.resolving.settling.known import identities_text, known_from, known_text
from pipeline.stages.resolving.settling.notes import CourseNotes
from pipeline.store import GuidIndex, IdentityIndex

__all__ = ["Settler"]

_APART: Final = 1 << 14  # GUIDs whose first 50 bits are the same have one Id


class Settler:
    """The records of a build and its lock. What it keeps is true of these, whether or not the lock is written."""

    def __init__(
        self,
        records: Path,
        courses: Sequence[CourseSum],
        lock: LockFiles,
        *,
        settings: AnkiSettings,
        index: IdentityIndex,
        guids: GuidIndex,
    ) -> None:
        self._records = records
        self._courses = courses
        self._lock = lock
        self._settings = settings
        self._index = index
        self._guids = guids

    def look_at_lock(self) -> None:
        """Note which GUIDs the lock has; settle what stands in two of its files."""
        lock, guids = self._lock, self._guids
        gone = guids.files().keys() - lock.files.keys()
        if not gone and not lock.fresh:
            return
        guids.lift([*gone, *sorted(lock.fresh)])
        for name in gone:
            guids.put_file(name, None)
        twice: set[str] = set()
        for name in sorted(lock.fresh):
            guids.put_file(name, lock.sums[name].dumps())
            if others := guids.set(name, (number_of(guid) for guid, _ in lock.lines(name))):
                twice |= {name, *others}
        if twice:
            lock.settle(sorted(twice))
            for name in sorted(lock.dirty & lock.sums.keys()):
                guids.set(name, (number_of(guid) for guid, _ in lock.lines(name)))

    def lost(self) -> list[str]:
        """Return the GUIDs that the lock had, as far as is known, and has no more."""
        return [guid_of(number) for number in self._guids.lost()]

    def settle(self, now: int) -> Settlement:
        """Give every note its identity; `now` as `identity.settle` has it."""
        self._guids.begin()
        sources = [self._source(course) for course in self._courses]
        memory = _Memory(self._index, self._guids, is_folder=self._lock.is_folder)
        settlement = settle_build(sources, self._lock, memory, draw=self._draw, now=now)
        self._index.keep_only(memory.areas, {course.name for course in self._courses})
        return settlement

    def _source(self, course: CourseSum) -> CourseSource:
        return CourseSource(
            (course.publisher, course.course),
            [tuple(place) for place in course.places],
            course.title,
            digest_of([course.digest, course.title]),
            partial(self._notes, course),
        )

    def _notes(self, course: CourseSum) -> CourseNotes:
        return CourseNotes(
            partial(course.lines, self._records),
            self._line_at,
            self._settings,
            self._index.notes(course.name),
            partial(self._index.put_notes, course.name),
        )

    def _line_at(self, offset: int) -> bytes:
        with self._records.open("rb") as handle:
            handle.seek(offset)
            return handle.readline()

    def _draw(self, kind: str, subject: str) -> str:
        guid = new_guid(kind, subject, self._is_in_use)
        self._guids.draw(number_of(guid))
        return guid

    def _is_in_use(self, guid: str, _short: str) -> bool:
        first = number_of(guid) // _APART * _APART
        return self._guids.any_between(first, first + _APART - 1)

    def note_types(self, now: int) -> dict[str, NoteTypeLine]:
        """Return the note types of the lock as they are from now on."""
        return next_note_types(self._lock.note_types, note_type_digests(), now)

    def changed(self) -> Iterator[LockLine]:
        """Yield the lines of the lock that are new or others now."""
        return (line_of(line) for _, _, line in self._guids.changes() if line is not None)

    def write(self, types: Mapping[str, NoteTypeLine]) -> None:
        """Write the lock with what was settled. Raises OSError."""
        by_file = groupby(self._guids.changes(), key=itemgetter(0))
        changes = ((name, ((guid, line) for _, guid, line in lines)) for name, lines in by_file)
        for name, found in self._lock.write(changes, types).items():
            self._guids.put_file(name, found.dumps() if found else None)
        for name in sorted(self._lock.dirty):
            self._guids.set(name, (number_of(guid) for guid, _ in self._lock.lines(name)))
        self._guids.changed()


class _Memory:
    """What is known of areas, in the state."""

    def __init__(self, index: IdentityIndex, guids: GuidIndex, *, is_folder: bool) -> None:
        self._index = index
        self._guids = guids
        self._is_folder = is_folder
        self.areas: set[str] = set()

    def known(self, area: str) -> KnownArea | None:
        self.areas.add(area)
        found = self._index.area(area)
        return known_from(*found) if found else None

    def keep(self, area: str, known: KnownArea, *, settled: bool) -> None:
        self._index.put_area(area, known.inputs if settled else "", known_text(known))

    def identities(self, course: CourseSource, identities: Mapping[NoteRef, NoteIdentity]) -> None:
        text = identities_text(identities)
        self._index.put_identities("/".join(course.place), digest_of(text), text)

    def changed(self, line: LockLine, before: LockLine | None) -> None:
        file = self._file(line)
        number = number_of(line.guid)
        self._guids.change(file, line.guid, number, line.as_json().encode())
        if before and self._file(before) != file:
            self._guids.change(self._file(before), line.guid, number, None)

    def _file(self, line: LockLine) -> str:
        return file_of(line.record_id) if self._is_folder else ""
