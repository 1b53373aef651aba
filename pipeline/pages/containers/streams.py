"""Bytes that arrive in pieces: read with a bound, looked at before they are read, unpacked without being trusted."""

import zlib
from typing import Final, Protocol

from pipeline.pages.found import PageError

__all__ = [
    "CHUNK",
    "GZIP_MAGIC",
    "ByteStream",
    "Gunzip",
    "Rewound",
    "damaged",
    "expands_too_far",
    "inflate",
    "read_up_to",
    "skip",
    "too_large",
    "too_many",
]

CHUNK: Final = 65_536
GZIP_MAGIC: Final = b"\x1f\x8b"


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


class Gunzip:
    """The content of a gzip stream of one member or more (RFC 1952), bounded: `read` holds one chunk.

    More than `ratio` times as many bytes out as went in are refused: at the end, or past `free` bytes at once.
    """

    def __init__(self, stream: ByteStream, *, ratio: int, free: int, consumed: int = 0, produced: int = 0) -> None:
        """Begin where a member does, with so many bytes read and unpacked before."""
        self._stream = stream
        self._ratio = ratio
        self._free = free
        self._inflater = zlib.decompressobj(wbits=31)
        self._input = b""
        self.consumed = consumed  # compressed bytes used
        self._produced = produced
        self._starts: dict[int, int] = {
            produced: consumed
        }  # unpacked offset -> compressed offset of members not yet asked for
        self._ended = False
        self.has_trailer = False  # once read to the end: whether other bytes follow the last member

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and none only at the end. Raises PageError if it ends early or is damaged."""
        while size > 0 and not self._ended:
            if self._inflater.eof:
                self._next_member()
                continue
            if not self._input and not self._fill():
                raise damaged("expected a gzip stream, found that it ends early")
            try:
                part = self._inflater.decompress(self._input, min(size, CHUNK))
            except zlib.error as error:
                raise damaged(f"expected a gzip stream, found it damaged ({error})") from error
            self._consume(self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail)
            self._produced += len(part)
            if self._produced > self._free:
                self._check_ratio()
            if part:
                return part
        return b""

    def member_start(self, offset: int) -> int | None:
        """Return where in the compressed file the member begins that unpacks from `offset` on, or None.

        Asked with growing offsets; smaller ones are forgotten.
        """
        found = self._starts.get(offset)
        self._starts = {start: member for start, member in self._starts.items() if start > offset}
        return found

    def _fill(self) -> bool:
        part = self._stream.read(CHUNK)
        self._input += part
        return bool(part)

    def _consume(self, rest: bytes) -> None:
        self.consumed += len(self._input) - len(rest)
        self._input = rest

    def _next_member(self) -> None:
        # Padding with zeros after a member is usual (tape blocks); anything else is not ours to read.
        self._consume(self._input.lstrip(b"\0"))
        while len(self._input) < len(GZIP_MAGIC) and self._fill():
            self._consume(self._input.lstrip(b"\0"))
        if not self._input:
            self._ended = True
            self._check_ratio()
        elif self._input.startswith(GZIP_MAGIC):
            self._inflater = zlib.decompressobj(wbits=31)
            self._starts[self._produced] = self.consumed
        else:
            self._ended = self.has_trailer = True
            self._check_ratio()

    def _check_ratio(self) -> None:
        if self._produced > self._ratio * max(self.consumed, 1):
            raise expands_too_far(self._ratio)


def inflate(data: bytes, *, wbits: int, limit: int) -> bytes:
    """Return the content of a zlib (`wbits` 15) or raw deflate (-15) stream, at most `limit` + 1 bytes of it.

    Raises PageError if it is damaged or ends early.
    """
    inflater = zlib.decompressobj(wbits=wbits)
    try:
        unpacked = inflater.decompress(data, limit + 1)
    except zlib.error as error:
        raise damaged(f"expected a deflate stream, found it damaged ({error})") from error
    if not inflater.eof and len(unpacked) <= limit:
        raise damaged("expected a deflate stream, found that it ends early")
    return unpacked
