"""Zip archives: members in the order of their names, one at a time, none of them trusted."""

import posixpath
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property, partial
from typing import BinaryIO, Final

from pipeline.config import Limits
from pipeline.pages.assets import collect_assets, local_paths, named_files
from pipeline.pages.containers.member import Member, accept_member
from pipeline.pages.containers.source import Source
from pipeline.pages.containers.streams import damaged, expands_too_far, read_up_to, too_large, too_many
from pipeline.pages.containers.warc import Pictures
from pipeline.pages.containers.zip_salvage import salvaged_members
from pipeline.pages.cursor import Cursor, Mark
from pipeline.pages.found import Ignored, PageError
from pipeline.pages.names import is_page_name, is_style_or_script, member_path, printable
from pipeline.pages.page import Asset, AssetSource, NoAssets
from pipeline.records import Reject

__all__ = ["zip_members"]

# What zipfile raises on damaged input (measured by mutating archives), beside its own error.
_ZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,  # UnicodeDecodeError among them
    OverflowError,
    NotImplementedError,
    RuntimeError,
    IndexError,
    KeyError,
)
_END_RECORD: Final = struct.Struct("<4s4H2LH")
_END_SEARCH: Final = 65_535 + _END_RECORD.size
# In a member's header, the lengths of its name and of its extra field (APPNOTE 4.3.7).
_LENGTHS_AT: Final = 26
_LENGTHS: Final = struct.Struct("<2H")
# What of a WACZ (https://specs.webrecorder.net/wacz/1.1.1/) holds pages.
_CRAWL: Final = re.compile(r"archive/.*\.warc(?:\.gz|\.zst)?", re.IGNORECASE)
_ENTRY: Final = struct.Struct("<4s24x3H12x")
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1
_READ_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def zip_members(
    source: BinaryIO, path: str, levels: int, limits: Limits, cursor: Cursor | None
) -> Iterator[Member | Reject | Ignored]:
    """Yield the members of the zip in `source`, sorted by name; read each before asking for the next.

    A zip without its directory (cut off) is read from its beginning, as far as it goes, and rejected at the end.
    Raises PageError if the archive as a whole is refused, or if what was read of it passes a limit.
    """
    if cursor and isinstance(cursor.kept, _OpenZip):
        yield from cursor.kept.members(source, cursor)
        return
    size = source.seek(0, 2)
    if _has_more_entries(source, size, limits.members):
        raise too_many("an archive", "members", limits.members)
    try:
        archive = zipfile.ZipFile(source)
        entries = archive.infolist()
    except _ZIP_ERRORS:
        entries = []
    source.seek(0)
    starts_with_member = source.read(4) == b"PK\3\4"
    if starts_with_member and min((info.header_offset for info in entries), default=1) > 0:
        # No directory, or one that does not know the first member: an inner zip's, of an outer one that was cut off.
        yield from salvaged_members(source, path, levels, limits)
        return
    if len(entries) > limits.members:
        raise too_many("an archive", "members", limits.members)
    if not entries:
        raise PageError("empty", "expected pages in the zip archive, found no member", "pack it again")
    opened = _OpenZip(archive, source, path, levels, limits)
    if cursor:
        cursor.kept = opened
    yield from opened.members(source, cursor or Cursor())


