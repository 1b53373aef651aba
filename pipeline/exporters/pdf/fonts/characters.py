"""Which characters the bundled fonts can draw, and what stands for those that they cannot."""

from functools import cache
from typing import Final

from fontTools import unicodedata

from pipeline.exporters.pdf.fonts.files import measures
from pipeline.exporters.pdf.fonts.typefaces import FACES

__all__ = ["blank_form", "boxed_form", "drawable", "script_of"]

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
_LINE_ENDS: Final = frozenset("\x0b\x0c\u0085\u2028\u2029")
# White space that HarfBuzz makes of the space's own glyph.
_WHITE: Final = frozenset(ord(char) for char in "\t\n\r\u3000")
# Controls, which some fonts say to have, and marks of annotations: Pango asks for a glyph of theirs that no font has.
_NEVER_DRAWN: Final = frozenset([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFFF9, 0xFFFA, 0xFFFB]) - _WHITE


@cache
def _covered() -> frozenset[int]:
    fonts = (measures(file).advances for file in sorted({face.file for face in FACES}))
    return _INVISIBLE.union(_WHITE, *fonts) - _NEVER_DRAWN


def drawable(char: str) -> bool:
    """Say whether one of the bundled fonts has a glyph for `char` (or it needs none, as a soft hyphen)."""
    return " " <= char < "\x7f" or ord(char) in _covered()


def blank_form(char: str) -> str:
    """Return what is set for white space that cannot be drawn (U+2028, U+0085, a form feed): a line's end, or a space.

    Within `pre` a line ends there; elsewhere both are white space.
    """
    return "\n" if char in _LINE_ENDS else " "


def boxed_form(char: str) -> str:
    """Return what is drawn in a small box for a character that no bundled font has: its code point."""
    return f"U+{ord(char):04X}"


def script_of(char: str) -> str:
    """Return what a character is one of, by its script (Unicode's property): "Han characters", "signs"."""
    name: str = unicodedata.script_name(unicodedata.script(char))  # type: ignore[no-untyped-call]
    return "signs" if name in {"Common", "Inherited", "Unknown"} else f"{name} characters"
