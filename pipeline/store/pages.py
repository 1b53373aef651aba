"""The page index: which files were read, what each page gave, and how to tell that neither needs a second look."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from pipeline.store.database import StateDamagedError
from pipeline.store.entries import PageEntry, RecordRow
from pipeline.store.findings import FindingIndex
from pipeline.store.state import State

__all__ = ["KnownFile", "KnownPage", "PageIndex", "RecordKey", "StoredRecord"]

_BEST_FIRST: Final = "ORDER BY id, fields DESC, characters DESC, captured DESC, path, ordinal"  # DESIGN section 2
_AS_COLUMNS: Final = attrgetter(*RecordRow.__slots__[1:])  # in the order of the table's
_KNOWN: Final = "SELECT number, key, assets, settled, path FROM pages WHERE file = ?"
_BATCH: Final = 2000  # pages between two commits: what a killed run may lose


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A raw file as it was read last."""

    signature: str  # size, times and inode: equal means the bytes are the same
    fingerprint: str  # of the code and settings that read it
    settled: bool  # none of its pages needs another attempt or depends on other files
    ignored: Mapping[str, int]  # what of it is no page by rule, by reason


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page as it was parsed last."""

    number: int
    key: str
    assets: tuple[tuple[str, str | None], ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as a page gave it, before duplicates are resolved."""

    id: str
    path: str
    kind: str
    media: bool
    publisher: str
    course: str
    title: str
    url: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class RecordKey:
    """What of a record tells whether it is the one that is taken of those with its id."""

    id: str
    path: str
    fields: int
    characters: int
    captured: str


