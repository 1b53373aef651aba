"""WARC files (ISO 28500): one record at a time, responses and conversions that hold text."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pipeline.config import Limits
from pipeline.pages.containers.http_response import content_type, decoded_body, headers_of, parse_head, split_head
from pipeline.pages.containers.member import Member
from pipeline.pages.containers.streams import CHUNK, ByteStream, damaged, read_up_to, skip, too_large, too_many
from pipeline.pages.containers.transport import page_url, utc_from_iso
from pipeline.pages.cursor import Mark
from pipeline.pages.found import Ignored, PageError
from pipeline.records import Reject

__all__ = ["warc_members"]

_VERSION: Final = re.compile(rb"WARC/\d")
_LONGEST_LINE: Final = 65_536
_MOST_HEADERS: Final = 1_000
_TEXT_TYPES: Final = frozenset(
    ("", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown")
)
# More than a page, and some room for its HTTP headers and chunk sizes.
_OVERHEAD: Final = 1 << 20

NameOfOffset = Callable[[int], str]


def warc_members(
    stream: ByteStream, path: str, levels: int, limits: Limits, name_of: NameOfOffset, *, start: Mark
) -> Iterator[Member | Reject | Ignored]:
    """Yield a member for each record of a page, what is ignored, and a reject for each that cannot be read.

    A member's path is `<path>!/<offset>`, the offset as `name_of` says it. Damage between records is rejected once and
    passed over up to the next line that begins a record. Raises PageError where the file ends within a record.
    `stream` begins at `start`.
    """
    reader = _Reader(stream, start.unpacked)
    count = start.count
    while (version := _next_record(reader)) is not None:
        offset = reader.offset - len(version)
        record_path = f"{path}!/{name_of(offset)}"
        count += 1
        if count > limits.members:
            raise too_many("a WARC file", "records", limits.members)
        if not _VERSION.match(version):
            yield _passed_over(reader, damaged("expected a WARC record, found other bytes"), record_path)
            continue
        headers = headers_of(reader.header_lines())
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > 15:
            problem = damaged("expected a WARC record with its Content-Length, found none")
            yield _passed_over(reader, problem, record_path)
            continue
        yield from _Record(headers, int(length), record_path, levels, limits).read(reader)


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


def _next_record(reader: _Reader) -> bytes | None:
    """Return the first line that is not empty, or None at the end."""
    while line := reader.line():
        if line.strip():
            return line
    return None


def _passed_over(reader: _Reader, problem: PageError, path: str) -> Reject:
    """Go on to the next line that begins a record, and return the reject of what is before it; raise if none does."""
    if not _resync(reader):
        raise problem
    return problem.reject(path)


def _resync(reader: _Reader) -> bool:
    while line := reader.line():
        if _VERSION.match(line):
            reader.unread(line)
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Record:
    headers: Mapping[str, str]
    length: int
    path: str
    levels: int
    limits: Limits

    def read(self, reader: _Reader) -> Iterator[Member | Reject | Ignored]:
        """Yield what the record is, having read it to its end."""
        start = reader.offset
        found = self._found(reader)
        left = self.length - (reader.offset - start)
        if skip(reader, left) < left:
            raise damaged(f"expected a WARC record of {self.length:,} bytes, found that the file ends within it")
        yield found

    def _found(self, reader: _Reader) -> Member | Reject | Ignored:
        kind = self.headers.get("warc-type", "").lower()
        if kind not in ("response", "conversion"):
            return Ignored(self.path, "warc-record")
        transport: Mapping[str, str] = self.headers
        head = b""
        if kind == "response":
            head = read_up_to(reader, min(self.length, _LONGEST_LINE))
            http = split_head(head)
            response = parse_head(http[0]) if http else None
            if http is None or response is None:
                return Ignored(self.path, "warc-record")  # dns, ftp
            if response.status != 200:
                return Ignored(self.path, "http-status")
            transport, head = response.headers, http[1]
            rest = self.length - min(self.length, _LONGEST_LINE)
        else:
            rest = self.length
        media_type, charset = content_type(transport.get("content-type"))
        if media_type not in _TEXT_TYPES:
            return Ignored(self.path, "content-type")
        if len(head) + rest > self.limits.page_bytes + _OVERHEAD:
            return too_large("a page", self.limits.page_bytes, "page_bytes").reject(self.path)
        body = head + read_up_to(reader, rest)
        if len(body) < len(head) + rest:
            raise damaged(f"expected a WARC record of {self.length:,} bytes, found that the file ends within it")
        if kind == "response":
            try:
                body = decoded_body(body, transport, self.limits)
            except PageError as error:
                return error.reject(self.path)
        return Member(
            self.path,
            "",
            BytesIO(body),
            levels=self.levels + 1,
            declared=media_type or None,
            charset=charset,
            url=page_url(self.headers.get("warc-target-uri")),
            captured_at=utc_from_iso(self.headers.get("warc-date")),
        )
