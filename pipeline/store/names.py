"""What records and pages of a build are called, for who has typed the beginning."""

from collections.abc import Iterator

from pipeline.store.state import State

__all__ = ["NameIndex"]


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
