"""What earlier runs found of identities: areas that are settled, the notes and identities of courses, and the lock."""

import zlib
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from pipeline.store.state import State

__all__ = ["GuidIndex", "IdentityIndex"]

_LEVEL: Final = 1  # of compression: read far more often than written
_FIRST: Final = 1 << 63  # SQLite's integers have a sign
_AT_ONCE: Final = 500


class IdentityIndex:
    """Areas, by name, and courses; all bodies are text."""

    def __init__(self, state: State) -> None:
        self._state = state

    def area(self, name: str) -> tuple[str, str] | None:
        """Return the inputs and the body of an area."""
        row = self._state.execute("SELECT inputs, body FROM areas WHERE name = ?", (name,)).fetchone()
        return (row[0], _unpacked(row[1])) if row else None

    def areas(self) -> Iterator[str]:
        """Yield the bodies of all areas, by name."""
        for (body,) in self._state.execute("SELECT body FROM areas ORDER BY name"):
            yield _unpacked(body)

    def put_area(self, name: str, inputs: str, body: str) -> None:
        """Keep an area."""
        self._state.execute("INSERT OR REPLACE INTO areas VALUES (?, ?, ?)", (name, inputs, _packed(body)))

    def identities(self, course: str) -> str:
        """Return the identities of a course, "" if there are none."""
        row = self._state.execute("SELECT body FROM identities WHERE course = ?", (course,)).fetchone()
        return _unpacked(row[0]) if row else ""

    def identities_digest(self, course: str) -> str:
        """Return the digest of a course's identities."""
        row = self._state.execute("SELECT digest FROM identities WHERE course = ?", (course,)).fetchone()
        return str(row[0]) if row else ""

    def put_identities(self, course: str, digest: str, body: str) -> None:
        """Keep the identities of a course."""
        self._state.execute("INSERT OR REPLACE INTO identities VALUES (?, ?, ?)", (course, digest, _packed(body)))

    def notes(self, course: str) -> Iterator[str]:
        """Yield the parts of what was made of a course's records."""
        rows = self._state.execute("SELECT body FROM course_notes WHERE course = ? ORDER BY part", (course,))
        return (_unpacked(body) for (body,) in rows)

    def put_notes(self, course: str, parts: Iterable[str]) -> None:
        """Keep what was made of a course's records, in parts."""
        rows = [(course, part, _packed(body)) for part, body in enumerate(parts)]  # read from what was kept
        self._state.execute("DELETE FROM course_notes WHERE course = ?", (course,))
        self._state.executemany("INSERT INTO course_notes VALUES (?, ?, ?)", rows)

    def keep_only(self, areas: Collection[str], courses: Collection[str]) -> None:
        """Forget all other areas and courses."""
        for table, name, kept in (
            ("areas", "name", areas),
            ("identities", "course", courses),
            ("course_notes", "course", courses),
        ):
            rows = self._state.execute(f"SELECT DISTINCT {name} FROM {table}").fetchall()  # noqa: S608 (names above)
            gone = [(one,) for (one,) in rows if one not in kept]
            self._state.executemany(f"DELETE FROM {table} WHERE {name} = ?", gone)  # noqa: S608

    def forget(self) -> None:
        """Forget all areas and courses: they were found by other rules."""
        for table in ("areas", "identities", "course_notes"):
            self._state.execute(f"DELETE FROM {table}")  # noqa: S608 (names above)


