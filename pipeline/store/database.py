"""An SQLite file that is only a cache: whatever is wrong with it is either damage or the machine's, and told so.

The journal is SQLite's rollback journal: whatever moment a run is killed at, the next one finds the last commit.
"""

import contextlib
import functools
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, Final, ParamSpec, Self, TypeVar

from pipeline.config import SurroundingsError

__all__ = ["Database", "StateDamagedError"]

_P = ParamSpec("_P")
_R = TypeVar("_R")
# SQLite's codes (https://sqlite.org/rescode.html) for what the machine refuses; all others are the file's own fault.
_OF_THE_MACHINE: Final = frozenset(
    (
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_AUTH,
    )
)
# Failures in reading what is there: a file made anew lies elsewhere on the disk.
_UNREADABLE: Final = frozenset(
    (
        sqlite3.SQLITE_IOERR_READ,
        sqlite3.SQLITE_IOERR_SHORT_READ,
        sqlite3.SQLITE_IOERR_CORRUPTFS,
        sqlite3.SQLITE_IOERR_DATA,
    )
)


class StateDamagedError(Exception):
    """A file of the state is not as it was written, or not by this version: it is to be discarded."""


class Database:
    """An open file with the tables of `schema`. Changes become permanent with `commit`, which `transaction` calls.

    Methods raise StateDamagedError if the file is damaged, SurroundingsError if the machine refuses (a full disk).
    """

    def __init__(self, path: Path, schema: str, version: int, *, read_only: bool = False) -> None:
        """Open the file at `path`, made if it is missing; a file of another `version` counts as damaged."""
        self.path = path
        uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        try:
            self._connection = sqlite3.connect(
                uri, uri=True, isolation_level=None, check_same_thread=False, factory=_Connection
            )
        except sqlite3.Error as error:
            raise _told(error, path) from error
        self._connection.path = path
        try:
            self._prepare(schema, version, read_only=read_only)
        except BaseException:
            self.close()
            raise

    def _prepare(self, schema: str, version: int, *, read_only: bool) -> None:
        self.execute("PRAGMA cache_size = -32000")
        self.execute("PRAGMA temp_store = FILE")
        if not read_only:
            self.execute("PRAGMA journal_mode = DELETE")
            self.execute("PRAGMA synchronous = NORMAL")
        (found,) = self.execute("PRAGMA user_version").fetchone()
        (tables,) = self.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if found == version:
            return
        if found or tables or read_only:
            raise StateDamagedError("made by another version")
        try:
            self._connection.executescript(f"BEGIN; {schema} PRAGMA user_version = {version}; COMMIT;")
        except sqlite3.Error as error:
            raise _told(error, self.path) from error

    def execute(self, sql: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        cursor: sqlite3.Cursor = self._connection.cursor(_Cursor).execute(sql, values)
        return cursor

    def executemany(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run one statement for each row of values."""
        self._connection.cursor(_Cursor).executemany(sql, rows)

    def begin(self) -> None:
        """Begin a transaction, if none is open."""
        if not self._connection.in_transaction:
            self.execute("BEGIN")

    def commit(self) -> None:
        """Make what was changed permanent."""
        if self._connection.in_transaction:
            self.execute("COMMIT")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all changes of the block permanent together, or, if it raises, none."""
        self.begin()
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self.execute("ROLLBACK")
            raise
        self.commit()

    def refuse_unsound(self) -> None:
        """Read the whole file through. Raises StateDamagedError if tables and indexes do not fit together."""
        (found,) = self.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise StateDamagedError(str(found).splitlines()[-1])

    def copy_to(self, path: Path) -> None:
        """Copy the file, as it is between two transactions, to `path`, where none is."""
        try:
            with contextlib.closing(sqlite3.connect(path)) as copy:
                self._connection.backup(copy)
        except sqlite3.Error as error:
            raise _told(error, path) from error

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Return the open file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()


def _guarded(method: Callable[Concatenate[sqlite3.Cursor, _P], _R]) -> Callable[Concatenate[Any, _P], _R]:
    """Let a cursor's method raise our errors: of running a statement, and of reading its rows."""

    @functools.wraps(method)
    def guarded(cursor: Any, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return method(cursor, *args, **kwargs)
        except sqlite3.Error as error:
            raise _told(error, cursor.connection.path) from error

    return guarded


class _Connection(sqlite3.Connection):
    path: Path


class _Cursor(sqlite3.Cursor):
    execute: Any = _guarded(sqlite3.Cursor.execute)
    executemany: Any = _guarded(sqlite3.Cursor.executemany)
    fetchone = _guarded(sqlite3.Cursor.fetchone)
    fetchall = _guarded(sqlite3.Cursor.fetchall)
    __next__ = _guarded(sqlite3.Cursor.__next__)


def _told(error: sqlite3.Error, path: Path) -> Exception:
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        return error  # a defect of ours
    code = getattr(error, "sqlite_errorcode", 0)  # the module's own errors (text that is no UTF-8) have none
    if code & 0xFF in _OF_THE_MACHINE and code not in _UNREADABLE:
        hint = "is there room on the disk, and may you write in this folder?"
        return SurroundingsError(f"the state cannot be kept: {error}", where=str(path), hint=hint)
    return StateDamagedError(str(error))
