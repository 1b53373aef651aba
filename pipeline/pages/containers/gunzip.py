"""Gzip and deflate, unpacked without being trusted: bounded in memory, and in how much comes of how little."""

import zlib
from typing import Final

from pipeline.pages.containers.member_starts import MemberStarts
from pipeline.pages.containers.streams import CHUNK, ByteStream, damaged, expands_too_far

__all__ = ["GZIP_MAGIC", "Gunzip", "inflate"]

GZIP_MAGIC: Final = b"\x1f\x8b"


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
        self._starts = MemberStarts(produced, consumed)
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
        """Return where in the compressed file the member begins that unpacks from `offset` on, or None."""
        return self._starts.find(offset)

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
            self._starts.note(self._produced, self.consumed)
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
