"""Names of files and members: safe to print, safe to open, and what a name alone can tell."""

import posixpath
import re
import unicodedata
from collections.abc import Container
from typing import Final

__all__ = [
    "is_page_name",
    "is_saved_page_file",
    "is_style_or_script",
    "member_path",
    "page_names_of_folder",
    "printable",
    "suffix_of",
    "unique",
]

# DESIGN section 1: "the name ends like a page's".
_PAGE_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".txt", ".md")
_SAVED_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".HTML", ".HTM")
_SAVED_FOLDER: Final = "_files"
_DRIVE: Final = re.compile(r"[A-Za-z]:")
# Controls would break lines of reports; lone surrogates are bytes of a name that is not UTF-8.
_UNPRINTABLE: Final = frozenset(("Cc", "Cs", "Zl", "Zp"))


def printable(name: str) -> str:
    r"""Return `name` with bytes that are not UTF-8 and control characters written as `\xe9`, `\u2028`."""
    if name.isascii() and name.isprintable():
        return name
    return "".join(map(_printable_character, name))


def _printable_character(character: str) -> str:
    if unicodedata.category(character) not in _UNPRINTABLE:
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # os.fsdecode keeps byte 0xE9 as U+DCE9
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def is_page_name(name: str) -> bool:
    """Return whether `name` ends like a page's: then it is a page or a reject, never ignored."""
    return name.lower().endswith(_PAGE_SUFFIXES)


def is_style_or_script(name: str) -> bool:
    """Return whether `name` ends in .css or .js."""
    return name.lower().endswith((".css", ".js"))


def suffix_of(name: str) -> str:
    """Return the last suffix in lower case, without `.gz` or `.zst`: `.html` of `a/b.HTML.gz`."""
    lower = posixpath.basename(name).lower().removesuffix(".gz").removesuffix(".zst")
    return posixpath.splitext(lower)[1]


def page_names_of_folder(folder: str) -> tuple[str, ...]:
    """Return the names that the page of a saved page's folder can have: of `X_files`, `X.html`, `X.htm`…"""
    if not folder.endswith(_SAVED_FOLDER) or folder == _SAVED_FOLDER:
        return ()
    stem = folder.removesuffix(_SAVED_FOLDER)
    return tuple(stem + suffix for suffix in _SAVED_SUFFIXES)


def is_saved_page_file(path: str, paths: Container[str]) -> bool:
    """Return whether a member lies in a folder `X_files/` (at any depth) beside an `X.html` among `paths`."""
    folder = posixpath.dirname(path)
    while folder:
        if any(page in paths for page in page_names_of_folder(folder)):
            return True
        folder = posixpath.dirname(folder)
    return False


def member_path(name: str) -> str | None:
    """Return a member's name as a relative POSIX path, or None if it leads out of its archive.

    Unsafe are absolute names, drive letters and any `..`, also with Windows' separators (CWE-22).
    """
    slashed = name.replace("\\", "/")
    if slashed.startswith("/") or _DRIVE.match(slashed) or ".." in slashed.split("/"):
        return None
    path = posixpath.normpath(slashed)
    return None if path == "." else path


def unique(name: str, taken: set[str]) -> str:
    """Return `name`, or `name#2`, `name#3`… if it is taken, and take it."""
    candidate, ordinal = name, 2
    while candidate in taken:
        candidate = f"{name}#{ordinal}"
        ordinal += 1
    taken.add(candidate)
    return candidate
