"""The state file: one SQLite database below the build folder. It is only a cache: a damaged one is made anew.

The journal is SQLite's rollback journal: whatever moment a run is killed at, the next one finds the last commit.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from pipeline.config import SurroundingsError

__all__ = ["State", "StateDamagedError"]

# Raised with every change of a table: an older file is discarded, for what it holds can be made again.
_VERSION: Final = 3
_SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY, signature TEXT NOT NULL, fingerprint TEXT NOT NULL, settled INTEGER NOT NULL,
    ignored TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE pages (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL, file TEXT NOT NULL, key TEXT NOT NULL, run INTEGER NOT NULL,
    assets TEXT NOT NULL, settled INTEGER NOT NULL, visible INTEGER NOT NULL, unclaimed INTEGER NOT NULL,
    ledger BLOB NOT NULL, headings TEXT NOT NULL, UNIQUE (file, path)
);
CREATE TABLE records (
    id TEXT NOT NULL, page INTEGER NOT NULL, path TEXT NOT NULL, ordinal INTEGER NOT NULL, kind TEXT NOT NULL,
    fields INTEGER NOT NULL, characters INTEGER NOT NULL, captured TEXT NOT NULL, media INTEGER NOT NULL,
    publisher TEXT NOT NULL, course TEXT NOT NULL, title TEXT NOT NULL, url TEXT, body BLOB NOT NULL,
    marks TEXT NOT NULL
);
CREATE INDEX records_by_id ON records (id, fields DESC, characters DESC, captured DESC, path, ordinal);
CREATE INDEX records_by_page ON records (page);
CREATE INDEX records_by_path ON records (path, ordinal);
CREATE TABLE rejects (page INTEGER NOT NULL, path TEXT NOT NULL, line INTEGER, code TEXT NOT NULL,
    message TEXT NOT NULL, hint TEXT NOT NULL);
CREATE INDEX rejects_by_page ON rejects (page);
CREATE INDEX rejects_by_path ON rejects (path, line);
CREATE TABLE findings (page INTEGER NOT NULL, path TEXT NOT NULL, line INTEGER, code TEXT NOT NULL,
    id TEXT NOT NULL, level TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX findings_by_page ON findings (page);
CREATE INDEX findings_by_path ON findings (path, line, code, id);
CREATE INDEX findings_by_code ON findings (level, code, path, line);
CREATE TABLE media (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE artifacts (
    path TEXT PRIMARY KEY, exporter TEXT NOT NULL, digest TEXT NOT NULL, sha256 TEXT NOT NULL,
    size INTEGER NOT NULL, signature TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE verified (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, against TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE chunks (key TEXT PRIMARY KEY, run INTEGER NOT NULL, value BLOB NOT NULL);
CREATE TABLE chunk_uses (artifact TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (artifact, key)) WITHOUT ROWID;
"""


class StateDamagedError(Exception):
    """The state file is no database, or not a whole one: it is to be discarded."""


class State:
    """An open state file. Changes become permanent with `commit`, which `transaction` calls."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the state at `path`, made if it is missing.

        Raises StateDamagedError if it is damaged or of another version, SurroundingsError if it cannot be opened.
        """
        self.path = path
        self._connection: sqlite3.Connection | None = None
        with self.guarded():
            if read_only:
                self._connection = sqlite3.connect(
                    f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
                )
            else:
                self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._prepare(read_only=read_only)

    def _prepare(self, *, read_only: bool) -> None:
        self.execute("PRAGMA cache_size = -32000")
        self.execute("PRAGMA temp_store = FILE")
        if not read_only:
            self.execute("PRAGMA journal_mode = DELETE")
            self.execute("PRAGMA synchronous = NORMAL")
        (version,) = self.execute("PRAGMA user_version").fetchone()
        (tables,) = self.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if version == _VERSION:
            return
        if version or tables or read_only:
            self.close()
            raise StateDamagedError("made by another version")
        self.connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")

    @property
    def connection(self) -> sqlite3.Connection:
        """Return the open connection."""
        if self._connection is None:
            raise RuntimeError("the state is closed")
        return self._connection

    def execute(self, sql: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self.connection.execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run one statement for each row of values."""
        self.connection.executemany(sql, rows)

    def begin(self) -> None:
        """Begin a transaction, if none is open."""
        if not self.connection.in_transaction:
            self.execute("BEGIN")

    def commit(self) -> None:
        """Make what was changed permanent."""
        if self.connection.in_transaction:
            self.execute("COMMIT")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all changes of the block permanent together, or, if it raises, none."""
        self.begin()
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.execute("ROLLBACK")
            raise
        self.commit()

    @contextlib.contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn the block's database errors into ours: StateDamagedError, or SurroundingsError where a disk is full."""
        try:
            yield
        except sqlite3.OperationalError as error:
            self.close()
            hint = "is there room on the disk, and may you write in this folder?"
            raise SurroundingsError(f"the state cannot be kept: {error}", where=str(self.path), hint=hint) from error
        except sqlite3.DatabaseError as error:
            self.close()
            raise StateDamagedError(str(error)) from error

    def meta(self, name: str) -> str | None:
        """Return the value kept under `name`."""
        row = self.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        """Keep `value` under `name`."""
        self.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        """Return the open state."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()
