"""Open a raw input and yield its pages: whatever the bytes, a page or a reject, and nothing larger than the limits."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO, Final, cast

from pipeline.config import Limits
from pipeline.pages.assets import ASSETS_PER_PAGE, FolderAssets
from pipeline.pages.containers import (
    CHUNK,
    Bounded,
    Gunzip,
    Member,
    Pictures,
    Rewound,
    Source,
    Unzstd,
    damaged,
    dictionary_of,
    mhtml_members,
    places_of,
    read_up_to,
    saved_from,
    too_large,
    warc_pages,
    warc_range_pages,
    zip_members,
)
from pipeline.pages.cursor import Cursor, Mark
from pipeline.pages.discover import RawFile
from pipeline.pages.encodings import wide_encoding
from pipeline.pages.found import Found, Ignored, PageError, unreadable
from pipeline.pages.magic import binary_kind, is_font, is_picture, looks_binary
from pipeline.pages.names import is_page_name
from pipeline.pages.page import AssetSource, NoAssets, RawPage, SentAssets
from pipeline.pages.sniff import HEAD, container_of, media_type_of
from pipeline.records import Reject

__all__ = ["folder_assets", "page_from_bytes", "picture_places", "read_found", "read_pages"]

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


def read_found(file: RawFile, limits: Limits, cursor: Cursor, *, bare: bool = False) -> Iterator[Found]:
    """Yield all that `file` holds from where `cursor` begins, in the same order whenever its bytes are the same.

    After each thing `cursor.take` says from where it can be found again. `bare` pages lack the files that they name,
    which take longer to be found than the page itself. Raises nothing, as `read_pages`.
    """
    try:
        with BytesIO(file.sent.data) if file.sent else file.location.open("rb") as stream:
            beside = SentAssets(file.sent.files) if file.sent else folder_assets(file, limits)
            source = Source(stream, 0, stream.seek(0, 2))
            begin = cursor.start.offset if cursor.start and file.ranges is None else 0
            member = Member(
                file.path,
                file.location.name,
                source.at(begin),
                size=file.size,
                find_assets=lambda *_page: beside,
                cursor=cursor,
                bare=bare,
                source=source,
                addresses=file.addresses,
            )
            if file.ranges is not None or file.pictures is not None:
                member = replace(member, pictures=Pictures([(file.path, source)], limits, file.pictures))
            if file.ranges is None:
                yield from _opened(member, limits)
            else:
                yield from _pages(warc_range_pages(member, file.ranges, limits), limits, bare=bare)
    except OSError as error:
        yield unreadable(error).reject(file.path)


def picture_places(file: RawFile, limits: Limits) -> tuple[tuple[str, int, int], ...] | None:
    """Return the pictures of a WARC file: address, offset, size; None of another file, and of one that cannot be read.

    A RawFile that has them as its `pictures` can be read in parts, none of which has to look for them again.
    """
    try:
        with file.location.open("rb") as stream:
            return places_of(Source(stream, 0, stream.seek(0, 2)), limits)
    except OSError:
        return None


def page_from_bytes(
    data: bytes, path: str, limits: Limits = _DEFAULT_LIMITS, *, ignored: Counter[str] | None = None
) -> list[RawPage | Reject]:
    """Return what a file with these bytes would give: pages and rejects, containers included."""
    source = Source(BytesIO(data), 0, len(data))
    member = Member(path, path, source.at(), size=len(data), source=source)
    return list(_counted(_opened(member, limits), ignored))


def _counted(found: Iterator[Found], ignored: Counter[str] | None) -> Iterator[RawPage | Reject]:
    for one in found:
        if not isinstance(one, Ignored):
            yield one
        elif ignored is not None:
            ignored[one.reason] += 1


def folder_assets(file: RawFile, limits: Limits) -> AssetSource:
    """Return the files beside a page."""
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
            case "gzip" | "zstd":
                yield from _unpacked(member, stream, limits)
            case "zip":
                _check_levels(member.levels)
                cursor = None if member.gzips else member.cursor
                with _seekable(member, stream, limits) as source:
                    for inner in zip_members(source, member.path, member.levels, limits, cursor):
                        if isinstance(inner, Member):
                            yield from _opened(_within(member, inner, cursor), limits)
                        else:
                            yield inner
            case "warc":
                _check_levels(member.levels)
                yield from _pages(warc_pages(member, stream, limits), limits, bare=member.bare)
            case "mhtml":
                yield from _mhtml(member, stream, limits)
            case None:
                yield _page(member, stream, limits)
    except PageError as error:
        yield error.reject(member.path)
    except OSError as error:
        yield unreadable(error).reject(member.path)


def _within(archive: Member, inner: Member, cursor: Cursor | None) -> Member:
    """Return a member with what is said of its archive; in one that lies there as it is, reading can begin anywhere."""
    inner = replace(inner, addresses=archive.addresses, bare=archive.bare)
    if cursor is None or inner.source is None:
        return inner
    within = cursor.within()
    stream = inner.source.at(within.start.offset) if within.start else inner.stream
    return replace(inner, cursor=within, stream=stream)


def _check_levels(levels: int) -> None:
    if levels >= _LEVELS:
        raise PageError(
            "too-deep",
            f"expected at most {_LEVELS} archives within one another, found more",
            "unpack the outer ones",
        )


def _unpacked(member: Member, stream: Rewound, limits: Limits) -> Iterator[Found]:
    """Yield what is in a gzip or zstd stream."""
    _check_levels(member.gzips)
    # Of a stream within a stream, no place can be gone to.
    source, cursor = (None, None) if member.gzips else (member.source, member.cursor)
    start = (cursor and cursor.start) or _BEGINNING
    counts = {"ratio": limits.expansion_ratio, "free": limits.page_bytes}
    counts |= {"consumed": start.offset, "produced": start.unpacked}
    unpacked: Gunzip | Unzstd
    if container_of(stream.head) == "gzip":
        unpacked = Gunzip(stream, **counts)
    else:
        unpacked = Unzstd(stream, **counts, dictionary=dictionary_of(source.at()) if source else None)
    name = re.sub(r"\.(?:gz|zst)\Z", "", member.name, flags=re.IGNORECASE)
    inner = replace(member, name=name, stream=unpacked, size=None, gzips=member.gzips + 1, source=source, cursor=cursor)
    yield from _opened(inner, limits)
    if unpacked.has_trailer:
        # The page has the file's path; the bytes after it are named by where they begin.
        other = damaged("expected the end of the compressed stream, found other bytes after it; what it held was read")
        yield other.reject(f"{member.path}!/{unpacked.consumed}")


@contextmanager
def _seekable(member: Member, stream: Rewound, limits: Limits) -> Iterator[BinaryIO]:
    """Give an archive's bytes as a file: the file itself, or (inside another archive) a temporary one."""
    if member.source is not None and member.levels == 0 and member.gzips == 0:
        yield member.source.file
        return
    bounded = Bounded(stream, limits.archive_bytes)
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as spool:
        while part := bounded.read(CHUNK):
            spool.write(part)
        yield cast(BinaryIO, spool)


def _pages(members: Iterator[Member | Reject | Ignored], limits: Limits, *, bare: bool) -> Iterator[Found]:
    """Yield the page that each member is, or why it is none."""
    for member in members:
        if not isinstance(member, Member):
            yield member
            continue
        try:
            yield _page(replace(member, bare=bare), Rewound(member.stream, HEAD), limits)
        except PageError as error:
            yield error.reject(member.path)


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
        assets=NoAssets() if member.bare else member.find_assets(data, media_type, member.charset),
    )


def _binary(kind: str) -> PageError:
    return PageError(
        "binary",
        f"expected a page of text, found {kind}",
        "save the page as HTML, MHTML, Markdown or text; move other files out of the raw folder",
    )
