"""The state file: what is known of pages, records and artifacts. It is only a cache: a damaged one is made anew."""

from pathlib import Path
from typing import Final

from pipeline.store.database import Database

__all__ = ["State"]

# Raised with every change of a table: an older file is discarded, for what it holds can be made again.
_VERSION: Final = 4
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
"""


class State(Database):
    """An open state file. `whole`: it is known to hold what was written, for it is new, or was sealed ever since."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the state at `path`, made if it is missing."""
        self.whole = False
        super().__init__(path, _SCHEMA, _VERSION, read_only=read_only)

    def meta(self, name: str) -> str | None:
        """Return the value kept under `name`."""
        row = self.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        """Keep `value` under `name`."""
        self.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
