"""Where the reading of a file stands: at which places of a container it can begin again without what is before."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any, Optional

__all__ = ["Cursor", "Mark"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file at which reading can begin, and what whoever came there from its beginning had counted."""

    offset: int  # of the file's bytes
    unpacked: int  # bytes that were unpacked, or read, before
    count: int  # members or records before
    inner: Optional["Mark"] = None  # within the member that begins here, if it is a container itself


class Cursor:
    """Says where to begin in a file, and follows the reading of it.

    `kept` is what a reader may need for the next part of the same file: the directory of an archive.
    """

    def __init__(self) -> None:
        self.start: Mark | None = None
        self.kept: Any = None
        self._file: Hashable = None
        self._mark: Mark | None = None
        self._outer: tuple[Cursor, Mark] | None = None

    def begin(self, file: Hashable, start: Mark | None) -> None:
        """Begin at the mark `start` of `file`, or at its beginning."""
        if file != self._file:
            self._file, self.kept = file, None
        self.start = self._mark = start

    def is_within(self, count: int) -> bool:
        """Say whether reading begins within the member before which there are so many."""
        return self.start is not None and self.start.inner is not None and self.start.count == count

    def within(self) -> "Cursor":
        """Return the cursor of a container that begins at the place that was reached last."""
        inner = Cursor()
        if self._mark is not None:
            inner._outer = self, self._mark
            if self.start and self.is_within(self._mark.count):
                inner.start = self.start.inner
        return inner

    def reach(self, mark: Mark | None) -> None:
        """Note that what is found next can be found again from `mark` on; None: from no place of its own."""
        self._mark = mark
        if self._outer:
            outer, begin = self._outer
            outer.reach(mark and replace(begin, inner=mark))

    def take(self) -> Mark | None:
        """Return the mark of what was found last; what follows has none until one is reached."""
        mark, self._mark = self._mark, None
        return mark
