"""What bytes are by the way they begin: containers, pictures, fonts, and files that hold no text."""

from typing import Final

__all__ = ["binary_kind", "is_font", "is_picture", "looks_binary"]

# (what begins the file, what it is called in a message); from the formats' own specifications.
_BINARY: Final = (
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"bplist00", "a Safari web archive or property list"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x04\x22\x4d\x18", "an lz4 file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"OggS\0", "a sound or film"),
    (b"ID3\x02", "a sound"),
    (b"ID3\x03", "a sound"),
    (b"ID3\x04", "a sound"),
    (b"fLaC\0", "a sound"),
    (b"\x1aE\xdf\xa3", "a film"),
)
_PICTURES: Final = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\0",
    b"MM\0*",
    b"8BPS\0",
    b"\0\0\1\0",
    b"\xff\x0a",
    b"\0\0\0\x0cJXL ",
    b"\0\0\0\x0cjP  ",
)
_PICTURE_BRANDS: Final = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
_FONTS: Final = (b"wOFF\0\1\0\0", b"wOFFOTTO", b"wOFFtrue", b"wOF2", b"\0\1\0\0\0", b"OTTO\0", b"true\0", b"ttcf\0")
_CONTROLS: Final = bytes((*range(1, 9), *range(14, 27), *range(28, 32), 127))


def is_picture(head: bytes) -> bool:
    """Return whether a file begins like a picture: bitmaps by their marks, SVG by its root element."""
    if head.startswith(_PICTURES):
        return True
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return True
    if head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS:
        return True
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return True
    return _is_svg(head)


def is_font(head: bytes) -> bool:
    """Return whether a file begins like a font."""
    return head.startswith(_FONTS)


def binary_kind(head: bytes) -> str | None:
    """Return what kind of binary file begins with `head`, as words for a message, or None if none is recognised."""
    for mark, name in _BINARY:
        if head.startswith(mark):
            return name
    if is_picture(head) and not _is_svg(head):
        return "a picture"
    if is_font(head):
        return "a font"
    if head[:2] == b"MZ" and b"\0" in head[:64]:
        return "a program"
    if head[:3] == b"BZh" and head[4:10] == b"1AY&SY":
        return "a bzip2 file"
    if head[257:262] == b"ustar":
        return "a tar archive"
    if head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] in (b"AVI ", b"WAVE")):
        return "a sound or film"
    return None


def looks_binary(data: bytes) -> bool:
    """Return whether `data` (not UTF-16 or UTF-32) is no text: one byte in 32 is a control that no text holds.

    Random bytes have one in ten. NUL bytes do not count: files that a crash has padded with them are still text.
    """
    solid = data.replace(b"\0", b"") if b"\0" in data else data
    controls = len(solid) - len(solid.translate(None, _CONTROLS))
    return controls > 2 and controls * 32 > len(solid)


def _is_svg(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<svg"):
        return True
    if not start.startswith((b"<?xml", b"<!--", b"<!DOCTYPE svg")):
        return False
    return b"<svg" in head and b"<html" not in head.lower() and b"<!doctype html" not in head.lower()
