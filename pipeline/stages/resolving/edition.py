"""The edition: what exporters and verification read, served from `records.jsonl`, the store and the lock."""

import functools
import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from pipeline.config import Settings
from pipeline.exporters import CourseEdition, Edition, Elsewhere
from pipeline.identity import Assignment, Lock
from pipeline.records import Record, load_record
from pipeline.stages.fingerprint import digest_of
from pipeline.stages.resolving.courses import CourseSum
from pipeline.stages.resolving.lock import assignment_of, build_time, lock_bytes, lock_of
from pipeline.store import ChunkStore

__all__ = ["EditionSource", "course_editions"]

# What decides how pages are read, or where and how the run works: no output depends on it but through the records.
_WHERE_AND_HOW: Final = {"raw", "build", "lock", "wait", "jobs", "executor", "scheduler", "frozen"}
_OF_READING: Final = {"url", "limits", "defaults", "layouts", "strict", "fail_on"}


class EditionSource:
    """Makes the edition when it is first asked for: a run that changes nothing never needs it."""

    def __init__(
        self,
        settings: Settings,
        courses: tuple[CourseEdition, ...],
        records_digest: str,
        media: Callable[[str], bytes],
        chunks: ChunkStore,
        *,
        scratch: Path | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self.settings = settings
        self.courses = courses
        self.records_digest = records_digest
        self.chunks = chunks
        self._media = media
        self._scratch = scratch
        self._elsewhere = elsewhere

    @functools.cached_property
    def _lock_bytes(self) -> bytes | None:
        return lock_bytes(self.settings.lock)

    def read_lock(self) -> None:
        """Read the lock once more, before anything was made of it."""
        self._lock_bytes = lock_bytes(self.settings.lock)

    def wrote_lock(self) -> None:
        """Take what this run wrote for the lock that outputs are made from, whatever other runs write after it."""
        self._lock_bytes = self.assignment.lock.dumps().encode("utf-8")

    @functools.cached_property
    def lock(self) -> Lock:
        """Return the lock as it was when the run came to it."""
        return lock_of(self._lock_bytes, self.settings.lock)

    @functools.cached_property
    def assignment(self) -> Assignment:
        """Return the identity of every note of the build."""
        return assignment_of(self.courses, self.lock, self.settings, build_time())

    @functools.cached_property
    def edition(self) -> Edition:
        """Return what exporters and verification read."""
        return Edition(
            settings=self.settings,
            courses=self.courses,
            identities=self.assignment.identities,
            note_type_mods={name: line.mod for name, line in self.assignment.lock.note_types.items()},
            retired=self.assignment.retired,
            media=self._media,
            cache=self.chunks,
            scratch=self._scratch,
            elsewhere=self._elsewhere,
        )

    def digest(self) -> str:
        """Return a digest of all that an output can be made from: records, lock, settings, the files these name."""
        chosen = self.settings.model_dump(exclude=_WHERE_AND_HOW | _OF_READING)
        return digest_of([self.records_digest, _sha256(self._lock_bytes), chosen, _files_named(chosen)])


def _files_named(value: Any) -> list[str]:
    if isinstance(value, Path):
        return [_bytes_digest(value)]
    if isinstance(value, dict):
        return [digest for part in value.values() for digest in _files_named(part)]
    return []


def _bytes_digest(path: Path) -> str:
    try:
        return _sha256(path.read_bytes())
    except OSError:
        return ""


def _sha256(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()


def course_editions(records: Path, courses: Sequence[CourseSum]) -> tuple[CourseEdition, ...]:
    """Return the courses, each able to read its own records from the file `records`, which is ours and trusted."""
    return tuple(
        CourseEdition(
            slug=course.slug,
            title=course.title,
            digest=course.digest,
            count=course.count,
            records=_reader(records, course.spans),
            url=course.url,
            publisher=course.publisher,
            kinds=course.kinds,
            media=course.media,
        )
        for course in courses
    )


def _reader(records: Path, spans: Sequence[tuple[int, int]]) -> Callable[[], Iterator[Record]]:
    def read() -> Iterator[Record]:
        with records.open("rb") as handle:
            for offset, length in spans:
                handle.seek(offset)
                end = offset + length
                while handle.tell() < end:
                    yield load_record(handle.readline(), trusted=True)

    return read
