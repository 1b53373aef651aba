"""Bytes that lie in a file, uncompressed: an archive in them can be read from any place in it."""

from dataclasses import dataclass
from typing import BinaryIO

__all__ = ["Source", "Window"]


@dataclass(frozen=True, slots=True)
class Source:
    """`size` bytes of an open file, from `start` on."""

    file: BinaryIO
    start: int
    size: int

    def at(self, offset: int = 0, size: int | None = None) -> "Window":
        """Return a stream of `size` bytes (None: all that there are) from `offset` on."""
        most = max(0, self.size - offset)
        return Window(self.file, self.start + offset, most if size is None else min(size, most))


class Window:
    """A stream of a part of a file; others may read from the file in between."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._at = start
        self._left = size

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and none only at the end."""
        self._file.seek(self._at)
        part = self._file.read(min(size, self._left))
        self._at += len(part)
        self._left -= len(part)
        return part
