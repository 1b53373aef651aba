"""A worker's side of a cluster: what it must have as the run has it, and what it keeps from one task to the next."""

import contextlib
import ctypes
import functools
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from pipeline.stages.fingerprint import code_fingerprint, digest_of

__all__ = ["Refused", "alike", "checked", "dismiss", "lent", "workplace"]

# Pango and HarfBuzz draw PDFs, and come from the system: library, and the function that tells its version.
_OF_THE_SYSTEM: Final = (
    ("libpango-1.0.so.0", "pango_version_string"),
    ("libharfbuzz.so.0", "hb_version_string"),
    ("libharfbuzz-subset.so.0", "hb_version_string"),
)
_IDLE: Final = 300.0  # seconds after which what no task has used is closed: its run may have been killed


class Refused(NamedTuple):
    """The answer of a worker that has another fingerprint."""

    worker: str
    fingerprint: str


@functools.cache
def alike() -> str:
    """Return a digest of our code, and of the versions of Python, of the libraries that we need, and of Pango."""
    return digest_of([code_fingerprint(["pipeline"]), [_version(*library) for library in _OF_THE_SYSTEM]])


def checked(expected: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a function does, on a machine that has what the run's own has; else Refused."""
    from distributed import get_worker

    return function(*arguments) if alike() == expected else Refused(get_worker().address, alike())


def workplace() -> Path:
    """Return the folder for temporary files of the Dask worker that runs this: it goes with it."""
    from distributed import get_worker

    return Path(get_worker().local_directory)


class _Closable(Protocol):
    def close(self) -> object: ...


_Thing = TypeVar("_Thing", bound=_Closable)


class _Shelf:
    """Things by run and kind, none of which a task has at the moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._things: list[tuple[str, str, float, Any]] = []  # run, kind, since when it lies here, the thing
        self._over: set[str] = set()

    def take(self, run: str, kind: str) -> Any:
        with self._lock:
            for place, (its_run, its_kind, _, thing) in enumerate(self._things):
                if (its_run, its_kind) == (run, kind):
                    del self._things[place]
                    return thing
        return None

    def put(self, run: str, kind: str, thing: _Closable) -> None:
        with self._lock:
            is_over = run in self._over
            if not is_over:
                self._things.append((run, kind, time.monotonic(), thing))
        if is_over:
            thing.close()
        else:
            later = threading.Timer(_IDLE, self._close, [lambda _run, since: time.monotonic() - since >= _IDLE])
            later.daemon = True
            later.start()

    def end(self, run: str) -> None:
        with self._lock:
            self._over.add(run)
        self._close(lambda its_run, _since: its_run == run)

    def _close(self, is_done: Callable[[str, float], bool]) -> None:
        with self._lock:
            done = [one for one in self._things if is_done(one[0], one[2])]
            self._things = [one for one in self._things if one not in done]
        for _, _, _, thing in done:
            thing.close()


# Tasks are functions: what outlives them can only lie in the process of the Dask worker.
_SHELF: Final = _Shelf()


@contextlib.contextmanager
def lent(run: str, kind: str, make: Callable[[], _Thing]) -> Iterator[_Thing]:
    """Give a task what an earlier one of its run has left, or what `make` returns; it is closed if the task fails."""
    thing: _Thing = _SHELF.take(run, kind) or make()
    try:
        yield thing
    except BaseException:
        thing.close()
        raise
    _SHELF.put(run, kind, thing)


def dismiss(run: str) -> None:
    """Close what is kept for a run, and what its last tasks bring back."""
    _SHELF.end(run)


def _version(library: str, function: str) -> str:
    try:
        tell = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return ""
    tell.restype = ctypes.c_char_p
    return str(tell().decode("ascii", "replace"))
