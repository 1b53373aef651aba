"""A WARC file, whole or in part: its pages, each called by where its record begins in the file."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from pipeline.config import Limits
from pipeline.pages.containers.gunzip import Gunzip
from pipeline.pages.containers.member import FindAssets, Member, no_assets
from pipeline.pages.containers.streams import Bounded, ByteStream, Rewound
from pipeline.pages.containers.unzstd import Unzstd, dictionary_of
from pipeline.pages.containers.warc.members import warc_members
from pipeline.pages.containers.warc.pictures import Pictures, unpacked
from pipeline.pages.found import Ignored, PageError
from pipeline.records import Reject

__all__ = ["warc_pages", "warc_range_pages"]

_NO_RECORD: Final = PageError(
    "corrupt-archive",
    "expected a WARC record at this offset, found other bytes",
    "is the index of this file? make it again",
)


def warc_pages(member: Member, stream: ByteStream, limits: Limits) -> Iterator[Member | Reject | Ignored]:
    """Yield the pages of a WARC from its beginning; `stream` is that of `member`, looked at."""
    if member.pictures is None and member.source is not None:
        member = replace(member, pictures=Pictures([(member.path, member.source)], limits))
    return _pages(member, stream, limits, 0)


def warc_range_pages(
    member: Member, ranges: Sequence[tuple[int, int]], limits: Limits
) -> Iterator[Member | Reject | Ignored]:
    """Yield the pages of some ranges of a WARC file, each of which begins where a record does: (offset, size).

    A range may hold many records; one of size 0 holds one, which ends where it says. A range that is damaged, or does
    not begin with a record, is a reject; the others are read.
    """
    if member.source is None:
        raise ValueError("ranges are read of files")
    dictionary = dictionary_of(member.source.at())
    for offset, size in ranges:
        begun = False
        try:
            stream = unpacked(member.source.at(offset, size or None), limits, dictionary)
            looked_at = Rewound(stream, 64)
            if not looked_at.head.lstrip().startswith(b"WARC/"):
                looked_at.read(0 if looked_at.head else 1)  # raises what kept it from being read
                raise _NO_RECORD
            records = _pages(replace(member, stream=stream), looked_at, limits, offset)
            for found in records if size else itertools.islice(records, 1):
                begun = True
                yield found
        except PageError as error:
            # What was read of the range has its own path.
            yield error.reject(f"{member.path}!/{offset}{f'+{size}' if begun else ''}")


def _pages(member: Member, stream: ByteStream, limits: Limits, start: int) -> Iterator[Member | Reject | Ignored]:
    """Yield the pages of a stream that begins at the byte `start` of the file."""
    unpacker = member.stream
    names = _RecordNames(unpacker if isinstance(unpacker, Gunzip | Unzstd) else None, start)

    def assets_of(url: str | None) -> FindAssets:
        return no_assets if member.pictures is None else partial(member.pictures.named_in, url)

    return warc_members(Bounded(stream, limits.archive_bytes), member, limits, names.name, assets_of)


class _RecordNames:
    """How a WARC's records are called: by their offset in the file, which in a .warc.gz is that of their gzip member.

    In a file compressed as one piece it is the unpacked offset; a record within a member that is not the file's
    first is `<member>+<offset within it>`.
    """

    def __init__(self, unpacker: Gunzip | Unzstd | None, start: int) -> None:
        self._unpacker = unpacker
        self._start = start
        self._member = (0, start)  # unpacked offset, and offset in the file, of the last member that began a record

    def name(self, offset: int) -> str:
        """Return the name of the record that begins at this unpacked offset; asked with growing ones."""
        if self._unpacker is None:
            return str(self._start + offset)
        begun = self._unpacker.member_start(offset)
        if begun is not None:
            self._member = (offset, self._start + begun)
        unpacked_at, member = self._member
        if offset == unpacked_at:
            return str(member)
        return str(offset) if member == 0 else f"{member}+{offset - unpacked_at}"
