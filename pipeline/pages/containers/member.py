"""One thing to be read, wherever it lies: a file, a member of an archive, a record."""

import posixpath
import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.pages.containers.source import Source
from pipeline.pages.containers.streams import ByteStream
from pipeline.pages.cursor import Cursor
from pipeline.pages.found import Ignored, PageError
from pipeline.pages.names import is_saved_page_file, is_style_or_script, member_path, printable, unique
from pipeline.pages.page import AssetSource, NoAssets
from pipeline.records import Reject

if TYPE_CHECKING:
    from pipeline.pages.containers.warc import Pictures

__all__ = ["FindAssets", "Member", "accept_member", "no_assets"]

# Called with a page's bytes, media type and transport charset: finds the files that it names.
FindAssets = Callable[[bytes, str, str | None], AssetSource]


def no_assets(_data: bytes, _media_type: str, _charset: str | None) -> AssetSource:
    """Return that there is none: of a page that lies alone."""
    return NoAssets()


@dataclass(frozen=True, slots=True)
class Member:
    """Bytes to be read once, and what is known of them before."""

    path: str  # as in RawPage
    name: str  # what its own name is: only a hint
    stream: ByteStream
    size: int | None = None
    levels: int = 0  # archives around it
    gzips: int = 0  # gzip layers taken off since the last archive
    declared: str | None = None  # the transport's media type: only a hint
    charset: str | None = None
    url: str | None = None
    captured_at: str | None = None
    find_assets: FindAssets = no_assets
    cursor: Cursor | None = None  # where reading begins, and can begin again; None: at no place but its beginning
    bare: bool = False  # its pages are read without the files that they name
    source: Source | None = None  # the same bytes, where they can be read from any place on
    pictures: "Pictures | None" = None  # of the crawl that it is part of
    addresses: re.Pattern[str] | None = None  # of a crawl, the pages that are to be read; None for all


def accept_member(name: str, archive: str, siblings: Container[str], taken: set[str]) -> str | Reject | Ignored:
    """Return the path of a member that is to be read, or why it is not.

    `siblings` are the safe paths within the archive, `taken` the paths given out so far: of two members
    with one name both are read.
    """
    inner = member_path(name)
    if inner is None:
        return PageError(
            "unsafe-path",
            "expected a member whose name stays within the archive, found one that leads out of it",
            "do not unpack this archive elsewhere; ask whoever made it",
        ).reject(f"{archive}!/{printable(name)}")
    path = unique(f"{archive}!/{printable(inner)}", taken)
    if any(part.startswith(".") for part in inner.split("/")):
        return Ignored(path, "dotfile")
    if is_saved_page_file(inner, siblings):
        return Ignored(path, "saved-page-file")
    if is_style_or_script(posixpath.basename(inner)):
        return Ignored(path, "style-or-script")
    return path