class PageIndex:
    """The pages of a build, in the state file. `run` tells what this run has seen from what is gone."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._told = FindingIndex(state)
        self._pending = 0
        self.run = int(state.meta("run") or 0)
        self.changed = False
        self._is_marked = False

    def begin(self) -> None:
        """Begin a run."""
        self.run += 1
        self._state.begin()
        self._state.execute("CREATE TEMP TABLE IF NOT EXISTS seen (path TEXT PRIMARY KEY) WITHOUT ROWID")
        self._state.execute("DELETE FROM seen")

    def _mark_run(self) -> None:
        """Keep the run's number with the first page that bears it: a run that reads none changes nothing."""
        if not self._is_marked:
            self._state.set_meta("run", str(self.run))
            self._is_marked = True

    def _counted(self) -> None:
        self._pending += 1
        if self._pending >= _BATCH:
            self.flush()
            self._state.begin()

    def flush(self) -> None:
        """Make permanent what was found so far; if it changed anything, `version` is another one from then on."""
        if self.changed:
            self._state.set_meta("version", str(int(self.version) + 1))
            self.changed = False
        self._state.commit()
        self._pending = 0

    @property
    def version(self) -> str:
        """Return a number that grows with every change of any page's outcome."""
        return self._state.meta("version") or "0"

    def file(self, path: str) -> KnownFile | None:
        """Return what is known of the file."""
        row = self._state.execute(
            "SELECT signature, fingerprint, settled, ignored FROM files WHERE path = ?", (path,)
        ).fetchone()
        return KnownFile(row[0], row[1], bool(row[2]), json.loads(row[3])) if row else None

    def see(self, path: str) -> None:
        """Mark the file as there in this run."""
        self._state.execute("INSERT OR IGNORE INTO seen VALUES (?)", (path,))

    def known_files(self, top: str = "") -> list[str]:
        """Return the paths of all files that any page is of, sorted; or of those whose path begins with `top`."""
        query = "SELECT DISTINCT file FROM pages WHERE substr(file, 1, ?) = ? ORDER BY file"
        return [str(path) for (path,) in self._state.execute(query, (len(top), top))]

    def page_paths(self) -> Iterator[str]:
        """Yield the paths of all pages."""
        return (path for (path,) in self._state.execute("SELECT path FROM pages"))

    def pages_of(self, file: str) -> list[str]:
        """Return the paths of a file's pages."""
        rows = self._state.execute("SELECT path FROM pages WHERE file = ? ORDER BY path", (file,))
        return [str(path) for (path,) in rows]

    def page(self, file: str, path: str) -> KnownPage | None:
        """Return what is known of a page of that file."""
        row = self._state.execute(f"{_KNOWN} AND path = ?", (file, path)).fetchone()
        return _known(row) if row else None

    def pages(self, file: str, limit: int) -> dict[str, KnownPage]:
        """Return what is known of the pages of that file, by path; of so many at most."""
        return {row[4]: _known(row) for row in self._state.execute(f"{_KNOWN} LIMIT ?", (file, limit))}

    def keep_page(self, number: int) -> None:
        """Mark the page as seen in this run, with the outcome it had."""
        self._mark_run()
        self._state.execute("UPDATE pages SET run = ? WHERE number = ?", (self.run, number))
        self._counted()

    def put_page(self, file: str, key: str, entry: PageEntry) -> None:
        """Keep what parsing a page gave, in place of what it gave before."""
        self._mark_run()
        execute = self._state.execute
        row = execute("SELECT number FROM pages WHERE file = ? AND path = ?", (file, entry.path)).fetchone()
        if row:
            self._drop(row[0])
        number = execute(
            "INSERT INTO pages (path, file, key, run, assets, settled, visible, unclaimed, ledger, headings)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.path,
                file,
                key,
                self.run,
                json.dumps(entry.assets),
                entry.settled,
                entry.visible,
                entry.unclaimed,
                entry.ledger,
                json.dumps(entry.headings),
            ),
        ).lastrowid
        for ordinal, record in enumerate(entry.records):
            row = (record.id, number, entry.path, ordinal, *_AS_COLUMNS(record))
            execute(f"INSERT INTO records VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 (marks alone)
        self._told.put(number or 0, entry.rejects, entry.findings)
        for name, value in entry.media.items():
            execute("INSERT OR IGNORE INTO media VALUES (?, ?)", (name, value))
        self.changed = True
        self._counted()

    def put_file(self, path: str, known: KnownFile) -> None:
        """Note that a file was read through."""
        self._state.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
            (path, known.signature, known.fingerprint, known.settled, json.dumps(known.ignored)),
        )

    def any_seen(self) -> bool:
        """Say whether any page of the files that this run saw is known."""
        query = "SELECT 1 FROM pages WHERE file IN (SELECT path FROM seen) LIMIT 1"
        return self._state.execute(query).fetchone() is not None

    def settle(self, file: str) -> bool:
        """Forget the file's pages that this run did not see; say whether all others need no further attempt."""
        gone = self._state.execute("SELECT number FROM pages WHERE file = ? AND run < ?", (file, self.run)).fetchall()
        for (number,) in gone:
            self._drop(number)
        (open_pages,) = self._state.execute(
            "SELECT count(*) FROM pages WHERE file = ? AND NOT settled", (file,)
        ).fetchone()
        return not open_pages

    def drop_unseen(self) -> int:
        """Forget the files that were not seen in this run, and their pages; return how many pages that were."""
        dropped = self._state.execute("SELECT number FROM pages WHERE file NOT IN (SELECT path FROM seen)").fetchall()
        for (number,) in dropped:
            self._drop(number)
        self._state.execute("DELETE FROM files WHERE path NOT IN (SELECT path FROM seen)")
        return len(dropped)

    def _drop(self, number: int) -> None:
        self._told.drop(number)
        self._state.execute("DELETE FROM records WHERE page = ?", (number,))
        self._state.execute("DELETE FROM pages WHERE number = ?", (number,))
        self.changed = True

    def records(self, kind: str | None = None) -> Iterator[StoredRecord]:
        """Yield all records, or those of a kind, by id; of those with one id the best first (DESIGN section 2)."""
        columns = "id, path, kind, media, publisher, course, title, url, body"
        query = f"SELECT {columns} FROM records WHERE ? IS NULL OR kind = ? {_BEST_FIRST}"  # noqa: S608
        for row in self._state.execute(query, (kind, kind)):
            yield StoredRecord(row[0], row[1], row[2], bool(row[3]), *row[4:])

    def record_keys(self) -> Iterator[RecordKey]:
        """Yield the keys of all records, in the order of `records`."""
        query = f"SELECT id, path, fields, characters, captured FROM records {_BEST_FIRST}"  # noqa: S608
        for row in self._state.execute(query):
            yield RecordKey(*row)

    def keep_media(self, names: set[str]) -> None:
        """Forget the pictures that no record names any more."""
        for (name,) in self._state.execute("SELECT name FROM media").fetchall():
            if name not in names:
                self._state.execute("DELETE FROM media WHERE name = ?", (name,))

    def totals(self) -> tuple[int, int, int, int]:
        """Return pages, visible characters, unclaimed characters, and pages with any of those."""
        row = self._state.execute(
            "SELECT count(*), coalesce(sum(visible), 0), coalesce(sum(unclaimed), 0), coalesce(sum(unclaimed > 0), 0)"
            " FROM pages"
        ).fetchone()
        return int(row[0]), int(row[1]), int(row[2]), int(row[3])

    def ledgers(self, *, unclaimed_only: bool) -> Iterator[tuple[str, bytes]]:
        """Yield path and ledger (compressed JSON) of each page, by path."""
        where = "WHERE unclaimed > 0 " if unclaimed_only else ""
        yield from self._state.execute(f"SELECT path, ledger FROM pages {where}ORDER BY path")  # noqa: S608

    def media(self, name: str) -> bytes:
        """Return a picture's bytes. Raises KeyError, and StateDamagedError if they are not what its name says."""
        row = self._state.execute("SELECT value FROM media WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise KeyError(name)
        value = bytes(row[0])
        if not hashlib.sha256(value).hexdigest().startswith(name.partition(".")[0]):
            raise StateDamagedError(f"the picture {name} has other bytes")
        return value


def _known(row: Sequence[Any]) -> KnownPage:
    return KnownPage(row[0], row[1], tuple((ref, sha) for ref, sha in json.loads(row[2])), bool(row[3]))
