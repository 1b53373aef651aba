"""Open a raw input and yield its pages: whatever the bytes, a page or a reject, and nothing larger than the limits."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO, Final, cast

from pipeline.config import Limits
from pipeline.pages.assets import ASSETS_PER_PAGE, FolderAssets
from pipeline.pages.containers import (
    CHUNK,
    Gunzip,
    Member,
    Rewound,
    damaged,
    mhtml_members,
    read_up_to,
    saved_from,
    too_large,
    warc_members,
    zip_members,
)
from pipeline.pages.cursor import Cursor, Mark
from pipeline.pages.discover import RawFile
from pipeline.pages.encodings import wide_encoding
from pipeline.pages.found import Found, Ignored, PageError, unreadable
from pipeline.pages.magic import binary_kind, is_font, is_picture, looks_binary
from pipeline.pages.names import is_page_name
from pipeline.pages.page import AssetSource, RawPage
from pipeline.pages.sniff import HEAD, container_of, media_type_of
from pipeline.records import Reject

__all__ = ["page_from_bytes", "read_found", "read_pages"]

# Archives within archives, and gzip within gzip, that are still read.
_LEVELS: Final = 2
_BLANK: Final = b" \t\r\n\x0b\x0c\0\xff\xfe\xef\xbb\xbf"
# An inner archive up to this size stays in memory.
_SPOOL: Final = 1 << 24
_DEFAULT_LIMITS: Final = Limits()
_BEGINNING: Final = Mark(0, 0, 0)


def read_pages(
    file: RawFile, limits: Limits = _DEFAULT_LIMITS, *, ignored: Counter[str] | None = None
) -> Iterator[RawPage | Reject]:
    """Yield the pages of `file`, one in memory at a time, and a reject for each thing in it that cannot be read.

    What is neither (a picture, a record that is no response) is counted by reason in `ignored`, if given.
    Raises nothing: a file that cannot be opened is a reject, too.
    """
    cursor = Cursor()
    cursor.begin(file, None)
    yield from _counted(read_found(file, limits, cursor), ignored)


def read_found(file: RawFile, limits: Limits, cursor: Cursor) -> Iterator[Found]:
    """Yield all that `file` holds from where `cursor` begins, in the same order whenever its bytes are the same.

    After each thing `cursor.take` says from where it can be found again. Raises nothing, as `read_pages`.
    """
    try:
        with file.location.open("rb") as stream:
            folder_assets = _folder_assets(file, limits)
            if cursor.start:
                stream.seek(cursor.start.offset)
            yield from _opened(
                Member(
                    file.path,
                    file.location.name,
                    stream,
                    size=file.size,
                    find_assets=lambda *_page: folder_assets,
                    cursor=cursor,
                ),
                limits,
            )
    except OSError as error:
        yield unreadable(error).reject(file.path)


def page_from_bytes(
    data: bytes, path: str, limits: Limits = _DEFAULT_LIMITS, *, ignored: Counter[str] | None = None
) -> list[RawPage | Reject]:
    """Return what a file with these bytes would give: pages and rejects, containers included."""
    member = Member(path, path, BytesIO(data), size=len(data))
    return list(_counted(_opened(member, limits), ignored))


def _counted(found: Iterator[Found], ignored: Counter[str] | None) -> Iterator[RawPage | Reject]:
    for one in found:
        if not isinstance(one, Ignored):
            yield one
        elif ignored is not None:
            ignored[one.reason] += 1


def _folder_assets(file: RawFile, limits: Limits) -> AssetSource:
    folder = file.location.parent
    root = file.root or folder
    inner = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else "."
    inner = "" if inner == "." else inner
    outer = file.path.removesuffix(file.location.name).rstrip("/")
    label = outer.removesuffix(inner).rstrip("/")
    return FolderAssets(root, inner, f"{label}/" if label else "", limits.page_bytes)


def _opened(member: Member, limits: Limits) -> Iterator[Found]:
    """Yield what `member` holds; an error of its own is its reject, those of its members are theirs."""
    try:
        stream = Rewound(member.stream, HEAD)
        match container_of(stream.head):
            case "gzip":
                yield from _gunzipped(member, stream, limits)
            case "zip":
                _check_levels(member.levels)
                cursor = None if member.gzips else member.cursor
                with _seekable(member, stream, limits) as source:
                    for inner in zip_members(source, member.path, member.levels, limits, cursor):
                        yield from _opened(inner, limits) if isinstance(inner, Member) else (inner,)
            case "warc":
                _check_levels(member.levels)
                yield from _warc(member, stream, limits)
            case "mhtml":
                yield from _mhtml(member, stream, limits)
            case None:
                yield _page(member, stream, limits)
    except PageError as error:
        yield error.reject(member.path)
    except OSError as error:
        yield unreadable(error).reject(member.path)


def _check_levels(levels: int) -> None:
    if levels >= _LEVELS:
        raise PageError(
            "too-deep",
            f"expected at most {_LEVELS} archives within one another, found more",
            "unpack the outer ones",
        )


def _gunzipped(member: Member, stream: Rewound, limits: Limits) -> Iterator[Found]:
    _check_levels(member.gzips)
    cursor = None if member.gzips else member.cursor
    start = (cursor and cursor.start) or _BEGINNING
    gunzip = Gunzip(
        stream, ratio=limits.expansion_ratio, free=limits.page_bytes, consumed=start.offset, produced=start.unpacked
    )
    name = member.name[:-3] if member.name.lower().endswith(".gz") else member.name
    # `replace` would keep the packed size.
    yield from _opened(
        Member(
            member.path,
            name,
            gunzip,
            levels=member.levels,
            gzips=member.gzips + 1,
            find_assets=member.find_assets,
            cursor=cursor,
        ),
        limits,
    )
    if gunzip.has_trailer:
        # The page has the file's path; the bytes after it are named by where they begin.
        other = damaged("expected the end of the gzip stream, found other bytes after it; what it held was read")
        yield other.reject(f"{member.path}!/{gunzip.consumed}")


@contextmanager
def _seekable(member: Member, stream: Rewound, limits: Limits) -> Iterator[BinaryIO]:
    """Give an archive's bytes as a file: the file itself, or (inside another archive) a temporary one."""
    if member.levels == 0 and member.gzips == 0:
        yield cast(BinaryIO, member.stream)
        return
    bounded = _Bounded(stream, limits.archive_bytes)
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as spool:
        while part := bounded.read(CHUNK):
            spool.write(part)
        yield cast(BinaryIO, spool)


