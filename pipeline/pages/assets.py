"""Files saved with a page: which ones it names, and where they are looked for. Nothing is ever fetched."""

import os
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

from selectolax.lexbor import LexborHTMLParser

from pipeline.pages.encodings import decode
from pipeline.pages.page import Asset, AssetSource, MemoryAssets, NoAssets

__all__ = ["ASSETS_PER_PAGE", "FolderAssets", "collect_assets", "local_paths", "named_files"]

# All pictures of one page that are held in memory, as a multiple of the largest page.
ASSETS_PER_PAGE: Final = 4
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MARKDOWN_IMAGE: Final = re.compile(r"!\[[^\[\]\n]{0,500}\]\(\s*<?([^\s)>]{1,2000})")


def local_paths(ref: str, folder: str) -> Iterator[str]:
    """Yield the paths that a relative `ref` of a page in `folder` can mean, likeliest first.

    A saved page percent-encodes its files' names; the query is part of some names (wget) and not of others.
    Addresses with a scheme or host, absolute paths, and paths that lead above the root give none.
    """
    ref = ref.strip().replace("\\", "/")
    if not ref or ref.startswith("/") or _SCHEME.match(ref):
        return
    seen: set[str] = set()
    bare = re.split(r"[?#]", ref, maxsplit=1)[0]
    for written in (bare, ref):
        try:
            plain = os.fsdecode(unquote_to_bytes(written))
        except UnicodeEncodeError:
            continue
        for form in (plain, written, unicodedata.normalize("NFC", plain), unicodedata.normalize("NFD", plain)):
            path = posixpath.normpath(posixpath.join(folder, form))
            if form and "\0" not in form and path not in seen and not path.startswith(("../", "/")) and path != "..":
                seen.add(path)
                yield path


@dataclass(frozen=True, slots=True)
class FolderAssets:
    """Files beside a page on disk, held to its raw root: no `..`, no link leads out of it."""

    root: Path  # absolute
    folder: str  # of the page, POSIX, relative to root; "" for the root itself
    label: str  # what stands before root-relative paths in reports: "" or "name/"
    limit: int  # bytes of one file

    def read(self, ref: str) -> Asset | None:
        """Return the file that `ref` names, or None if there is none (of at most `limit` bytes)."""
        real_root = os.path.realpath(self.root)
        for path in local_paths(ref, self.folder):
            try:
                location = Path(os.path.realpath(self.root / path))
                if not location.is_relative_to(real_root) or not location.is_file():
                    continue
                if location.stat().st_size > self.limit:
                    continue
                return Asset(location.read_bytes(), self.label + path)
            except (OSError, ValueError):
                # Too long a name, no permission: to the page it is a picture that is not there.
                continue
        return None


def named_files(data: bytes, media_type: str, charset: str | None) -> set[str]:
    """Return the addresses that a page's picture elements hold, as written."""
    text = decode(data, charset=charset, media_type=media_type).text
    found = set(_MARKDOWN_IMAGE.findall(text)) if media_type == "text/markdown" else set()
    if "<" not in text or media_type == "text/plain":
        return found
    tree = LexborHTMLParser(text)
    pictures = "img, source, image, object, embed"
    for element in chain(tree.css(pictures), *(inner.css(pictures) for inner in tree.template_fragments())):
        for name, value in element.attributes.items():
            if value and name.endswith("srcset"):
                found.update(candidate.split()[0] for candidate in value.split(",") if candidate.strip())
            elif value:
                found.add(value)
    return found


def collect_assets(refs: set[str], find: Callable[[str], Asset | None], *, limit: int) -> AssetSource:
    """Return the files that `find` knows among `refs`, held in memory.

    At most `limit` bytes of each are held, and of all together ASSETS_PER_PAGE times that.
    """
    files: dict[str, Asset] = {}
    by_path: dict[str, Asset] = {}
    left = limit * ASSETS_PER_PAGE
    for ref in sorted(refs):
        asset = find(ref)
        if asset is None:
            continue
        if asset.ref not in by_path:
            if len(asset.data) > min(limit, left):
                continue
            left -= len(asset.data)
            by_path[asset.ref] = asset
        files[ref] = by_path[asset.ref]
    return MemoryAssets(files) if files else NoAssets()
