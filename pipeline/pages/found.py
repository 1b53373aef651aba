"""What reading raw inputs gives: pages, rejects, and what is ignored and counted."""

from dataclasses import dataclass
from typing import Final

from pipeline.pages.page import RawPage
from pipeline.records import Reject

__all__ = ["IGNORED_REASONS", "UNREADABLE", "Found", "Ignored", "PageError", "unreadable"]

UNREADABLE: Final = "unreadable"  # the code of what the system does not let us read
# DESIGN section 1, "What is a raw page": what is neither a page nor a reject, and why.
IGNORED_REASONS: Final = {
    "dotfile": "a name that begins with a dot",
    "readme": "README* at the raw root",
    "saved-page-file": "a file in `X_files/` beside `X.html`: it belongs to that page",
    "style-or-script": "a name that ends in .css or .js",
    "image": "a picture, by its first bytes",
    "font": "a font, by its first bytes",
    "folder-link": "a link to a folder that is read under its own name, or that holds the raw root",
    "warc-record": "a WARC record that is neither a response nor a conversion, nor a resource with a web address",
    "http-status": "a WARC response with another status than 200",
    "address": "a WARC record of an address that `url` does not ask for",
    "wacz": "what a WACZ holds beside its WARC files: indexes, lists of pages, logs",
    "index": "an index of a crawl, or a list of its files, that is not named as a raw folder is",
    "content-type": "a WARC record whose content type is no text",
    "frame": "a further text part of an MHTML page: a frame, an advertisement",
}


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file, member or record that is no page by rule; `reason` is a key of IGNORED_REASONS."""

    path: str
    reason: str


Found = RawPage | Reject | Ignored


class PageError(Exception):
    """An input cannot be read (further). `code` is a key of ERROR_CODES."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def reject(self, path: str) -> Reject:
        """Return what this means for the input at `path`."""
        return Reject(path=path, line=None, code=self.code, message=self.message, hint=self.hint)


def unreadable(error: OSError) -> PageError:
    """Return the error of a file that the system does not let us read."""
    found = error.strerror or error
    return PageError(UNREADABLE, f"expected to read it, found: {found}", "check its permissions, or copy it anew")
