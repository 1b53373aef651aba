"""Rejects and findings in the state file: those of pages, and those that come of many pages together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.store.entries import FindingRow, NoteRow
from pipeline.store.state import State

__all__ = ["FindingCount", "FindingIndex", "RejectCount"]

_OF_THE_BUILD: Final = 0  # no page has this number


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How many findings there are of one level and code, on how many pages; `examples` are the JSON of the first."""

    level: str
    code: str
    count: int
    pages: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RejectCount:
    """How many pages are rejected with one code, and the first of these rejects."""

    code: str
    pages: int
    examples: tuple[NoteRow, ...]


class FindingIndex:
    """The rejects and findings of a build."""

    def __init__(self, state: State) -> None:
        self._state = state

    def put(self, page: int, rejects: Iterable[NoteRow], findings: Iterable[FindingRow]) -> None:
        """Keep what is told of a page."""
        self._state.executemany(
            "INSERT INTO rejects VALUES (?, ?, ?, ?, ?, ?)",
            ((page, one.path, one.line, one.code, one.message, one.hint) for one in rejects),
        )
        self._state.executemany(
            "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((page, one.path, one.line, one.code, one.id, one.level, one.body) for one in findings),
        )

    def drop(self, page: int) -> None:
        """Forget what was told of a page."""
        for table in ("rejects", "findings"):
            self._state.execute(f"DELETE FROM {table} WHERE page = ?", (page,))  # noqa: S608 (two names above)

    def begin_to_collect(self) -> None:
        """Begin to put findings of many pages aside, until `set_of_the_build`."""
        columns = "path TEXT, line INTEGER, code TEXT, id TEXT, level TEXT, body TEXT"
        self._state.execute(f"CREATE TEMP TABLE IF NOT EXISTS collected ({columns})")
        self._state.execute("DELETE FROM collected")

    def collect(self, findings: Iterable[FindingRow], *, but_known: bool = False) -> None:
        """Put findings of many pages aside; `but_known` leaves those out whose ids are there already."""
        if but_known:
            query = "SELECT 1 FROM collected WHERE id = ? LIMIT 1"
            findings = [one for one in findings if self._state.execute(query, (one.id,)).fetchone() is None]
        self._state.executemany(
            "INSERT INTO collected VALUES (?, ?, ?, ?, ?, ?)",
            ((one.path, one.line, one.code, one.id, one.level, one.body) for one in findings),
        )

    def set_of_the_build(self, rejects: Iterable[NoteRow]) -> None:
        """Keep what comes of many pages together, in place of what there was: rejects, and the collected findings."""
        self.drop(_OF_THE_BUILD)
        self.put(_OF_THE_BUILD, rejects, ())
        columns = "path, line, code, id, level, body"
        self._state.execute(f"INSERT INTO findings SELECT {_OF_THE_BUILD}, {columns} FROM collected")  # noqa: S608

    def rejects(self) -> Iterator[NoteRow]:
        """Yield all rejects, by path, line, code and message."""
        for row in self._state.execute(
            "SELECT path, line, code, message, hint FROM rejects ORDER BY path, line, code, message, hint"
        ):
            yield NoteRow(*row)

    def reject_counts(self) -> dict[str, int]:
        """Return how many rejects there are of each code."""
        rows = self._state.execute("SELECT code, count(*) FROM rejects GROUP BY code ORDER BY code")
        return {str(code): int(count) for code, count in rows}

    def rejects_by_cause(self, examples: int) -> list[RejectCount]:
        """Return the rejects of each code, with the first `examples` of each; those of the most pages first."""
        counted = self._state.execute(
            "SELECT code, count(DISTINCT path) AS pages FROM rejects GROUP BY code ORDER BY pages DESC, code"
        ).fetchall()
        query = (
            "SELECT path, line, code, message, hint FROM rejects WHERE code = ?"
            " ORDER BY path, line, message, hint LIMIT ?"
        )
        return [
            RejectCount(code, pages, tuple(NoteRow(*row) for row in self._state.execute(query, (code, examples))))
            for code, pages in counted
        ]

    def findings(self) -> Iterator[FindingRow]:
        """Yield all findings, by path, line, code and id."""
        for row in self._state.execute(
            "SELECT path, line, code, id, level, body FROM findings ORDER BY path, line, code, id, body"
        ):
            yield FindingRow(*row)

    def findings_of_pages(self) -> Iterator[FindingRow]:
        """Yield the findings of single pages that gave a record, by path, line, code and id."""
        for row in self._state.execute(
            "SELECT path, line, code, id, level, body FROM findings"
            " WHERE page IN (SELECT page FROM records) ORDER BY path, line, code, id, body"
        ):
            yield FindingRow(*row)

    def finding_counts(self, examples: int) -> list[FindingCount]:
        """Return how many findings there are of each level and code, with the first `examples` of each."""
        counted = self._state.execute(
            "SELECT level, code, count(*), count(DISTINCT path) FROM findings GROUP BY level, code"
        ).fetchall()
        return [
            FindingCount(level, code, count, pages, self._first(level, code, examples))
            for level, code, count, pages in counted
        ]

    def _first(self, level: str, code: str, number: int) -> tuple[str, ...]:
        query = "SELECT body FROM findings WHERE level = ? AND code = ? ORDER BY path, line, id, body LIMIT ?"
        return tuple(body for (body,) in self._state.execute(query, (level, code, number)))
