"""Lists of a crawl's files, a path a line, as crawls are published with them (`warc.paths.gz`)."""

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.pages.found import PageError

__all__ = ["is_index", "is_list", "listed"]

_LIST: Final = re.compile(r".+\.paths(?:\.gz)?", re.IGNORECASE)
_INDEX: Final = re.compile(r".+\.cdxj?(?:\.gz)?|cdx-\d+(?:\.gz)?", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LONGEST_LINE: Final = 1 << 16


def is_list(name: str) -> bool:
    """Return whether a file's name is that of a list of files: `warc.paths`, `wet.paths.gz`."""
    return _LIST.fullmatch(name) is not None


def is_index(name: str) -> bool:
    """Return whether a file's name is that of an index of a crawl: `pages.cdxj`, `crawl.cdx.gz`, `cdx-00000.gz`."""
    return _INDEX.fullmatch(name) is not None


def listed(location: Path) -> Iterator[str | PageError]:
    """Yield the paths that a list names, as written, and what of it is none. Raises OSError if it cannot be opened.

    Empty lines, and those that begin with `#`, are passed over.
    """
    with location.open("rb") as plain:
        packed = plain.read(2) == b"\x1f\x8b"
        plain.seek(0)
        file = gzip.GzipFile(fileobj=plain) if packed else plain
        try:
            while line := file.readline(_LONGEST_LINE):
                path = line.decode("utf-8", "surrogateescape").strip()
                if _ADDRESS.match(path):
                    yield PageError(
                        "unreadable",
                        f"expected the path of a file, found the address {path[:80]!r}; nothing is fetched",
                        "fetch it, and list where it is",
                    )
                elif path and not path.startswith("#"):
                    yield path
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield PageError(
                "corrupt-archive", f"expected a list of files, found it damaged ({error})", "fetch it again"
            )
