"""The edition: what exporters and verification read, served from `records.jsonl`, the store and the lock."""

import functools
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from pipeline.config import Settings
from pipeline.exporters import CourseEdition, Edition, Elsewhere
from pipeline.identity import FileSum, Lock, LockFiles, NoteTypeLine, Settlement, number_of
from pipeline.stages.fingerprint import code_fingerprint, digest_of
from pipeline.stages.resolving.courses import CourseSum
from pipeline.stages.resolving.lock import build_time, load_lock, open_lock, told_of_writing
from pipeline.stages.resolving.settling import Settler, identities_of, retired_of
from pipeline.store import ChunkStore, GuidIndex, IdentityIndex, State

__all__ = ["EditionSource", "course_editions", "is_of_lock"]

# What decides how pages are read, or where and how the run works: no output depends on it but through the records.
_WHERE_AND_HOW: Final = {"raw", "build", "lock", "wait", "jobs", "executor", "scheduler", "frozen"}
_OF_READING: Final = {"url", "limits", "defaults", "layouts", "strict", "fail_on"}
_MODULES: Final = ("pipeline.records", "pipeline.notes", "pipeline.identity", "pipeline.exporters.anki")
# In the state: what notes are made by, where the lock lies, and of what the identities are that are kept.
_RULES: Final = "rules of identities"
_PLACE: Final = "place of the lock"
_IDENTIFIED: Final = "identities of"


