"""Bytes that arrive in pieces: read with a bound, looked at before they are read."""

from typing import Final, Protocol

from pipeline.pages.found import PageError

__all__ = [
    "CHUNK",
    "Bounded",
    "ByteStream",
    "Rewound",
    "damaged",
    "expands_too_far",
    "read_up_to",
    "skip",
    "too_large",
    "too_many",
]

CHUNK: Final = 65_536


class ByteStream(Protocol):
    """What can be read once, from the beginning. `read` may raise PageError or OSError."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and none only at the end."""


def read_up_to(stream: ByteStream, size: int) -> bytes:
    """Return exactly `size` bytes, or all up to the stream's end if there are fewer."""
    parts = []
    while size > 0 and (part := stream.read(min(size, 1 << 20))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def skip(stream: ByteStream, size: int) -> int:
    """Read and forget `size` bytes; return how many there were."""
    left = size
    while left > 0 and (part := stream.read(min(left, CHUNK))):
        left -= len(part)
    return size - left


def too_large(what: str, limit: int, key: str) -> PageError:
    """Return the error of something that is larger than the limit `key`."""
    return PageError(
        "too-large",
        f"expected {what} of at most {limit:,} bytes, found more",
        f"if it is what you want to read, raise `{key}` under [limits]",
    )


def too_many(what: str, members: str, limit: int) -> PageError:
    """Return the error of an archive that holds more than `limit` of what it calls `members`."""
    return PageError(
        "too-many-members",
        f"expected {what} of at most {limit:,} {members}, found more",
        "split it, or raise `members` under [limits]",
    )


def expands_too_far(ratio: int) -> PageError:
    """Return the error of something that unpacks to more than `ratio` times its size."""
    return PageError(
        "expansion",
        f"expected it to unpack to at most {ratio:,} times its size, found more",
        "a zip bomb? if you trust it, raise `expansion_ratio` under [limits]",
    )


def damaged(message: str) -> PageError:
    """Return the error of an archive that cannot be unpacked (further)."""
    return PageError("corrupt-archive", message, "fetch or pack it again; what came before the damage was read")


class Rewound:
    """A stream whose first bytes (`head`, at most `size`) were looked at, from its beginning again.

    An error that came up in looking is raised where reading comes to it: what stands before the damage can be read.
    """

    def __init__(self, stream: ByteStream, size: int) -> None:
        self._stream = stream
        self._error: Exception | None = None
        parts = []
        try:
            while size > 0 and (part := stream.read(size)):
                parts.append(part)
                size -= len(part)
        except (PageError, OSError) as error:
            self._error = error
        self.head = b"".join(parts)
        self._left = self.head

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and none only at the end."""
        if self._left:
            part, self._left = self._left[:size], self._left[size:]
            return part
        if self._error is not None:
            raise self._error
        return self._stream.read(size)


class Bounded:
    """A stream of an archive of which no more than `limit` bytes are read."""

    def __init__(self, stream: ByteStream, limit: int, before: int = 0) -> None:
        """Take a stream of which `before` bytes were read already."""
        self._stream = stream
        self._left = limit - before
        self._limit = limit

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and none only at the end. Raises PageError past the limit."""
        part = self._stream.read(size)
        self._left -= len(part)
        if self._left < 0:
            raise too_large("an archive", self._limit, "archive_bytes")
        return part
