"""A zip that lost its directory: its members are read one after the other, as far as they go."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from pipeline.config import Limits
from pipeline.pages.containers.member import Member, accept_member
from pipeline.pages.containers.streams import CHUNK, damaged, expands_too_far, skip, too_large
from pipeline.pages.found import Ignored, PageError
from pipeline.pages.names import member_path
from pipeline.records import Reject

__all__ = ["salvaged_members"]

_LOCAL: Final = struct.Struct("<4s5H3L2H")  # APPNOTE 4.3.7
_SIGNATURE: Final = b"PK\3\4"
_DESCRIPTOR: Final = b"PK\7\x08"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW, _UTF8_NAME = 0x1, 0x8, 0x800
_UNKNOWN: Final = 0xFFFFFFFF


def salvaged_members(source: BinaryIO, path: str, levels: int, limits: Limits) -> Iterator[Member | Reject | Ignored]:
    """Yield the whole members from the beginning of the zip in `source`, in file order, then raise PageError."""
    size = source.seek(0, 2)
    taken: set[str] = set()
    safe: set[str] = set()
    at = total = 0
    while (header := _read_header(source, at)) is not None:
        if len(taken) >= limits.members:
            break
        if header.packed is not None and header.data_at + header.packed > size:
            break
        stream = _SalvagedStream(source, header, limits)
        name = accept_member(header.name, path, safe, taken)
        if header.name.endswith("/"):
            pass
        elif not isinstance(name, str):
            yield name
        elif header.flags & _ENCRYPTED:
            yield PageError("encrypted", "found a member locked with a password", "unpack it yourself").reject(name)
        else:
            safe.add(member_path(header.name) or "")
            yield Member(name, header.name, stream, levels=levels + 1)
        if header.packed is not None:
            at = header.data_at + header.packed
        else:
            try:
                skip(stream, limits.page_bytes)
            except PageError:
                break
            if not stream.ended:
                break
            at = _after_descriptor(source, stream.at)
        total += stream.produced
        if total > limits.archive_bytes:
            raise too_large("an archive", limits.archive_bytes, "archive_bytes")
        if total > limits.expansion_ratio * size:
            raise expands_too_far(limits.expansion_ratio)
    raise damaged(f"expected a zip archive, found that its directory is missing or damaged, cut off near byte {at:,}")


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    flags: int
    method: int
    checksum: int | None
    packed: int | None  # bytes; None if only the data say where they end
    data_at: int


def _read_header(source: BinaryIO, at: int) -> _Header | None:
    """Return the header at byte `at`, or None where there is none that can be read."""
    source.seek(at)
    fixed = source.read(_LOCAL.size)
    if len(fixed) < _LOCAL.size or not fixed.startswith(_SIGNATURE):
        return None
    _, _, flags, method, _, _, checksum, packed, _, name_length, extra_length = _LOCAL.unpack(fixed)
    raw_name = source.read(name_length)
    data_at = at + _LOCAL.size + name_length + extra_length
    follows = bool(flags & _SIZES_FOLLOW) or packed == _UNKNOWN
    if method not in (_STORED, _DEFLATED) or (follows and method == _STORED) or len(raw_name) < name_length:
        return None
    try:
        name = raw_name.decode("utf-8")
    except UnicodeDecodeError:
        name = raw_name.decode("utf-8" if flags & _UTF8_NAME else "cp437", "replace")
    return _Header(name, flags, method, None if follows else checksum, None if follows else packed, data_at)


def _after_descriptor(source: BinaryIO, at: int) -> int:
    """Return where the next header begins after a data descriptor of 12, 16, 20 or 24 bytes (APPNOTE 4.3.9)."""
    source.seek(at)
    tail = source.read(28)
    signed = 4 if tail.startswith(_DESCRIPTOR) else 0
    for length in (12 + signed, 20 + signed):
        if tail[length : length + 2] == b"PK":
            return at + length
    return at + 12 + signed


class _SalvagedStream:
    """The bytes of a member whose end is known from its header, or from its deflate stream alone."""

    def __init__(self, source: BinaryIO, header: _Header, limits: Limits) -> None:
        self._source = source
        self._header = header
        self._ratio = limits.expansion_ratio
        self._inflater = zlib.decompressobj(wbits=-15) if header.method == _DEFLATED else None
        self._input = b""
        self._checksum = 0
        self.at = header.data_at  # the first byte not yet used
        self.produced = 0
        self.ended = False

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and none only at the end. Raises PageError if the member is damaged."""
        part = b""
        while size > 0 and not self.ended and not part:
            part = self._stored(size) if self._inflater is None else self._inflated(self._inflater, size)
        self.produced += len(part)
        self._checksum = zlib.crc32(part, self._checksum)
        if self.ended and self._header.checksum not in (None, self._checksum):
            raise damaged("expected a whole member, found that its checksum differs")
        if self.produced > CHUNK and self.produced > self._ratio * (self.at - self._header.data_at):
            raise expands_too_far(self._ratio)
        return part

    def _fetch(self, size: int) -> bytes:
        left = size
        if self._header.packed is not None:
            left = min(size, self._header.data_at + self._header.packed - self.at - len(self._input))
        self._source.seek(self.at + len(self._input))
        return self._source.read(max(left, 0))

    def _stored(self, size: int) -> bytes:
        part = self._fetch(size)
        self.at += len(part)
        self.ended = not part
        return part

    def _inflated(self, inflater: "zlib._Decompress", size: int) -> bytes:
        if not self._input:
            self._input = self._fetch(CHUNK)
            if not self._input:
                raise damaged("expected a whole member, found that it ends early")
        try:
            part = inflater.decompress(self._input, min(size, CHUNK))
        except zlib.error as error:
            raise damaged(f"expected a whole member, found it damaged ({error})") from error
        rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
        self.at += len(self._input) - len(rest)
        self._input = b"" if inflater.eof else rest
        self.ended = inflater.eof
        return part
