"""An HTTP response as a crawler kept it: status, headers, and the body with its transfer and content codings undone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from io import BytesIO
from typing import Final

import brotli

from pipeline.config import Limits
from pipeline.pages.containers.gunzip import GZIP_MAGIC, Gunzip, inflate
from pipeline.pages.containers.streams import damaged, read_up_to
from pipeline.pages.containers.unzstd import ZSTD_MAGICS, Unzstd
from pipeline.pages.found import PageError

__all__ = ["HttpHead", "content_type", "decoded_body", "headers_of", "parameter", "parse_head", "split_head"]

_LONGEST_VALUE: Final = 65_536  # characters of a header
_LONGEST_PARAMETERS: Final = 1000

_STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHUNK_SIZE: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_END_OF_HEAD: Final = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class HttpHead:
    """Status and headers (names in lower case; of one that is repeated the first)."""

    status: int
    headers: Mapping[str, str]


def split_head(block: bytes) -> tuple[bytes, bytes] | None:
    """Return what stands before and after the first empty line, or None if there is none."""
    end = _END_OF_HEAD.search(block)
    return (block[: end.start()], block[end.end() :]) if end else None


def headers_of(lines: bytes) -> dict[str, str]:
    """Return header lines by lower-case name, continuation lines joined (RFC 9112, section 5.2).

    Of a value as much is kept as servers take of one.
    """
    headers: dict[str, list[str]] = {}
    name = ""
    for line in lines.decode("latin-1").splitlines():
        if line[:1] in (" ", "\t") and name:
            headers[name].append(line.strip())
            continue
        key, colon, value = line.partition(":")
        name = key.strip().lower() if colon else ""
        if name and name in headers:
            name = ""
        elif name:
            headers[name] = [value.strip()]
    return {name: " ".join(parts)[:_LONGEST_VALUE] for name, parts in headers.items()}


def parse_head(head: bytes) -> HttpHead | None:
    """Return a response's status line and headers, or None if it is no HTTP response."""
    status = _STATUS.match(head)
    if status is None:
        return None
    return HttpHead(int(status[1]), headers_of(head.partition(b"\n")[2]))


def content_type(value: str | None) -> tuple[str, str | None]:
    """Return the media type (lower case, "" if none) and the charset parameter of a Content-Type header."""
    media_type = (value or "").split(";", 1)[0].split(",", 1)[0].strip().lower()
    return media_type, parameter(value, "charset")


def parameter(value: str | None, name: str) -> str | None:
    """Return a parameter of a Content-Type header; None if it has none, or an empty one."""
    message = Message()
    # Reading them takes time with the square of their length: a boundary has 70 characters (RFC 2046, section 5.1.1).
    message["Content-Type"] = " ".join((value or "")[:_LONGEST_PARAMETERS].split())
    found = message.get_param(name)
    return found if isinstance(found, str) and found else None


def decoded_body(body: bytes, headers: Mapping[str, str], limits: Limits) -> bytes:
    """Return the body without chunks and compression, at most `limits.page_bytes` + 1 bytes of it.

    Many crawlers store the body decoded and keep the headers: a coding that the bytes do not show is taken as undone.
    Raises PageError if a coding that is there is damaged, unknown, or expands too far.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _without_chunks(body)
    for coding in reversed(re.split(r"[\s,]+", headers.get("content-encoding", "").lower().strip())):
        body = _without_coding(body, coding, limits)
    return body


def _without_chunks(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK_SIZE.match(body, at):
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        end = size.end() + length
        if body[end : end + 1] not in (b"\r", b"\n", b""):
            break
        parts.append(body[size.end() : end])
        if end > len(body):
            raise damaged("expected a chunked HTTP body, found that it ends early")
        at = end + (2 if body[end : end + 2] == b"\r\n" else 1)
    if not parts:
        return body  # stored without its chunks
    raise damaged("expected a chunked HTTP body, found a chunk without its size")


def _without_coding(body: bytes, coding: str, limits: Limits) -> bytes:
    if coding in ("gzip", "x-gzip"):
        if not body.startswith(GZIP_MAGIC):
            return body
        stream = Gunzip(BytesIO(body), ratio=limits.expansion_ratio, free=limits.page_bytes)
        return read_up_to(stream, limits.page_bytes + 1)
    if coding == "deflate":
        return _inflated(body, limits)
    if coding == "br":
        return _unbrotlied(body, limits)
    if coding == "zstd" and body.startswith(ZSTD_MAGICS):
        unzstd = Unzstd(BytesIO(body), ratio=limits.expansion_ratio, free=limits.page_bytes)
        return read_up_to(unzstd, limits.page_bytes + 1)
    if coding in ("", "identity", "none", "utf-8") or _is_text(body):
        return body
    raise PageError(
        "corrupt-archive",
        f"expected an HTTP body coded with gzip, deflate, br or zstd, found {coding[:40]!r}",
        "crawl the page again with `Accept-Encoding: gzip`",
    )


def _inflated(body: bytes, limits: Limits) -> bytes:
    # Servers send zlib streams and bare deflate streams under this name (RFC 9110, section 8.4.1.2).
    if _is_text(body):
        return body
    try:
        return inflate(body, wbits=15, limit=limits.page_bytes)
    except PageError:
        return inflate(body, wbits=-15, limit=limits.page_bytes)


def _unbrotlied(body: bytes, limits: Limits) -> bytes:
    decompressor = brotli.Decompressor()
    parts: list[bytes] = []
    left = limits.page_bytes + 1
    data = body
    try:
        while left > 0 and not decompressor.is_finished():
            part = decompressor.process(data, output_buffer_limit=left)
            if not part and not data:
                raise damaged("expected a brotli stream, found that it ends early")
            parts.append(part)
            left -= len(part)
            data = b""
    except brotli.error as error:
        if _is_text(body):
            return body
        raise damaged("expected a brotli stream, found it damaged") from error
    return b"".join(parts)


def _is_text(body: bytes) -> bool:
    """Return whether a body that should be compressed begins like text."""
    start = body[:256]
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > 200
    return all(byte >= 32 or byte in b"\t\n\r\f" for byte in start)
