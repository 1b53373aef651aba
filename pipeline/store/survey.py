"""What the pages of a build are compared by, as it was made with each page."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.store.state import State

__all__ = ["MarkedRecord", "SurveyIndex"]


@dataclass(frozen=True, slots=True)
class MarkedRecord:
    """A record as it is compared with those of its folder."""

    path: str
    id: str
    course: str  # its title
    publisher: str
    marks: str


class SurveyIndex:
    """Marks of records and unknown headings of pages, by path."""

    def __init__(self, state: State) -> None:
        self._state = state

    def marked(self, first: str, last: str) -> Iterator[MarkedRecord]:
        """Yield what the records of the paths from `first` to `last` are compared by."""
        query = (
            "SELECT path, id, title, publisher, marks FROM records WHERE path BETWEEN ? AND ? ORDER BY path, ordinal"
        )
        for row in self._state.execute(query, (first, last)):
            yield MarkedRecord(*row)

    def body(self, path: str, record_id: str) -> bytes:
        """Return the JSON of the record that a page gives under an id, compressed. Raises KeyError."""
        query = "SELECT body FROM records WHERE path = ? AND id = ? ORDER BY ordinal"
        row = self._state.execute(query, (path, record_id)).fetchone()
        if row is None:
            raise KeyError((path, record_id))
        return bytes(row[0])

    def headings(self, first: str, last: str) -> Iterator[tuple[str, list[str]]]:
        """Yield the paths, from `first` to `last`, of pages with headings that nothing claims, and these."""
        query = "SELECT path, headings FROM pages WHERE headings <> '[]' AND path BETWEEN ? AND ? ORDER BY path"
        for path, headings in self._state.execute(query, (first, last)):
            yield path, json.loads(headings)
