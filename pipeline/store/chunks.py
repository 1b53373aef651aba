"""Bytes that exporters keep between builds, by content key: parts of an artifact that an edit leaves as they were."""

import threading
from typing import Final

from pipeline.store.state import State

__all__ = ["ChunkStore"]

# A chunk that no artifact is made from any more stays for some builds: text that is undone comes back.
_BUILDS_KEPT: Final = 3


class ChunkStore:
    """The exporters' cache. A chunk lives as long as an artifact is made from it, and a few builds longer."""

    def __init__(self, state: State, run: int) -> None:
        self._state = state
        self._run = run
        self._lock = threading.Lock()
        self._used: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, or None."""
        with self._lock, self._state.guarded():
            row = self._state.execute("SELECT value FROM chunks WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            self._used.add(key)
            return bytes(row[0])

    def put(self, key: str, value: bytes) -> None:
        """Keep `value`."""
        with self._lock, self._state.guarded():
            self._state.begin()
            self._state.execute("INSERT OR REPLACE INTO chunks VALUES (?, ?, ?)", (key, self._run, value))
            self._used.add(key)

    def written(self, artifact: str) -> None:
        """Note that `artifact` was made from what was got and put since the last call."""
        with self._lock, self._state.guarded():
            self._state.begin()
            self._state.execute("DELETE FROM chunk_uses WHERE artifact = ?", (artifact,))
            self._state.executemany("INSERT INTO chunk_uses VALUES (?, ?)", ((artifact, key) for key in self._used))
            self._keep_used()

    def kept(self) -> None:
        """Keep what was got and put since the last call for a few builds, though nothing was made from it."""
        with self._lock, self._state.guarded():
            self._state.begin()
            self._keep_used()

    def _keep_used(self) -> None:
        self._state.executemany("UPDATE chunks SET run = ? WHERE key = ?", ((self._run, key) for key in self._used))
        self._used.clear()
        self._state.commit()

    def evict(self) -> int:
        """Drop what no artifact is made from and no recent build used; return how many chunks that were."""
        with self._lock, self._state.transaction():
            return self._state.execute(
                "DELETE FROM chunks WHERE run < ? AND key NOT IN (SELECT key FROM chunk_uses)",
                (self._run - _BUILDS_KEPT,),
            ).rowcount
