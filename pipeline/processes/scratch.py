"""Folders for temporary files: deleted when the work is done, and by a later run if this one is killed."""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # no such module on Windows: what a killed run left there stays
    fcntl = None  # type: ignore[assignment]

__all__ = ["scratch_folder", "sweep"]

_PREFIX: Final = "guidepress-run-"
_ALIVE: Final = ".alive"


@contextlib.contextmanager
def scratch_folder(place: Path | None = None) -> Iterator[Path]:
    """Give a folder of one's own below `place`, or below the system's temporary folder; it is deleted afterwards.

    What runs that were killed have left there goes as well: a file in the folder of one that is alive is locked, and
    the system lets go of that lock however the run ends. Raises OSError if no folder can be made.
    """
    within = (place or Path(tempfile.gettempdir())).absolute()
    sweep(within)
    folder, handle = _made(within)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def sweep(within: Path) -> None:
    """Delete what runs that were killed have left below a folder. Others', and what others wrote, is left alone."""
    if fcntl is None:
        return
    for left in within.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            _sweep(left)


def _made(within: Path) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=within))
        # Until it is locked, another run takes it for that of a dead one.
        with contextlib.suppress(FileNotFoundError):
            handle = os.open(folder / _ALIVE, os.O_RDWR | os.O_CREAT, 0o600)
            if fcntl is None or (_locked(handle) and folder.exists()):
                return folder, handle
            os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a disk without locks: nothing is swept there
        return True
    return True


def _sweep(left: Path) -> None:
    status = left.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        return
    try:
        handle = os.open(left / _ALIVE, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        left.rmdir()  # killed before it put anything there
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(handle)
