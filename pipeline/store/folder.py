"""The folder of the state: one run at a time, a list of the files we wrote, and a place for tracebacks."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pipeline.config import SurroundingsError
from pipeline.store.database import StateDamagedError
from pipeline.store.removing import remove
from pipeline.store.seal import Seal
from pipeline.store.state import State

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
        self.chunks = self.path / "chunks.sqlite3"
        self.traceback = self.path / "traceback.txt"
        self._in_use = self.path / "in-use"
        self._written = self.path / "written.txt"
        self._journal = self.path / "state.sqlite3-journal"
        self._seal = Seal(self.path / "state.seal", self.database)

    def create(self) -> None:
        """Make the folder, if it is missing. Raises SurroundingsError if nothing can be written there."""
        hint = "choose another folder with --build, or make this one writable"
        try:
            if self.path.is_file() and not self.path.is_symlink():  # no state is kept in one file
                self.path.unlink()
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
            if self._in_use.is_dir():
                remove(self._in_use)
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

    @contextlib.contextmanager
    def opened(self) -> Iterator[State]:
        """Give the state, sealed again when the block is left with what it made.

        Raises StateDamagedError if what is there is no state, not what the last run left, or of another version.
        """
        for path in (self.database, self._journal, self._seal.path, self._written, self.traceback):
            if os.path.lexists(path) and not path.is_file():
                raise StateDamagedError(f"{path.name} is not a file")
        judged = self._seal.judge()
        if judged == "broken":
            raise StateDamagedError(f"{self.database.name} was changed, or its bytes were")
        if judged != "none":  # the run that sealed it had ended: no journal is its own
            self._journal.unlink(missing_ok=True)
        whole = judged == "whole" or not self.database.exists()
        self._seal.take_off()
        try:
            with State(self.database) as state:
                state.whole = whole
                if judged == "none":
                    state.refuse_unsound()
                yield state
        except StateDamagedError:
            raise
        except Exception:
            self._seal.put_on(doubted=not whole)
            raise
        self._seal.put_on(doubted=not whole)

    def look(self) -> State | None:
        """Return the state to be read, or None where there is none, or none that can be believed."""
        if not self.database.is_file() or (judged := self._seal.judge()) == "broken":
            return None
        try:
            state = State(self.database, read_only=True)
        except StateDamagedError:
            return None
        state.whole = judged == "whole"
        return state

    def copy_from(self, other: "StateFolder") -> bool:
        """Copy the state of `other`, which is only read, below this folder, which has none; say whether there was one.

        What was parsed there need not be parsed again. A state that cannot be read is left; a run may be at work there.
        """
        try:
            state = other.look()
            if state is None:
                return False
            self.path.mkdir(parents=True, exist_ok=True)
            with state:
                if not state.whole:
                    state.refuse_unsound()
                state.copy_to(self.database)
        except (StateDamagedError, SurroundingsError):
            self.discard()
            return False
        self._seal.put_on(doubted=not state.whole)
        return True

    def discard(self) -> None:
        """Delete the state file, and whatever is not the file that should be there."""
        try:
            for path in (self.database, self._journal, self._seal.path):
                remove(path)
            for path in (self._written, self.traceback):
                if not path.is_file():
                    remove(path)
        except OSError as error:
            hint = "delete it yourself: it can be made again"
            raise SurroundingsError(
                f"cannot be deleted: {error.strerror}", where=str(error.filename or self.path), hint=hint
            ) from error

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
        """Delete all else of ours: cached chunks, the list, the traceback and the mark of a run at work."""
        for path in (self.chunks, self._written, self.traceback, self._in_use):
            remove(path)
