"""What each glyph of a written file is said to mean: the character that the font has it for.

WeasyPrint notes with which text a glyph was drawn first. Where several glyphs are drawn for several characters (a
letter and an accent that no letter of the font has), that is right for none of them (measured: "x̄" came back as "xō").
"""

import hashlib
import importlib
import unicodedata
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, Final

__all__ = ["GlyphTexts"]

_SOFT_HYPHEN: Final = 0xAD


class GlyphTexts:
    """Which character each glyph of a font stands for, once for each font that a process draws with."""

    def __init__(self) -> None:
        self._known: dict[bytes, Mapping[int, str]] = {}

    def correct(self, fonts: Iterable[Any]) -> None:
        """Set right what WeasyPrint's fonts, not yet cut, say of the glyphs drawn; those of no character stay."""
        for font in fonts:
            texts = self._texts(font.file_content)
            font.to_unicode.update({glyph: texts[glyph] for glyph in font.to_unicode if glyph in texts})

    def _texts(self, data: bytes) -> Mapping[int, str]:
        digest = hashlib.sha256(data).digest()
        if digest not in self._known:
            library: Any = importlib.import_module("fontTools.ttLib")
            font = library.TTFont(BytesIO(data), lazy=True)
            texts: dict[int, str] = {}
            # Of several codes for one character the first is the one that people write, but for a soft hyphen: pdfium
            # gives a `-` for one that ends a line.
            characters = font.getBestCmap().items()
            for code, name in sorted(characters, key=lambda item: (item[0] == _SOFT_HYPHEN, item[0])):
                # A font's private codes are for other forms of its glyphs (a numerator, a dash between capitals).
                if unicodedata.category(chr(code)) != "Co":
                    texts.setdefault(font.getGlyphID(name), chr(code))
            self._known[digest] = texts
        return self._known[digest]
