"""Bytes that exporters keep between builds, by content key: parts of an artifact that an edit leaves as they were.

They lie in a file of their own, each with its checksum: damage costs what it hit, and no page is parsed again for it.
"""

import hashlib
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final, TypeVar

from pipeline.store.database import Database, StateDamagedError
from pipeline.store.removing import remove

__all__ = ["ChunkStore"]

_T = TypeVar("_T")
_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE chunks (key TEXT PRIMARY KEY, run INTEGER NOT NULL, sha256 BLOB NOT NULL, value BLOB NOT NULL);
CREATE TABLE uses (artifact TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (artifact, key)) WITHOUT ROWID;
"""
# A chunk that no artifact is made from any more stays for some runs that make any: text that is undone comes back.
_RUNS_KEPT: Final = 3


class ChunkStore:
    """The exporters' cache. A chunk lives as long as an artifact is made from it, and a few runs longer.

    The file is opened when it is first needed. If it is damaged, it is made anew; a chunk that is damaged is forgotten.
    `damage` then says what was wrong. Methods raise SurroundingsError if the file cannot be kept (a full disk).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._opened: Database | None = None
        self._run = 0
        self._used: set[str] = set()
        self.damage = ""

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, or None."""
        return self._healed(lambda database: self._get(database, key))

    def put(self, key: str, value: bytes) -> None:
        """Keep `value`."""
        self._healed(lambda database: self._put(database, key, value))

    def written(self, artifact: str) -> None:
        """Note that `artifact` was made from what was got and put since the last call."""
        if self._used:
            self._healed(lambda database: self._note(database, artifact))

    def kept(self) -> None:
        """Keep what was got and put since the last call for a few runs, though nothing was made from it."""
        if self._used:
            self._healed(self._mark)

    def drop(self, artifact: str) -> None:
        """Forget the chunks that `artifact` was made from: it is not what it should be, and one of them may be why."""
        if self._path.exists():
            self._healed(lambda database: _drop(database, artifact))

    def evict(self, artifacts: Collection[str]) -> None:
        """Drop what none of `artifacts` is made from and no recent run used, if this run used any chunk."""
        if self._opened is not None:
            self._healed(lambda database: self._evict(database, artifacts))

    def close(self) -> None:
        """Close the file, if it was opened."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _healed(self, action: Callable[[Database], _T]) -> _T:
        with self._lock:
            try:
                return action(self._database())
            except StateDamagedError as error:
                self.damage = str(error)
                self.close()
                remove(self._path)
                return action(self._database())

    def _database(self) -> Database:
        if self._opened is None:
            if self._path.is_dir():
                raise StateDamagedError(f"{self._path.name} is not a file")
            self._opened = Database(self._path, _SCHEMA, _VERSION)
            (last,) = self._opened.execute("SELECT coalesce(max(run), 0) FROM chunks").fetchone()
            self._run = last + 1
        return self._opened

    def _get(self, database: Database, key: str) -> bytes | None:
        row = database.execute("SELECT sha256, value FROM chunks WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        sha256, value = row
        if not isinstance(value, bytes) or hashlib.sha256(value).digest() != sha256:
            self.damage = "a checksum differs"
            database.execute("DELETE FROM chunks WHERE key = ?", (key,))
            return None
        self._used.add(key)
        return value

    def _put(self, database: Database, key: str, value: bytes) -> None:
        row = (key, self._run, hashlib.sha256(value).digest(), value)
        database.execute("INSERT OR REPLACE INTO chunks VALUES (?, ?, ?, ?)", row)
        self._used.add(key)

    def _note(self, database: Database, artifact: str) -> None:
        with database.transaction():
            database.execute("DELETE FROM uses WHERE artifact = ?", (artifact,))
            database.executemany("INSERT INTO uses VALUES (?, ?)", ((artifact, key) for key in self._used))
            self._mark(database)

    def _mark(self, database: Database) -> None:
        database.executemany("UPDATE chunks SET run = ? WHERE key = ?", ((self._run, key) for key in self._used))
        self._used.clear()

    def _evict(self, database: Database, artifacts: Collection[str]) -> None:
        with database.transaction():
            for (artifact,) in database.execute("SELECT DISTINCT artifact FROM uses").fetchall():
                if artifact not in artifacts:
                    database.execute("DELETE FROM uses WHERE artifact = ?", (artifact,))
            database.execute(
                "DELETE FROM chunks WHERE run < ? AND key NOT IN (SELECT key FROM uses)", (self._run - _RUNS_KEPT,)
            )


def _drop(database: Database, artifact: str) -> None:
    with database.transaction():
        database.execute("DELETE FROM chunks WHERE key IN (SELECT key FROM uses WHERE artifact = ?)", (artifact,))
        database.execute("DELETE FROM uses WHERE artifact = ?", (artifact,))
