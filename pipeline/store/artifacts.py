"""What was written into the build folder, from what, and what was found when it was read back."""

from dataclasses import dataclass

from pipeline.store.state import State

__all__ = ["ArtifactIndex", "WrittenArtifact"]


@dataclass(frozen=True, slots=True)
class WrittenArtifact:
    """One file of ours: a digest of what it was made from, and the bytes that were written."""

    path: str  # POSIX path below the build folder
    exporter: str
    digest: str
    sha256: str
    size: int
    signature: str  # size, times and inode just after it was written


class ArtifactIndex:
    """The artifacts in the state file."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, path: str) -> WrittenArtifact | None:
        """Return what is known of the artifact at `path`."""
        row = self._state.execute(
            "SELECT path, exporter, digest, sha256, size, signature FROM artifacts WHERE path = ?", (path,)
        ).fetchone()
        return WrittenArtifact(*row) if row else None

    def all(self) -> list[WrittenArtifact]:
        """Return every artifact, by path."""
        rows = self._state.execute(
            "SELECT path, exporter, digest, sha256, size, signature FROM artifacts ORDER BY path"
        )
        return [WrittenArtifact(*row) for row in rows]

    def put(self, artifact: WrittenArtifact) -> None:
        """Keep what was written."""
        self._state.execute(
            "INSERT OR REPLACE INTO artifacts VALUES (?, ?, ?, ?, ?, ?)",
            (artifact.path, artifact.exporter, artifact.digest, artifact.sha256, artifact.size, artifact.signature),
        )

    def forget(self, path: str) -> None:
        """Forget an artifact that is no longer made, or has to be made again."""
        for table in ("artifacts", "verified"):
            self._state.execute(f"DELETE FROM {table} WHERE path = ?", (path,))  # noqa: S608 (two names above)

    def verified(self, path: str) -> tuple[str, str] | None:
        """Return the SHA-256 of the bytes last found right, and a digest of what they were compared with."""
        row = self._state.execute("SELECT sha256, against FROM verified WHERE path = ?", (path,)).fetchone()
        return (str(row[0]), str(row[1])) if row else None

    def set_verified(self, path: str, sha256: str, against: str) -> None:
        """Note that these bytes were found to say what the records say."""
        self._state.execute("INSERT OR REPLACE INTO verified VALUES (?, ?, ?)", (path, sha256, against))
