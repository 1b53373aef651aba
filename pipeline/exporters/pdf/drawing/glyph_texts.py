"""What each glyph means: the character that a font has it for.

WeasyPrint notes with which text a glyph was drawn first. Where several glyphs are drawn for several characters (a
letter and an accent that no letter of the font has), that is right for none of them (measured: "x̄" came back as "xō").
"""

import hashlib
import importlib
import unicodedata
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

__all__ = ["GlyphTexts"]

_SOFT_HYPHEN: Final = 0xAD
_LATIN_LIGATURES: Final = range(0xFB00, 0xFB07)


class GlyphTexts:
    """Which character each glyph of a font stands for, once for each font that a process draws with."""

    def __init__(self) -> None:
        self._known: dict[bytes, Mapping[int, str]] = {}

    def of(self, data: bytes) -> Mapping[int, str]:
        """Return the characters of a font file's glyphs by glyph number; those of no character are not in it."""
        digest = hashlib.sha256(data).digest()
        if digest not in self._known:
            self._known[digest] = _characters(data)
        return self._known[digest]


def _characters(data: bytes) -> Mapping[int, str]:
    library: Any = importlib.import_module("fontTools.ttLib")
    font = library.TTFont(BytesIO(data), lazy=True)
    texts: dict[int, str] = {}
    # Of several codes for one character the first is the one that people write, but for a soft hyphen: a reader gives
    # a `-` for one that ends a line.
    for code, name in sorted(font.getBestCmap().items(), key=lambda item: (item[0] == _SOFT_HYPHEN, item[0])):
        # A font's private codes are for other forms of its glyphs (a numerator, a dash between capitals).
        if unicodedata.category(chr(code)) != "Co":
            texts.setdefault(font.getGlyphID(name), _letters(code))
    return texts


def _letters(code: int) -> str:
    """Return a character; of a ligature the letters, for these are what is written, and looked for."""
    return unicodedata.normalize("NFKC", chr(code)) if code in _LATIN_LIGATURES else chr(code)
