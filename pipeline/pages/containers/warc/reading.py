"""A WARC file, whole or in part: its pages, each called by where its record begins in the file."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from pipeline.config import Limits
from pipeline.pages.containers.gunzip import Gunzip
from pipeline.pages.containers.member import FindAssets, Member, no_assets
from pipeline.pages.containers.source import Source
from pipeline.pages.containers.streams import Bounded, ByteStream, Rewound
from pipeline.pages.containers.unzstd import Unzstd, dictionary_of
from pipeline.pages.containers.warc.members import warc_members
from pipeline.pages.containers.warc.pictures import Pictures, unpacked
from pipeline.pages.cursor import Cursor, Mark
from pipeline.pages.found import Ignored, PageError
from pipeline.records import Reject

__all__ = ["warc_pages", "warc_range_pages"]

_BEGINNING: Final = Mark(0, 0, 0)
_NO_RECORD: Final = PageError(
    "corrupt-archive",
    "expected a WARC record at this offset, found other bytes",
    "is the index of this file? make it again",
)


def warc_pages(member: Member, stream: ByteStream, limits: Limits) -> Iterator[Member | Reject | Ignored]:
    """Yield the pages of a WARC from where its cursor begins; `stream` is that of `member`, looked at."""
    cursor = member.cursor or Cursor()
    if member.pictures is None and member.source is not None:
        member = replace(member, pictures=_pictures(member, member.source, cursor, limits))
    start = cursor.start or _BEGINNING
    names = _RecordNames(member.stream, 0)
    for count, found in enumerate(_pages(member, stream, limits, names, start), start.count):
        # A reject may stand where no record begins, and a member that is packed with others has no place of its own.
        cursor.reach(None if names.begin is None or isinstance(found, Reject) else Mark(*names.begin, count))
        yield found


def warc_range_pages(
    member: Member, ranges: Sequence[tuple[int, int]], limits: Limits
) -> Iterator[Member | Reject | Ignored]:
    """Yield the pages of some ranges of a WARC file, each of which begins where a record does: (offset, size).

    A range may hold many records; one of size 0 holds one, which ends where it says. A range that is damaged, or does
    not begin with a record, is a reject; the others are read.
    """
    if member.source is None:
        raise ValueError("ranges are read of files")
    cursor = member.cursor or Cursor()
    dictionary = dictionary_of(member.source.at())
    for number in range(cursor.start.count if cursor.start else 0, len(ranges)):
        offset, size = ranges[number]
        cursor.reach(Mark(offset, 0, number))
        begun = False
        try:
            stream = unpacked(member.source.at(offset, size or None), limits, dictionary)
            looked_at = Rewound(stream, 64)
            if not looked_at.head.lstrip().startswith(b"WARC/"):
                looked_at.read(0 if looked_at.head else 1)  # raises what kept it from being read
                raise _NO_RECORD
            records = _pages(member, looked_at, limits, _RecordNames(stream, offset), _BEGINNING)
            for found in records if size else itertools.islice(records, 1):
                begun = True
                yield found
        except PageError as error:
            # What was read of the range has its own path.
            yield error.reject(f"{member.path}!/{offset}{f'+{size}' if begun else ''}")


def _pages(
    member: Member, stream: ByteStream, limits: Limits, names: "_RecordNames", start: Mark
) -> Iterator[Member | Reject | Ignored]:
    def assets_of(url: str | None) -> FindAssets:
        return no_assets if member.pictures is None else partial(member.pictures.named_in, url)

    bounded = Bounded(stream, limits.archive_bytes, start.unpacked)
    return warc_members(bounded, member, limits, names.name, assets_of, start=start)


def _pictures(member: Member, source: Source, cursor: Cursor, limits: Limits) -> Pictures:
    """Return the pictures of a file, which another part of it may have looked for."""
    sources = [(member.path, source)]
    if isinstance(cursor.kept, Pictures):
        cursor.kept.reopen(sources)
    else:
        cursor.kept = Pictures(sources, limits)
    pictures: Pictures = cursor.kept
    return pictures


class _RecordNames:
    """How a WARC's records are called: by their offset in the file, which in a .warc.gz is that of their gzip member.

    In a file compressed as one piece it is the unpacked offset; a record within a member that is not the file's
    first is `<member>+<offset within it>`.
    """

    def __init__(self, stream: ByteStream, before: int) -> None:
        """Take the stream of the records, and where in the file that begins of which it knows offsets."""
        self._unpacker = stream if isinstance(stream, Gunzip | Unzstd) else None
        self._before = before
        self._member = (0, before)  # unpacked offset, and offset in the file, of the last member that began a record
        self.begin: tuple[int, int] | None = None  # where the record named last begins: in the file, and unpacked

    def name(self, offset: int) -> str:
        """Return the name of the record that begins at this unpacked offset; asked with growing ones."""
        if self._unpacker is None:
            self.begin = (self._before + offset, offset)
            return str(self._before + offset)
        begun = self._unpacker.member_start(offset)
        self.begin = None if begun is None else (self._before + begun, offset)
        if begun is not None:
            self._member = (offset, self._before + begun)
        unpacked_at, member = self._member
        if offset == unpacked_at:
            return str(member)
        return str(offset) if member == 0 else f"{member}+{offset - unpacked_at}"