class EditionSource:
    """Makes the edition when it is first asked for: a run that changes nothing never needs it."""

    def __init__(
        self,
        settings: Settings,
        *,
        records: Path,
        courses: tuple[CourseSum, ...],
        records_digest: str,
        media: Callable[[str], bytes],
        chunks: ChunkStore,
        state: State,
        scratch: Path | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self.settings = settings
        self.records_digest = records_digest
        self.chunks = chunks
        self._records = records
        self._courses = courses
        self._media = media
        self._scratch = scratch
        self._elsewhere = elsewhere
        self._state = state
        self._index = IdentityIndex(state)
        self._guids = GuidIndex(state)
        self._settlement: Settlement | None = None
        self._lost: list[str] | None = None

    @functools.cached_property
    def lock(self) -> LockFiles:
        """Return the lock as it was when the run came to it, or as this run wrote it."""
        known = self._guids.files() if is_of_lock(self._state, self.settings) else {}
        return open_lock(self.settings.lock, {name: FileSum.loads(text) for name, text in known.items()})

    def read_lock(self) -> None:
        """Read the lock once more, before anything was made of it."""
        for name in ("lock", "_settler", "note_types"):
            self.__dict__.pop(name, None)
        self._settlement = None

    @functools.cached_property
    def now(self) -> int:
        """Return the time of this build, in seconds."""
        return build_time()

    @functools.cached_property
    def _settler(self) -> Settler:
        return Settler(
            self._records,
            self._courses,
            self.lock,
            settings=self.settings.anki,
            index=self._index,
            guids=self._guids,
        )

    def settle(self) -> Settlement:
        """Give every note its identity, in the state; the lock is not written."""
        if self._settlement is None:
            with self._state.transaction():
                self._look_at_lock()
                self._state.set_meta(_IDENTIFIED, "")
                self._settlement = self._settler.settle(self.now)
        return self._settlement

    def _look_at_lock(self) -> None:
        rules = digest_of([self.settings.anki.model_dump(mode="json"), self._code])
        if self._state.meta(_RULES) != rules:
            self._index.forget()
            self._state.set_meta(_RULES, rules)
        before = self._state.meta(_PLACE)
        if not is_of_lock(self._state, self.settings):
            self._guids.forget()
            self._state.set_meta(_PLACE, _place(self.settings))
        self._settler.look_at_lock()
        self._lost = None if before is None else self._settler.lost()

    def lost_lines(self) -> list[str] | None:
        """Return the GUIDs that the last run knew and the lock does not know; None if nothing is known of that run."""
        self.settle()
        return self._lost

    def has_line(self, guid: str) -> bool:
        """Say whether the lock has the note."""
        return self._guids.has(number_of(guid))

    @functools.cached_property
    def note_types(self) -> dict[str, NoteTypeLine]:
        """Return the note types as they are from this run on."""
        return self._settler.note_types(self.now)

    @property
    def lock_changes(self) -> bool:
        """Say whether the lock has anything to learn from this run."""
        changed = self.settle().changed or self.lock.dirty
        return bool(changed) or self.note_types != self.lock.note_types

    def write_lock(self) -> None:
        """Write the lock; what this run wrote is what outputs are made from, whatever other runs write after it.

        Raises SurroundingsError.
        """
        with self._state.transaction(), told_of_writing(self.settings.lock):
            self._settler.write(self.note_types)
        self.__dict__.pop("lock", None)

    def is_identified(self) -> bool:
        """Say whether the identities in the state are those of these records, this lock and this code."""
        return self._state.meta(_IDENTIFIED) == self._identified()

    def _identified(self) -> str:
        return digest_of([self.digest(), self._code])

    @functools.cached_property
    def _code(self) -> str:
        return code_fingerprint(_MODULES)

    def identified(self) -> None:
        """Note that the lock is what the identities in the state say; what it lost is forgotten."""
        self._guids.forget_lost()
        self._state.set_meta(_IDENTIFIED, self._identified())

    def old_lock(self) -> Lock:
        """Return all lines of the lock as it is on the disk."""
        return load_lock(self.settings.lock)

    def next_lock(self) -> Lock:
        """Return all lines of the lock as this run would write it, or wrote it."""
        self.settle()
        lines = {line.guid: line for line in (*self.old_lock().lines, *self._settler.changed())}
        return Lock(tuple(line for _, line in sorted(lines.items())), self.note_types)

    @functools.cached_property
    def edition(self) -> Edition:
        """Return what exporters and verification read."""
        if not self.is_identified():
            self.settle()
        titles = {course.course: course.title for course in sorted(self._courses, key=lambda one: one.publisher)}
        return Edition(
            settings=self.settings,
            courses=self._identified_courses(),
            note_type_mods={name: line.mod for name, line in self.note_types.items()},
            retired=retired_of(self._index.areas(), titles),
            media=self._media,
            cache=self.chunks,
            scratch=self._scratch,
            elsewhere=self._elsewhere,
        )

    def _identified_courses(self) -> tuple[CourseEdition, ...]:
        """Return the courses, each with the identities of its own notes."""
        found = zip(self._courses, course_editions(self._records, self._courses), strict=True)
        return tuple(
            replace(
                course,
                identities=partial(self._identities, one.name),
                identities_digest=self._index.identities_digest(one.name),
            )
            for one, course in found
        )

    def _identities(self, course: str) -> Any:
        return identities_of(self._index.identities(course))

    def digest(self) -> str:
        """Return a digest of all that an output can be made from: records, lock, settings, the files these name."""
        chosen = self.settings.model_dump(exclude=_WHERE_AND_HOW | _OF_READING)
        return digest_of([self.records_digest, self.lock.digest, chosen, _files_named(chosen)])


def _files_named(value: Any) -> list[str]:
    if isinstance(value, Path):
        return [_bytes_digest(value)]
    if isinstance(value, dict):
        return [digest for part in value.values() for digest in _files_named(part)]
    return []


def _bytes_digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def is_of_lock(state: State, settings: Settings) -> bool:
    """Say whether what the state knows of a lock is of that of `settings`."""
    return state.meta(_PLACE) == _place(settings)


def _place(settings: Settings) -> str:
    """Return where the lock lies, seen from the build folder: a project may be moved as a whole."""
    return os.path.relpath(os.path.realpath(settings.lock), os.path.realpath(settings.build))


def course_editions(records: Path, courses: Sequence[CourseSum]) -> tuple[CourseEdition, ...]:
    """Return the courses, each able to read its own records from the file `records`, which is ours and trusted."""
    return tuple(
        CourseEdition(
            slug=course.slug,
            title=course.title,
            digest=course.digest,
            count=course.count,
            lines=partial(_lines, records, course),
            url=course.url,
            publisher=course.publisher,
            kinds=course.kinds,
            media=course.media,
        )
        for course in courses
    )


def _lines(records: Path, course: CourseSum) -> Iterator[bytes]:
    return (line for _, line in course.lines(records))
