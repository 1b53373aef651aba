"""`cards.lock` on disk, and the identities that it gives the notes of a build."""

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pipeline.config import ConfigError, Settings, SurroundingsError, UserError
from pipeline.exporters import CourseEdition
from pipeline.exporters.anki import note_type_digests
from pipeline.identity import Assignment, Lock, LockError, assign, parse_lock, remove_leftovers
from pipeline.notes import notes_of

try:
    import fcntl
except ImportError:  # no such module on Windows: there two runs at once are the user's own care
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "assignment_of",
    "build_time",
    "held_lock",
    "leads_nowhere",
    "load_lock",
    "lock_bytes",
    "lock_of",
    "write_lock",
]

_TOLD_AFTER: Final = 1.0  # seconds
_BETWEEN: Final = 0.05  # seconds, two attempts
_HELD: Final = {errno.EWOULDBLOCK, errno.EAGAIN}


def load_lock(path: Path) -> Lock:
    """Return the lock. Raises UserError, with its lines, if it is damaged, SurroundingsError if it is closed to us."""
    return lock_of(lock_bytes(path), path)


def lock_bytes(path: Path) -> bytes | None:
    """Return what the lock's file holds, None if there is no file. Raises SurroundingsError if it is closed to us."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"the lock cannot be read: {error.strerror}"
        raise SurroundingsError(message, where=str(path), hint="check --lock, and the file's permissions") from error


def leads_nowhere(path: Path) -> bool:
    """Say whether the lock is a link to a file that is not there: one on a disk that is not mounted, say."""
    return path.is_symlink() and not path.exists()


def lock_of(data: bytes | None, path: Path) -> Lock:
    """Return the lock that these bytes are, an empty one for None. Raises UserError, with its lines."""
    try:
        return Lock() if data is None else parse_lock(data, path.name)
    except LockError as error:
        raise UserError(str(error), hint=error.hint) from error


@contextlib.contextmanager
def held_lock(path: Path, wait: float, tell: Callable[[str], None]) -> Iterator[None]:
    """Keep the lock from other runs that would write it; the system lets go of it if this one is killed.

    What is held is the folder of the file that `path` leads to: the file itself is replaced. Whoever only reads need
    not hold it. Waits up to `wait` seconds, and tells so after one. Raises SurroundingsError if that was not enough.
    """
    real = Path(os.path.realpath(path))
    if fcntl is None or not real.parent.is_dir():
        yield
        return
    with _opened(real) as handle:
        began = time.monotonic()
        told = False
        while not _taken(handle):
            waited = time.monotonic() - began
            if waited >= wait:
                hint = "wait until it has ended, or give it longer with --wait SECONDS"
                raise SurroundingsError("another run is using this lock", where=str(path), hint=hint)
            if waited >= _TOLD_AFTER and not told:
                tell(f"another run is using {path}: waiting for it, up to {wait:g} seconds")
                told = True
            time.sleep(min(_BETWEEN, wait - waited))
        with contextlib.suppress(OSError):
            remove_leftovers(path)
        yield


@contextlib.contextmanager
def _opened(real: Path) -> Iterator[int]:
    """Open what is held. Some network disks lock only what is open for writing: there it is a file beside the lock."""
    try:
        handle = os.open(real.parent, os.O_RDONLY)
        try:
            _taken(handle)
        except OSError:
            os.close(handle)
            handle = os.open(real.with_name(f".{real.name}.in-use"), os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        message = f"the lock cannot be kept from other runs: {error.strerror}"
        raise SurroundingsError(message, where=str(real.parent), hint="check the folder's permissions") from error
    try:
        yield handle
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


def write_lock(lock: Lock, path: Path) -> None:
    """Write the lock, whole or not at all. Raises SurroundingsError."""
    try:
        lock.write(path)
    except OSError as error:
        message = f"the lock cannot be written: {error.strerror}"
        hint = "make its folder writable, or use --frozen where the lock must not change"
        if leads_nowhere(path):
            message = f"the lock is a link into a folder that is not there: {os.path.realpath(path)}"
            hint = "is the disk mounted? Else let the link lead to where the lock is, or delete the link"
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
