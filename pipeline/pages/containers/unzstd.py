"""Zstandard (RFC 8878), unpacked without being trusted: block by block, none of which holds more than 128 kB."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import zstandard

from pipeline.pages.containers.member_starts import MemberStarts
from pipeline.pages.containers.source import Source
from pipeline.pages.containers.streams import ByteStream, damaged, expands_too_far, read_up_to

__all__ = ["ZSTD_MAGICS", "Unzstd", "dictionary_of", "frame_starts"]

_FRAME: Final = b"\x28\xb5\x2f\xfd"
# A skippable frame with the dictionary of all that follow it, as WARC files begin with one
# (https://iipc.github.io/warc-specifications/specifications/warc-zstd/).
_DICTIONARY: Final = b"\x5d\x2a\x4d\x18"
_SKIPPABLE: Final = b"\x2a\x4d\x18"  # after a byte from 0x50 to 0x5f
ZSTD_MAGICS: Final = (_FRAME, _DICTIONARY)
# What a frame may ask for to be unpacked, in bytes: as much as `zstd` itself allows without being told.
_LARGEST_WINDOW: Final = 1 << 27
_LARGEST_DICTIONARY: Final = 1 << 24
_ERROR: Final = "expected a zstd stream, found it damaged"


class Unzstd:
    """The content of a zstd stream of one frame or more, bounded: a block at a time is in memory, and its window.

    More than `ratio` times as many bytes out as went in are refused: at the end, or past `free` bytes at once.
    """

    def __init__(
        self,
        stream: ByteStream,
        *,
        ratio: int,
        free: int,
        consumed: int = 0,
        produced: int = 0,
        dictionary: bytes | None = None,
    ) -> None:
        """Begin where a frame does, with so many bytes read and unpacked before, and the dictionary of the file."""
        self._stream = stream
        self._ratio = ratio
        self._free = free
        self._dictionary = dictionary
        self._starts = MemberStarts(produced, consumed)
        self._decompressor: zstandard.ZstdDecompressor | None = None
        self._frame: Any = None  # what unpacks the frame that is open
        self._checksum = 0  # bytes after its last block
        self._part = b""
        self._produced = produced
        self._ended = False
        self.consumed = consumed  # compressed bytes used
        self.has_trailer = False  # once read to the end: whether other bytes follow the last frame

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and none only at the end. Raises PageError if it ends early or is damaged."""
        while size > 0 and not self._part and not self._ended:
            try:
                if self._frame is None:
                    self._next_frame()
                else:
                    self._next_block()
            except zstandard.ZstdError as error:
                raise damaged(f"{_ERROR} ({error})") from error
            if self._produced > self._free or self._ended:
                self._check_ratio()
        part, self._part = self._part[:size], self._part[size:]
        return part

    def member_start(self, offset: int) -> int | None:
        """Return where in the compressed file the frame begins that unpacks from `offset` on, or None."""
        return self._starts.find(offset)

    def _next_frame(self) -> None:
        start = self.consumed
        magic = read_up_to(self._stream, 4)
        if magic == _DICTIONARY and start == 0:
            self.consumed += 4
            self._dictionary = _unpacked(self._take(int.from_bytes(self._take(4), "little"), _LARGEST_DICTIONARY))
        elif magic[1:] == _SKIPPABLE and magic[0] >> 4 == 5:
            self.consumed += 4
            left = int.from_bytes(self._take(4), "little")
            while left:
                left -= len(self._take(min(left, 1 << 16)))
        elif magic == _FRAME:
            self.consumed += 4
            self._starts.note(self._produced, start)
            self._open(magic)
        else:
            self._ended = True
            self.has_trailer = bool(magic)

    def _open(self, magic: bytes) -> None:
        """Read a frame's header (section 3.1.1.1), and give it to what unpacks the frame."""
        descriptor = self._take(1)
        rest, self._checksum = _header_and_checksum(descriptor[0])
        if self._decompressor is None:
            known = zstandard.ZstdCompressionDict(self._dictionary) if self._dictionary else None
            self._decompressor = zstandard.ZstdDecompressor(dict_data=known, max_window_size=_LARGEST_WINDOW)
        self._frame = self._decompressor.decompressobj()
        self._put(magic + descriptor + self._take(rest))

    def _next_block(self) -> None:
        head = self._take(3)
        is_last, size = _block(head)
        self._put(head + self._take(size, 1 << 17))
        if is_last:
            self._put(self._take(self._checksum))
            self._frame = None

    def _put(self, data: bytes) -> None:
        part = self._frame.decompress(data) if data else b""
        self._part += part
        self._produced += len(part)

    def _take(self, size: int, most: int = 1 << 16) -> bytes:
        data = read_up_to(self._stream, size) if size <= most else b""
        if size > most:
            raise damaged(_ERROR)
        if len(data) < size:
            raise damaged("expected a zstd stream, found that it ends early")
        self.consumed += size
        return data

    def _check_ratio(self) -> None:
        if self._produced > self._ratio * max(self.consumed, 1):
            raise expands_too_far(self._ratio)


def _header_and_checksum(flags: int) -> tuple[int, int]:
    """Return how many bytes of a frame's header follow its descriptor, and how many its last block."""
    single, size_flag = flags >> 5 & 1, flags >> 6
    return 1 - single + (0, 1, 2, 4)[flags & 3] + (single, 2, 4, 8)[size_flag], 4 if flags & 4 else 0


def _block(head: bytes) -> tuple[bool, int]:
    """Return whether a block is its frame's last, and how many bytes follow its head of three."""
    value = int.from_bytes(head, "little")
    return bool(value & 1), 1 if value >> 1 & 3 == 1 else value >> 3


def frame_starts(source: Source) -> Iterator[int]:
    """Yield where each frame begins, without unpacking any, up to where the file is damaged."""
    at = 0
    while at < source.size:
        head = read_up_to(source.at(at), 8)
        if head[1:4] == _SKIPPABLE and head[0] >> 4 == 5:
            at += 8 + int.from_bytes(head[4:], "little")
            continue
        if not head.startswith(_FRAME):
            return
        yield at
        rest, checksum = _header_and_checksum(head[4] if len(head) > 4 else 0)
        at += 5 + rest
        is_last = False
        while not is_last:
            head = read_up_to(source.at(at), 3)
            if len(head) < 3:
                return
            is_last, size = _block(head)
            at += 3 + size
        at += checksum


def dictionary_of(stream: ByteStream) -> bytes | None:
    """Return the dictionary with which a file begins, None if with none. Raises PageError if it is damaged."""
    head = read_up_to(stream, 8)
    size = int.from_bytes(head[4:], "little")
    if not head.startswith(_DICTIONARY) or size > _LARGEST_DICTIONARY:
        return None
    return _unpacked(read_up_to(stream, size))


def _unpacked(dictionary: bytes) -> bytes:
    """Return a dictionary, which may be compressed itself, without one."""
    if not dictionary.startswith(_FRAME):
        return dictionary
    return read_up_to(Unzstd(BytesIO(dictionary), ratio=1000, free=_LARGEST_DICTIONARY), _LARGEST_DICTIONARY)
