"""`cards.lock` on disk, and the identities that it gives the notes of a build."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from pipeline.config import ConfigError, Settings, SurroundingsError, UserError
from pipeline.exporters import CourseEdition
from pipeline.exporters.anki import note_type_digests
from pipeline.identity import Assignment, Lock, LockError, assign, read_lock
from pipeline.notes import notes_of

__all__ = ["assignment_of", "build_time", "load_lock", "write_lock"]


def load_lock(path: Path) -> Lock:
    """Return the lock. Raises UserError, with its lines, if it is damaged, SurroundingsError if it is closed to us."""
    try:
        return read_lock(path)
    except LockError as error:
        raise UserError(str(error), hint=error.hint) from error
    except OSError as error:
        message = f"the lock cannot be read: {error.strerror}"
        raise SurroundingsError(message, where=str(path), hint="check --lock, and the file's permissions") from error


def write_lock(lock: Lock, path: Path) -> None:
    """Write the lock, whole or not at all. Raises SurroundingsError."""
    try:
        lock.write(path)
    except OSError as error:
        message = f"the lock cannot be written: {error.strerror}"
        hint = "make its folder writable, or use --frozen where the lock must not change"
        raise SurroundingsError(message, where=str(path), hint=hint) from error


def assignment_of(courses: Sequence[CourseEdition], lock: Lock, settings: Settings, now: int) -> Assignment:
    """Return the identity of every note of the courses' records."""
    groups = {record.id: notes_of(record, settings.anki) for course in courses for record in course.records()}
    groups = dict(sorted(groups.items()))  # as in `records.jsonl`, whatever the order of courses
    return assign(groups, lock, read_records=groups.keys(), now=now, note_types=note_type_digests())


def build_time() -> int:
    """Return the time of this build in seconds: SOURCE_DATE_EPOCH if that is set, never later than the clock.

    Raises ConfigError if the variable is no whole number (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    now = int(time.time())
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return now
    if not given.isascii() or not given.isdigit():
        raise ConfigError(f"expected seconds since 1970, found {given!r}", where="SOURCE_DATE_EPOCH", hint="unset it")
    return min(now, int(given))
