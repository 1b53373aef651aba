"""Which saved pictures may be drawn: what is no picture, or too large to decode, is shown by its alternative text."""

from io import BytesIO
from typing import Final

__all__ = ["is_remote", "printable_picture"]

_FORMATS: Final = frozenset(["PNG", "JPEG", "GIF", "WEBP"])
_MAX_BYTES: Final = 20_000_000
# 40 megapixels are 120 MB once decoded: an A4 page at 600 dpi.
_MAX_PIXELS: Final = 40_000_000


def is_remote(source: str) -> bool:
    """Say whether an `img[src]` is an address rather than the name of a medium."""
    return ":" in source or "/" in source


def printable_picture(data: bytes | None) -> str | None:
    """Return why a picture cannot be drawn, or None if it can; only its header is read.

    SVG is never drawn: it is a program, and its text would be set in fonts that we do not have.
    """
    if data is None:
        return "its file was not saved with the page"
    if len(data) > _MAX_BYTES:
        return f"{len(data):,} bytes, more than {_MAX_BYTES:,}"
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=sorted(_FORMATS)) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "it is no PNG, JPEG, GIF or WebP picture"
    if width * height > _MAX_PIXELS:
        return f"{width} x {height} pixels, more than {_MAX_PIXELS:,}"
    return None
