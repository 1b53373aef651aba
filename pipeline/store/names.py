"""What records and pages of a build are called, for who has typed the beginning; and which pictures records name."""

from collections.abc import Iterable, Iterator

from pipeline.store.state import State

__all__ = ["NameIndex", "NamedMedia"]


class NameIndex:
    """Names by their beginning, sorted, at most so many."""

    def __init__(self, state: State) -> None:
        self._state = state

    def ids(self, begun: str = "", most: int = -1) -> Iterator[str]:
        """Yield ids of records."""
        return self._beginning(
            "SELECT DISTINCT id FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT ?", begun, most
        )

    def paths(self, begun: str = "", most: int = -1) -> Iterator[str]:
        """Yield paths of pages."""
        return self._beginning("SELECT path FROM pages WHERE path >= ? AND path < ? ORDER BY path LIMIT ?", begun, most)

    def _beginning(self, query: str, begun: str, most: int) -> Iterator[str]:
        return (name for (name,) in self._state.execute(query, (begun, f"{begun}\U0010ffff", most)))


class NamedMedia:
    """The pictures that the records of a build name, while these go by."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._state.execute("CREATE TEMP TABLE IF NOT EXISTS named (name TEXT PRIMARY KEY)")
        self._state.execute("DELETE FROM named")

    def name(self, names: Iterable[str]) -> None:
        """Note pictures that a record names."""
        self._state.executemany("INSERT OR IGNORE INTO named VALUES (?)", ((name,) for name in names))

    def forget_others(self) -> None:
        """Forget the pictures that no record names any more."""
        self._state.execute("DELETE FROM media WHERE name NOT IN (SELECT name FROM named)")