class _OpenZip:
    """A zip whose directory could be read."""

    def __init__(self, archive: zipfile.ZipFile, source: BinaryIO, path: str, levels: int, limits: Limits) -> None:
        self._archive = archive
        self._file = source
        self._path = path
        self._levels = levels
        self._size = source.seek(0, 2)
        self._limits = limits
        self._by_path: dict[str, zipfile.ZipInfo] = {}
        self._files: list[tuple[str, int, zipfile.ZipInfo]] = []
        for ordinal, info in enumerate(archive.infolist()):
            name = _name(info)
            if name.endswith("/"):
                continue
            self._files.append((name, ordinal, info))
            if inner := member_path(name):
                self._by_path.setdefault(inner, info)
        self._files.sort(key=lambda file: file[:2])
        self._has_assets = any(not is_page_name(name) and not is_style_or_script(name) for name in self._by_path)
        self._is_wacz = "datapackage.json" in self._by_path and any(map(_CRAWL.fullmatch, self._by_path))
        self._pictures = Pictures([], limits) if self._is_wacz else None

    @cached_property
    def _accepted(self) -> list[str | Reject | Ignored]:
        """Return the path of each file, or why it is none: a name that comes twice is told from the first by both."""
        taken: set[str] = set()
        return [accept_member(name, self._path, self._by_path, taken) for name, _, _ in self._files]

    def members(self, source: BinaryIO, cursor: Cursor) -> Iterator[Member | Reject | Ignored]:
        """Yield the members from the start of `cursor` on; `source` is open, that of an earlier call may not be."""
        self._archive.fp = self._file = source
        if self._pictures is not None:
            self._pictures.reopen(self._sources())
        total, first = (cursor.start.unpacked, cursor.start.count) if cursor.start else (0, 0)
        for ordinal in range(first, len(self._files)):
            name, _, info = self._files[ordinal]
            path = self._accepted[ordinal]
            cursor.reach(Mark(0, total, ordinal))
            if not isinstance(path, str):
                yield path
                continue
            if self._is_wacz and not _CRAWL.fullmatch(member_path(name) or ""):
                yield Ignored(path, "wacz")
                continue
            try:
                self._check(info)
            except PageError as error:
                yield error.reject(path)
                continue
            stream = _ZipStream(self._archive, info)
            find_assets = partial(self._assets, posixpath.dirname(member_path(name) or ""))
            yield Member(
                path,
                name,
                stream,
                size=info.file_size,
                levels=self._levels + 1,
                find_assets=find_assets,
                source=self._source(info),
                pictures=self._pictures,
            )
            stream.close()
            # Of a member that was begun within, what came before was read by others.
            total += info.file_size if cursor.is_within(ordinal) else stream.produced
            if total > self._limits.archive_bytes:
                raise too_large("an archive", self._limits.archive_bytes, "archive_bytes")
            if total > self._limits.expansion_ratio * self._size:
                raise expands_too_far(self._limits.expansion_ratio)

    def _check(self, info: zipfile.ZipInfo) -> None:
        """Raise PageError for a member that is not to be unpacked, by what its entry says.

        zipfile never gives more bytes than the entry says, so that this bounds what is unpacked.
        """
        if info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16):
            raise PageError(
                "broken-link", "expected a file, found a symbolic link; none is followed in an archive", "pack the file"
            )
        if info.flag_bits & _ENCRYPTED:
            raise PageError("encrypted", "expected a file, found one locked with a password", "unpack it yourself")
        if info.compress_type not in _READ_METHODS:
            raise damaged(f"expected a stored or deflated member, found compression method {info.compress_type}")
        packed = min(info.compress_size, self._size)
        if info.file_size > self._limits.expansion_ratio * max(packed, 1):
            raise expands_too_far(self._limits.expansion_ratio)

    def _source(self, info: zipfile.ZipInfo) -> Source | None:
        """Return where a member lies as it is, None if it is compressed."""
        if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size or info.header_offset < 0:
            return None
        self._file.seek(info.header_offset + _LENGTHS_AT)
        lengths = self._file.read(_LENGTHS.size)
        if len(lengths) < _LENGTHS.size:
            return None
        return Source(self._file, info.header_offset + _LENGTHS_AT + 4 + sum(_LENGTHS.unpack(lengths)), info.file_size)

    def _sources(self) -> list[tuple[str, Source]]:
        """Return all WARC files: a crawler writes several at once, and a page's pictures into any of them."""
        infos = ((path, self._by_path[path]) for path in sorted(self._by_path) if _CRAWL.fullmatch(path))
        sources = ((f"{self._path}!/{printable(path)}", self._source(info)) for path, info in infos)
        return [(path, source) for path, source in sources if source is not None]

    def _assets(self, folder: str, data: bytes, media_type: str, charset: str | None) -> AssetSource:
        if not self._has_assets:
            return NoAssets()
        limit = self._limits.page_bytes
        refs = named_files(data, media_type, charset)
        return collect_assets(refs, lambda ref: self._asset(ref, folder, limit), limit=limit)

    def _asset(self, ref: str, folder: str, limit: int) -> Asset | None:
        for path in local_paths(ref, folder):
            info = self._by_path.get(path)
            if info is None or info.file_size > limit:
                continue
            stream = _ZipStream(self._archive, info)
            try:
                self._check(info)
                return Asset(read_up_to(stream, limit), f"{self._path}!/{printable(path)}")
            except PageError:
                continue  # the member's own turn comes, and with it its reject
            finally:
                stream.close()
        return None


class _ZipStream:
    """A member's bytes; opened when first read, and counted."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self._archive = archive
        self._info = info
        self._opened: zipfile.ZipExtFile | None = None
        self.produced = 0

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and none only at the end. Raises PageError if the member is damaged."""
        try:
            if self._opened is None:
                self._opened = self._archive.open(self._info)  # type: ignore[assignment]
            part: bytes = self._opened.read(size)  # type: ignore[union-attr]
        except _ZIP_ERRORS as error:
            raise damaged(f"expected a whole member, found it damaged ({error})") from error
        self.produced += len(part)
        return part

    def close(self) -> None:
        """Let go of what unpacking needed."""
        if self._opened is not None:
            self._opened.close()


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name. Without the flag it is code page 437 by the specification, UTF-8 by macOS and others."""
    if info.flag_bits & _UTF8_NAME:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _has_more_entries(source: BinaryIO, size: int, limit: int) -> bool:
    """Return whether the directory holds more than `limit` entries, without holding them: it may be all of the file."""
    source.seek(max(0, size - _END_SEARCH))
    tail = source.read(_END_SEARCH)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END_RECORD.size:
        return False
    end = _END_RECORD.unpack_from(tail, at)
    start = max(0, size - len(tail) + at - end[5])
    if end[5] == 0xFFFFFFFF:
        # A zip64 archive: its first entry stands where the 64-bit record says. Count from there.
        locator = tail.rfind(b"PK\6\6", 0, at)
        if locator < 0 or len(tail) - locator < 56:
            return False
        start = int.from_bytes(tail[locator + 48 : locator + 56], "little")
    if (size - start) // _ENTRY.size <= limit:
        return False
    source.seek(min(start, size))
    count = 0
    while count <= limit:
        entry = source.read(_ENTRY.size)
        if len(entry) < _ENTRY.size or entry[:4] != b"PK\1\2":
            return False
        _, name, extra, comment = _ENTRY.unpack(entry)
        source.seek(name + extra + comment, 1)
        count += 1
    return True