def _warc(member: Member, stream: Rewound, limits: Limits) -> Iterator[Found]:
    cursor = member.cursor or Cursor()
    start = cursor.start or _BEGINNING
    names = _RecordNames(member.stream if isinstance(member.stream, Gunzip) else None)
    bounded = _Bounded(stream, limits.archive_bytes, start.unpacked)
    records = warc_members(bounded, member.path, member.levels, limits, names.name, start=start)
    for count, record in enumerate(records, start.count):
        # A reject may stand where no record begins, and a member that is packed with others has no place of its own.
        cursor.reach(None if names.begin is None or isinstance(record, Reject) else Mark(*names.begin, count))
        if not isinstance(record, Member):
            yield record
            continue
        try:
            yield _page(record, Rewound(record.stream, HEAD), limits)
        except PageError as error:
            yield error.reject(record.path)


def _mhtml(member: Member, stream: Rewound, limits: Limits) -> Iterator[Found]:
    most = limits.page_bytes * ASSETS_PER_PAGE
    data = read_up_to(stream, most + 1)
    if len(data) > most:
        raise too_large("an MHTML file", most, "page_bytes")
    for inner in mhtml_members(data, member, limits):
        yield _page(inner, Rewound(inner.stream, HEAD), limits) if isinstance(inner, Member) else inner


def _page(member: Member, stream: Rewound, limits: Limits) -> Found:
    """Return the page that a member is, or why it is none. Raises PageError if it cannot be read whole."""
    head = stream.head
    named_as_page = is_page_name(member.name) or member.declared is not None
    if not named_as_page and (is_picture(head) or is_font(head)):
        return Ignored(member.path, "image" if is_picture(head) else "font")
    if kind := binary_kind(head):
        raise _binary(kind)
    if member.size is not None and member.size > limits.page_bytes:
        raise too_large("a page", limits.page_bytes, "page_bytes")
    data = read_up_to(stream, limits.page_bytes + 1)
    if len(data) > limits.page_bytes:
        raise too_large("a page", limits.page_bytes, "page_bytes")
    if not data.strip(_BLANK):
        raise PageError(
            "empty", "expected a page, found nothing but white space", "fetch the page again, or delete the file"
        )
    if wide_encoding(data) is None and looks_binary(data):
        raise _binary("bytes that are no text")
    media_type = media_type_of(data, name=member.name, declared=member.declared)
    return RawPage(
        member.path,
        data,
        media_type,
        charset=member.charset,
        url=member.url or saved_from(data),
        captured_at=member.captured_at,
        assets=member.find_assets(data, media_type, member.charset),
    )


def _binary(kind: str) -> PageError:
    return PageError(
        "binary",
        f"expected a page of text, found {kind}",
        "save the page as HTML, MHTML, Markdown or text; move other files out of the raw folder",
    )


class _RecordNames:
    """How a WARC's records are called: by their offset in the file, which in a .warc.gz is that of their gzip member.

    In a file compressed as one piece it is the unpacked offset; a record within a member that is not the file's
    first is `<member>+<offset within it>`.
    """

    def __init__(self, gunzip: Gunzip | None) -> None:
        self._gunzip = gunzip
        self._member = (0, 0)  # unpacked and compressed offset of the last member that began a record
        self.begin: tuple[int, int] | None = None  # where the record named last begins: in the file, and unpacked

    def name(self, offset: int) -> str:
        """Return the name of the record that begins at this unpacked offset; asked with growing ones."""
        if self._gunzip is None:
            self.begin = (offset, offset)
            return str(offset)
        start = self._gunzip.member_start(offset)
        self.begin = None if start is None else (start, offset)
        if start is not None:
            self._member = (offset, start)
        unpacked, packed = self._member
        if packed == 0 or offset == unpacked:
            return str(packed if offset == unpacked else offset)
        return f"{packed}+{offset - unpacked}"


class _Bounded:
    """A stream of which no more than `limit` bytes are read."""

    def __init__(self, stream: Rewound, limit: int, before: int = 0) -> None:
        self._stream = stream
        self._left = limit - before
        self._limit = limit

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and none only at the end. Raises PageError past the limit."""
        part = self._stream.read(size)
        self._left -= len(part)
        if self._left < 0:
            raise too_large("an archive", self._limit, "archive_bytes")
        return part
