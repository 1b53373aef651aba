"""The folder of the state: one run at a time, a list of the files we wrote, and a place for tracebacks."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pipeline.config import SurroundingsError
from pipeline.store.state import State, StateDamagedError

try:
    import fcntl
except ImportError:  # no such module on Windows: there two runs at once are the user's own care
    fcntl = None  # type: ignore[assignment]

__all__ = ["StateFolder"]

_FOLDER: Final = ".state"


class StateFolder:
    """`build/.state/`. What it holds can be made again, but for the list of the files that we wrote."""

    def __init__(self, build: Path) -> None:
        self.build = build
        self.path = build / _FOLDER
        self.database = self.path / "state.sqlite3"
        self.traceback = self.path / "traceback.txt"
        self._in_use = self.path / "in-use"
        self._written = self.path / "written.txt"

    def create(self) -> None:
        """Make the folder, if it is missing. Raises SurroundingsError if nothing can be written there."""
        hint = "choose another folder with --build, or make this one writable"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"the build folder cannot be written: {error.strerror}"
            raise SurroundingsError(message, where=str(self.build), hint=hint) from error
        for folder in (self.build, self.path):
            if not os.access(folder, os.W_OK | os.X_OK):
                message = "the build folder cannot be written: Permission denied"
                raise SurroundingsError(message, where=str(folder), hint=hint)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the build folder for one run; the system lets go of it if the run is killed.

        Raises SurroundingsError if another run holds it.
        """
        try:
            handle = self._in_use.open("a")
        except OSError as error:
            message = f"the build folder cannot be written: {error.strerror}"
            raise SurroundingsError(message, where=str(self.build), hint="choose another with --build") from error
        with handle:
            if fcntl is not None:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError as error:
                    raise SurroundingsError(
                        "another run is using this build folder",
                        where=str(self.build),
                        hint="wait until it has ended, or choose another folder with --build",
                    ) from error
            yield

    def open(self) -> tuple[State, str | None]:
        """Return the state, and why the one that was there had to be discarded, if it had."""
        try:
            return State(self.database), None
        except StateDamagedError as error:
            self.discard()
            return State(self.database), str(error)

    def discard(self) -> None:
        """Delete the state file."""
        for path in (self.database, self.database.with_name(self.database.name + "-journal")):
            path.unlink(missing_ok=True)

    def written(self) -> set[str]:
        """Return the POSIX paths below the build folder of the files that we wrote and did not delete.

        The list may have come with a build of somebody else, or be damaged: none of its lines is to be trusted.
        """
        try:
            lines = self._written.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return set()
        return {line for line in lines if line}

    def will_write(self, path: str) -> None:
        """Note, before it is there, that `path` is ours: a run killed just after must not leave a file unlisted."""
        with self._written.open("a", encoding="utf-8") as handle:
            handle.write(path + "\n")

    def set_written(self, paths: Iterable[str]) -> None:
        """Replace the list."""
        part = self._written.with_suffix(".part")
        part.write_text("".join(f"{path}\n" for path in sorted(paths)), encoding="utf-8")
        part.replace(self._written)

    def forget(self) -> None:
        """Delete the list, the traceback and the mark of a run at work."""
        for path in (self._written, self.traceback, self._in_use):
            path.unlink(missing_ok=True)
