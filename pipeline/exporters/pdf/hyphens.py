"""A glyph of its own for the hyphen that a broken line brings in, so that it can be told from a record's.

A PDF says which character a glyph stands for, one for each glyph. Where a font has one glyph for `-` and for U+2010,
one of the two comes back as the other, whichever was drawn first: what a record says could not be read back.
"""

import copy
import importlib
from io import BytesIO
from typing import Any, Final

__all__ = ["with_own_hyphen"]

_HYPHEN_MINUS: Final = 0x2D
_HYPHENS: Final = (0x2010, 0xAD)
_NAME: Final = "linebreakhyphen"


def with_own_hyphen(data: bytes) -> bytes:
    """Return a TrueType font whose U+2010 and U+00AD look like `-` as before, but are another glyph.

    A font that has a glyph for them already, or that draws neither, is returned as it is.
    """
    library: Any = importlib.import_module("fontTools.ttLib")
    # Without `recalcTimestamp=False` a saved font carries the time of day.
    font = library.TTFont(BytesIO(data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    glyph = font.getBestCmap().get(_HYPHEN_MINUS)
    if glyph is None or all(font.getBestCmap().get(code) != glyph for code in _HYPHENS):
        return data
    font["glyf"][_NAME] = copy.deepcopy(font["glyf"][glyph])
    font["hmtx"][_NAME] = font["hmtx"][glyph]
    for table in font["cmap"].tables:
        for code in _HYPHENS:
            if table.cmap.get(code) == glyph:
                table.cmap[code] = _NAME
    out = BytesIO()
    font.save(out, reorderTables=None)  # as they stood: sorting costs as much as all the rest
    return out.getvalue()
