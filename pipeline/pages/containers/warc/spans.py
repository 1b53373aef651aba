"""Where the records of a WARC file lie, found without unpacking what is in them.

Of a file whose records are compressed each by itself, as crawlers write them, and of one that is not compressed, any
record can then be read without those before it. One that is compressed as a whole is one span.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from pipeline.pages.containers.gunzip import GZIP_MAGIC
from pipeline.pages.containers.http_response import headers_of, split_head
from pipeline.pages.containers.source import Source
from pipeline.pages.containers.streams import read_up_to
from pipeline.pages.containers.unzstd import ZSTD_MAGICS, frame_starts

__all__ = ["spans_of"]

_BEGIN: Final = re.compile(rb"\s*WARC/\d")
_DEFLATED: Final = GZIP_MAGIC + b"\x08"
_BLOCK: Final = 1 << 20
_LONGEST_HEAD: Final = 1 << 16


def spans_of(source: Source) -> Iterator[tuple[int, int]]:
    """Yield (offset, size) of each record, in bytes of the file as it lies there, in order and without gaps.

    What is damaged belongs to the span before it; bytes before the first record, to none.
    """
    head = read_up_to(source.at(), 4)
    if head.startswith(GZIP_MAGIC):
        starts = _in_gzip(source)
    else:
        starts = frame_starts(source) if head in ZSTD_MAGICS else _in_plain(source)
    last = next(starts, None)
    if last is None:
        return
    for start in starts:
        yield last, start - last
        last = start
    yield last, source.size - last


def _in_gzip(source: Source) -> Iterator[int]:
    """Yield where a gzip member begins of which the content begins with a record."""
    stream = source.at()
    at, tail = 0, b""
    while block := stream.read(_BLOCK):
        data = tail + block
        found = data.find(_DEFLATED)
        while found >= 0:
            if _BEGIN.match(_begun(read_up_to(source.at(at + found), 512))):
                yield at + found
            found = data.find(_DEFLATED, found + 1)
        tail = data[-2:]
        at += len(data) - len(tail)


def _begun(member: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(member, 64)
    except zlib.error:
        return b""


def _in_plain(source: Source) -> Iterator[int]:
    at: int | None = 0
    while at is not None and at < source.size:
        data = read_up_to(source.at(at), 8192)
        if not _BEGIN.match(data):
            at = _next_begin(source, at)
            continue
        start = at + len(data) - len(data.lstrip())
        head = split_head(data[start - at :]) or split_head(read_up_to(source.at(start), _LONGEST_HEAD))
        length = headers_of(head[0]).get("content-length", "") if head else ""
        yield start
        if head is None or not (length.isascii() and length.isdigit()) or len(length) > 15:
            at = _next_begin(source, start + 1)
        else:
            # The line that ends the head is two or four bytes; what more there is of empty lines is passed over.
            at = start + len(head[0]) + 2 + int(length)


def _next_begin(source: Source, at: int) -> int | None:
    """Return where the next line begins that begins a record, from `at` on."""
    stream = source.at(at)
    tail = b""
    while block := stream.read(_BLOCK):
        data = tail + block
        found = data.find(b"\nWARC/")
        if found >= 0:
            return at + found + 1
        tail = data[-5:]
        at += len(data) - len(tail)
    return None
