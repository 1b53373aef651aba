"""`cards.lock` on disk: read, kept from other runs, written."""

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pipeline.config import ConfigError, SurroundingsError, UserError
from pipeline.identity import FileSum, Lock, LockError, LockFiles, read_lock, remove_leftovers
from pipeline.identity import write_lock as put_lock

try:
    import fcntl
except ImportError:  # no such module on Windows: there two runs at once are the user's own care
    fcntl = None  # type: ignore[assignment]

__all__ = ["build_time", "held_lock", "leads_nowhere", "load_lock", "open_lock", "told_of_writing", "write_lock"]

_TOLD_AFTER: Final = 1.0  # seconds
_BETWEEN: Final = 0.05  # seconds, two attempts
_HELD: Final = {errno.EWOULDBLOCK, errno.EAGAIN}


def open_lock(path: Path, known: Mapping[str, FileSum]) -> LockFiles:
    """Return the lock; `known` is what is known of its files. Raises as `load_lock` does."""
    with _told_of_reading(path):
        return LockFiles.open(path, known)


def load_lock(path: Path) -> Lock:
    """Return all lines of the lock at once.

    Raises UserError, with its lines, if it is damaged, SurroundingsError if it is closed to us.
    """
    with _told_of_reading(path):
        return read_lock(path)


@contextlib.contextmanager
def _told_of_reading(path: Path) -> Iterator[None]:
    try:
        yield
    except LockError as error:
        raise UserError(str(error), hint=error.hint) from error
    except OSError as error:
        message = f"the lock cannot be read: {error.strerror}"
        raise SurroundingsError(message, where=str(path), hint="check --lock, and the file's permissions") from error


def leads_nowhere(path: Path) -> bool:
    """Say whether the lock is a link to a file that is not there: one on a disk that is not mounted, say."""
    return path.is_symlink() and not path.exists()


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
    """Write a lock that is held as a whole, all of it or nothing. Raises SurroundingsError."""
    with told_of_writing(path):
        put_lock(path, lock)


@contextlib.contextmanager
def told_of_writing(path: Path) -> Iterator[None]:
    """Turn errors of the system in writing the lock at `path` into SurroundingsError."""
    try:
        yield
    except OSError as error:
        message = f"the lock cannot be written: {error.strerror}"
        hint = "make its folder writable, or use --frozen where the lock must not change"
        if leads_nowhere(path):
            message = f"the lock is a link into a folder that is not there: {os.path.realpath(path)}"
            hint = "is the disk mounted? Else let the link lead to where the lock is, or delete the link"
        raise SurroundingsError(message, where=str(path), hint=hint) from error


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
