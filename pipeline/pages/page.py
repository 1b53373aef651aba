"""A raw page: its bytes and where they come from. Nothing here knows what the bytes say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

__all__ = ["Asset", "AssetSource", "MemoryAssets", "NoAssets", "RawPage", "SentAssets", "SentFile"]


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that a page refers to: a picture beside it or inside its archive."""

    data: bytes
    ref: str  # POSIX path within the raw root or the archive, for messages and staleness; never absolute


class AssetSource(Protocol):
    """Finds the files that a page refers to, only among those saved with it. Must be picklable."""

    def read(self, ref: str) -> Asset | None:
        """Return the file that `ref` (an `img[src]` as written) names, or None; never fetch, never leave the root."""


@dataclass(frozen=True, slots=True)
class NoAssets:
    """A page without files of its own."""

    def read(self, ref: str) -> Asset | None:
        """Return None."""
        return None


@dataclass(frozen=True, slots=True)
class MemoryAssets:
    """Files held in memory, by the addresses under which a page may name them."""

    files: Mapping[str, Asset] = field(default_factory=dict)

    def read(self, ref: str) -> Asset | None:
        """Return the file of that address, or None."""
        return self.files.get(ref)


@dataclass(frozen=True, slots=True)
class SentAssets:
    """Files beside a page, of a machine whose folders cannot be seen from here."""

    files: Mapping[str, Asset]

    def read(self, ref: str) -> Asset | None:
        """Return the file of that address, or None."""
        return self.files.get(ref)


@dataclass(frozen=True, slots=True)
class SentFile:
    """What a raw file holds, and the files beside it that its pages name, by address."""

    data: bytes
    files: Mapping[str, Asset]


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as found: `data` is its bytes after unpacking, not yet decoded. Picklable."""

    path: str  # POSIX path within its raw root; members as `a.zip!/b.html`, `c.warc.gz!/<record offset>`
    data: bytes
    media_type: str  # text/html, application/xhtml+xml, text/plain or text/markdown, found by content
    charset: str | None = None  # what the transport (WARC, MHTML) declared
    url: str | None = None
    captured_at: str | None = None  # ISO 8601, UTC
    assets: AssetSource = NoAssets()
