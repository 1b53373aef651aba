"""What an input is, by its content: its name and what the transport says only tip the scales."""

import re
from typing import Final, Literal

from pipeline.pages.containers import GZIP_MAGIC, ZSTD_MAGICS, looks_like_mhtml
from pipeline.pages.encodings import wide_encoding
from pipeline.pages.markup_signs import is_html, is_markdown
from pipeline.pages.names import suffix_of

__all__ = ["HEAD", "Container", "container_of", "media_type_of"]

# How much of an input is looked at to know its container; more than any container's mark, or a mail's headers, need.
HEAD: Final = 8192
# How much of a page is looked at to know HTML from Markdown from text.
_SAMPLE: Final = 65_536

Container = Literal["zip", "gzip", "zstd", "warc", "mhtml"]

_ZIP_MARKS: Final = (b"PK\3\4", b"PK\5\6", b"PK\7\x08PK\3\4")
_WARC: Final = re.compile(rb"\s*WARC/\d\.\d+\s*?\n")
_SAID_HTML: Final = frozenset((".html", ".htm", ".xhtml", "text/html", "application/xhtml+xml"))
_SAID_MARKDOWN: Final = frozenset((".md", ".markdown", ".mdown", ".mkd", "text/markdown", "text/x-markdown"))
_SAID_XML: Final = frozenset((".xhtml", ".xht", "application/xhtml+xml"))
_XHTML_ROOT: Final = re.compile(r"<html\s[^>]{0,500}http://www\.w3\.org/1999/xhtml", re.IGNORECASE)


def container_of(head: bytes) -> Container | None:
    """Return which container begins with `head`, or None if it is a page (or nothing that is read)."""
    if head.startswith(_ZIP_MARKS):
        return "zip"
    if head.startswith(GZIP_MAGIC):
        return "gzip"
    if head.startswith(ZSTD_MAGICS):
        return "zstd"
    if _WARC.match(head):
        return "warc"
    return "mhtml" if looks_like_mhtml(head) else None


def media_type_of(data: bytes, *, name: str = "", declared: str | None = None) -> str:
    """Return text/html, application/xhtml+xml, text/markdown or text/plain for the bytes of a page.

    `name` (its suffix) and `declared` (the transport's media type) are hints: see the rules in markup_signs.
    """
    wide = wide_encoding(data)
    text = data[:_SAMPLE].decode(wide or "latin-1", "replace").replace("\0", "")
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\u00ef\u00bb\u00bf").removeprefix("\ufeff")
    hints = {suffix_of(name), declared}
    if is_html(text, said=not hints.isdisjoint(_SAID_HTML)):
        is_xml = text.lstrip().startswith("<?xml") or not hints.isdisjoint(_SAID_XML)
        return "application/xhtml+xml" if is_xml and _XHTML_ROOT.search(text[:HEAD]) else "text/html"
    return "text/markdown" if is_markdown(text, said=not hints.isdisjoint(_SAID_MARKDOWN)) else "text/plain"