class GuidIndex:
    """The files of the lock, and the GUIDs of its lines, as numbers of 64 bits, with the file where each stands.

    A GUID that stands in none any more is remembered. What a run changes of lines waits here until files are written.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def begin(self) -> None:
        """Begin a run: nothing is drawn or changed."""
        self._state.execute("CREATE TEMP TABLE IF NOT EXISTS drawn (guid INTEGER PRIMARY KEY)")
        self._state.execute("CREATE TEMP TABLE IF NOT EXISTS changed (file TEXT, guid TEXT, number INTEGER, line BLOB)")
        self._state.execute("DELETE FROM drawn")
        self._state.execute("DELETE FROM changed")

    def files(self) -> dict[str, str]:
        """Return the sums of the files, by name."""
        return dict(self._state.execute("SELECT name, sum FROM lock_files"))

    def put_file(self, name: str, found: str | None) -> None:
        """Keep the sum of a file; None if there is no such file any more."""
        if found is None:
            self._state.execute("DELETE FROM lock_files WHERE name = ?", (name,))
        else:
            self._state.execute(
                "INSERT INTO lock_files (name, sum) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET sum = excluded.sum",
                (name, found),
            )

    def _number(self, name: str) -> int | None:
        row = self._state.execute("SELECT number FROM lock_files WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def forget(self) -> None:
        """Forget all: it was another lock's."""
        self._state.execute("DELETE FROM guids")
        self._state.execute("DELETE FROM lock_files")

    def lift(self, names: Collection[str]) -> None:
        """Note that the GUIDs of these files stand nowhere, until they are set."""
        numbers = [number for name in names if (number := self._number(name)) is not None]
        for at in range(0, len(numbers), _AT_ONCE):
            some = numbers[at : at + _AT_ONCE]
            marks = ",".join("?" * len(some))
            self._state.execute(f"UPDATE guids SET file = NULL WHERE file IN ({marks})", tuple(some))  # noqa: S608

    def set(self, name: str, guids: Iterable[int]) -> set[str]:
        """Note the GUIDs of a file; return the names of other files that have some of them."""
        number = self._number(name)
        others: set[int] = set()
        some: list[int] = []

        def flush() -> None:
            marks = ",".join("?" * len(some))
            query = f"SELECT DISTINCT file FROM guids WHERE file IS NOT NULL AND guid IN ({marks})"  # noqa: S608
            others.update(file for (file,) in self._state.execute(query, tuple(some)))
            rows = ((guid, number) for guid in some)
            self._state.executemany("INSERT OR REPLACE INTO guids VALUES (?, ?)", rows)
            some.clear()

        for guid in guids:
            some.append(guid - _FIRST)
            if len(some) == _AT_ONCE:
                flush()
        flush()
        names = dict(self._state.execute("SELECT number, name FROM lock_files"))
        return {names[other] for other in others if other != number}

    def known(self) -> list[int]:
        """Return all GUIDs."""
        return [guid + _FIRST for (guid,) in self._state.execute("SELECT guid FROM guids ORDER BY guid")]

    def lost(self) -> list[int]:
        """Return the GUIDs that stand nowhere."""
        rows = self._state.execute("SELECT guid FROM guids WHERE file IS NULL ORDER BY guid")
        return [guid + _FIRST for (guid,) in rows]

    def forget_lost(self) -> None:
        """Forget the GUIDs that stand nowhere."""
        self._state.execute("DELETE FROM guids WHERE file IS NULL")

    def has(self, guid: int) -> bool:
        """Say whether a GUID stands in the lock."""
        query = "SELECT 1 FROM guids WHERE guid = ? AND file IS NOT NULL"
        return self._state.execute(query, (guid - _FIRST,)).fetchone() is not None

    def any_between(self, first: int, last: int) -> bool:
        """Say whether any GUID from `first` to `last` stands in the lock, or was drawn in this run."""
        query = (
            "SELECT 1 FROM guids WHERE guid BETWEEN ? AND ? AND file IS NOT NULL"
            " UNION ALL SELECT 1 FROM drawn WHERE guid BETWEEN ? AND ? LIMIT 1"
        )
        return self._state.execute(query, (first - _FIRST, last - _FIRST) * 2).fetchone() is not None

    def draw(self, guid: int) -> None:
        """Note that a GUID is given to a new note."""
        self._state.execute("INSERT INTO drawn VALUES (?)", (guid - _FIRST,))

    def change(self, file: str, guid: str, number: int, line: bytes | None) -> None:
        """Keep a line that is new or another now; None if it leaves its file."""
        self._state.execute("INSERT INTO changed VALUES (?, ?, ?, ?)", (file, guid, number - _FIRST, line))

    def changes(self) -> Iterator[tuple[str, str, bytes | None]]:
        """Yield file, GUID and line of what changed, by file, then GUID."""
        yield from self._state.execute("SELECT file, guid, line FROM changed ORDER BY file, guid")

    def changed(self) -> None:
        """Note that what changed is in the files now."""
        self._state.execute(
            "INSERT OR REPLACE INTO guids SELECT changed.number, lock_files.number FROM changed"
            " JOIN lock_files ON lock_files.name = changed.file WHERE line IS NOT NULL ORDER BY changed.number"
        )


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def _unpacked(body: bytes) -> str:
    return zlib.decompress(body).decode("utf-8", "surrogatepass")
