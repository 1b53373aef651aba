"""A glyph of its own for each character, so that it can be told from another that looks the same.

A PDF says which character a glyph stands for, one for each glyph. Where a font has one glyph for `-` and for the U+2010
that a broken line brings in, or for a Greek delta and an increment, one of the two comes back as the other: what a
record says could not be read back, nor copied, nor read out.
"""

import copy
import importlib
import unicodedata
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, Final

__all__ = ["shared_glyphs", "with_own_glyphs"]

# Letters that look like a mark keep the copy, not the glyph itself: only that is kerned, and marks are more frequent.
_RARE: Final = frozenset(["Lm", "Cf", "Sk", "Co"])
# Drawn for a broken line (and for a soft hyphen, where one shows): read back as such, whatever it is drawn with.
_ONE: Final = str.maketrans({"\u00ad": "\u2010", "\u2011": "\u2010"})


def shared_glyphs(characters: Mapping[int, str]) -> dict[str, list[list[int]]]:
    """Return, of a font's glyph names by code point, the glyphs that stand for several characters.

    Each with its characters, those together that are one character in two codes (Unicode's compatibility forms, white
    space): the first keep the glyph, all others need one of their own.
    """
    glyphs: dict[str, list[int]] = {}
    for code, name in characters.items():
        glyphs.setdefault(name, []).append(code)
    shared = {}
    for name, codes in glyphs.items():
        if len(codes) > 1:
            groups: dict[str, list[int]] = {}
            for code in sorted(codes, key=lambda code: (unicodedata.category(chr(code)) in _RARE, code)):
                groups.setdefault(_meant(code), []).append(code)
            if len(groups) > 1:
                shared[name] = list(groups.values())
    return shared


def _meant(code: int) -> str:
    char = chr(code)
    return " " if char.isspace() else unicodedata.normalize("NFKD", char.translate(_ONE)).translate(_ONE)


def with_own_glyphs(data: bytes) -> bytes:
    """Return a TrueType font in which no two characters have the same glyph; what they look like does not change.

    A font that tells all of them apart already is returned as it is, as is one with other outlines than TrueType's.
    """
    library: Any = importlib.import_module("fontTools.ttLib")
    # Without `recalcTimestamp=False` a saved font carries the time of day.
    font = library.TTFont(BytesIO(data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    shared = shared_glyphs(font.getBestCmap())
    if not shared or "glyf" not in font:
        return data
    for name, (_, *others) in sorted(shared.items()):
        for codes in others:
            _give(font, name, codes)
    out = BytesIO()
    font.save(out, reorderTables=None)  # as they stood: sorting costs as much as all the rest
    return out.getvalue()


def _give(font: Any, glyph: str, codes: Iterable[int]) -> None:
    """Give these characters a copy of the glyph that they are drawn with."""
    own = f"{glyph}.own{min(codes):04X}"
    font["glyf"][own] = copy.deepcopy(font["glyf"][glyph])
    font["hmtx"][own] = font["hmtx"][glyph]
    for table in font["cmap"].tables:
        for code in codes:
            if table.cmap.get(code) == glyph:
                table.cmap[code] = own
