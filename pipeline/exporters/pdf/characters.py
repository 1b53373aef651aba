"""Which characters the bundled fonts can draw, and what stands for those that they cannot."""

from functools import cache
from typing import Final

from pipeline.exporters.pdf.fontfiles import measures
from pipeline.exporters.pdf.typefaces import FACES

__all__ = ["boxed_form", "drawable"]

# Unicode's default-ignorable format characters: nothing is drawn for them, and nothing is missing.
_INVISIBLE: Final = frozenset(
    code
    for first, last in (
        (0x00AD, 0x00AD),
        (0x034F, 0x034F),
        (0x061C, 0x061C),
        (0x180E, 0x180E),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
        (0xE0000, 0xE0FFF),
    )
    for code in range(first, last + 1)
)


# White space that a font lacks is still white space.
_WHITE: Final = frozenset(ord(char) for char in "\t\n\r\x0b\x0c\u0085\u2028\u2029\u3000")


@cache
def _covered() -> frozenset[int]:
    return _INVISIBLE.union(_WHITE, *(measures(file).advances for file in sorted({face.file for face in FACES})))


def drawable(char: str) -> bool:
    """Say whether one of the bundled fonts has a glyph for `char` (or it needs none)."""
    return ord(char) < 0x7F or ord(char) in _covered()


def boxed_form(char: str) -> str:
    """Return what is drawn in a small box for a character that no bundled font has: its code point."""
    return f"U+{ord(char):04X}"
