"""WARC records (ISO 28500), one after the other: their headers, then what they carry."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.pages.containers.http_response import content_type, headers_of, parse_head, split_head
from pipeline.pages.containers.streams import CHUNK, ByteStream, damaged, read_up_to, skip
from pipeline.pages.found import PageError

__all__ = ["Damage", "Payload", "Record", "read_records"]

_VERSION: Final = re.compile(rb"WARC/\d")
_LONGEST_LINE: Final = 65_536
_MOST_HEADERS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Damage:
    """What stands between two records and is none, passed over."""

    offset: int
    problem: PageError


@dataclass(frozen=True, slots=True)
class Payload:
    """What a record carries, up to its body: an HTTP response, or (`status` None) the bytes as such.

    `begun` is what was read of the body, `left` how many bytes of it were not.
    """

    status: int | None
    headers: Mapping[str, str]
    media_type: str
    charset: str | None
    begun: bytes
    left: int

    @property
    def size(self) -> int:
        """Return how many bytes the body has, as it was transported."""
        return len(self.begun) + self.left


class Record:
    """A record whose headers were read, at `offset` in the stream; `kind` is its WARC-Type."""

    def __init__(self, reader: "_Reader", offset: int, headers: Mapping[str, str], length: int) -> None:
        self._reader = reader
        self._start = reader.offset
        self.offset = offset
        self.headers = headers
        self.length = length
        self.kind = headers.get("warc-type", "").lower()

    def payload(self) -> Payload | None:
        """Read the head of what the record carries; None if it is a response of another protocol (dns, ftp)."""
        if self.kind != "response":
            return Payload(None, self.headers, *content_type(self.headers.get("content-type")), b"", self.length)
        block = read_up_to(self._reader, min(self.length, _LONGEST_LINE))
        http = split_head(block)
        response = parse_head(http[0]) if http else None
        if http is None or response is None:
            return None
        kind = content_type(response.headers.get("content-type"))
        left = self.length - min(self.length, _LONGEST_LINE)
        return Payload(response.status, response.headers, *kind, http[1], left)

    def body(self, payload: Payload) -> bytes:
        """Return the body as it was transported. Raises PageError if the file ends within it."""
        body = payload.begun + read_up_to(self._reader, payload.left)
        if len(body) < payload.size:
            raise self._cut()
        return body

    def end(self) -> None:
        """Read on to the record's end. Raises PageError if the file ends before it."""
        left = self.length - (self._reader.offset - self._start)
        if skip(self._reader, left) < left:
            raise self._cut()

    def _cut(self) -> PageError:
        return damaged(f"expected a WARC record of {self.length:,} bytes, found that the file ends within it")


def read_records(stream: ByteStream, before: int = 0) -> Iterator[Record | Damage]:
    """Yield each record, to be read before the next is asked for, and what stands between records.

    `before` is what their offsets begin with. Damage is passed over up to the next line that begins a record. Raises
    PageError where none does, and where the stream ends within a record.
    """
    reader = _Reader(stream, before)
    while (version := _next_line(reader)) is not None:
        offset = reader.offset - len(version)
        if not _VERSION.match(version):
            yield _passed_over(reader, offset, damaged("expected a WARC record, found other bytes"))
            continue
        headers = headers_of(reader.header_lines())
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > 15:
            problem = damaged("expected a WARC record with its Content-Length, found none")
            yield _passed_over(reader, offset, problem)
            continue
        record = Record(reader, offset, headers, int(length))
        yield record
        record.end()


class _Reader:
    """A stream read by lines and by bytes, that knows its offset."""

    def __init__(self, stream: ByteStream, offset: int) -> None:
        self._stream = stream
        self._buffer = b""
        self.offset = offset

    def line(self) -> bytes:
        """Return the next line with its end, or `_LONGEST_LINE` bytes of it; none at the end."""
        while (end := self._buffer.find(b"\n")) < 0 and len(self._buffer) < _LONGEST_LINE:
            part = self._stream.read(CHUNK)
            if not part:
                break
            self._buffer += part
        return self.read(end + 1 if 0 <= end < _LONGEST_LINE else _LONGEST_LINE)

    def header_lines(self) -> bytes:
        """Return the lines up to the next empty one."""
        lines = []
        for _ in range(_MOST_HEADERS):
            line = self.line()
            if not line.strip():
                break
            lines.append(line)
        return b"".join(lines)

    def unread(self, data: bytes) -> None:
        """Put back what was read last."""
        self._buffer = data + self._buffer
        self.offset -= len(data)

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and none only at the end."""
        if not self._buffer:
            self._buffer = self._stream.read(CHUNK)
        part, self._buffer = self._buffer[:size], self._buffer[size:]
        self.offset += len(part)
        return part


def _next_line(reader: _Reader) -> bytes | None:
    """Return the first line that is not empty, or None at the end."""
    while line := reader.line():
        if line.strip():
            return line
    return None


def _passed_over(reader: _Reader, offset: int, problem: PageError) -> Damage:
    """Go on to the next line that begins a record; raise the problem if none does."""
    while line := reader.line():
        if _VERSION.match(line):
            reader.unread(line)
            return Damage(offset, problem)
    raise problem
