"""A font file's measures, and a font cut to a few characters: all that the parent process does with fonts."""

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, Final

from pipeline.exporters.pdf.fonts.typefaces import read_font

__all__ = ["CutFont", "Measures", "cut_font", "measures"]

# Neither shaping nor variations: without these a variable font is its default instance, the regular weight.
_DROPPED: Final = ["GSUB", "GPOS", "GDEF", "BASE", "MATH", "STAT", "fvar", "gvar", "avar", "HVAR", "MVAR"]


@dataclass(frozen=True, slots=True)
class Measures:
    """Which characters a font has, and how wide each is in ems."""

    advances: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class CutFont:
    """A font file with a few characters: their glyphs, and each glyph's width in thousandths of an em."""

    data: bytes
    glyphs: Mapping[str, int]
    widths: Mapping[int, float]


@cache
def measures(file: str) -> Measures:
    """Return the measures of a font file of the package; a variable font's are those of its default instance."""
    font = _open(file)
    units: int = font["head"].unitsPerEm
    metrics = font["hmtx"]
    return Measures({code: metrics[name][0] / units for code, name in font.getBestCmap().items()})


def cut_font(file: str, chars: Iterable[str]) -> CutFont:
    """Return the font with just these characters, all of which it must have."""
    subset: Any = importlib.import_module("fontTools.subset")
    wanted = sorted(set(chars))
    font = _open(file)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False)
    for tag in _DROPPED:
        if tag in font:
            del font[tag]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(char) for char in wanted])
    cutter.subset(font)
    out = BytesIO()
    font.save(out)
    cmap = font.getBestCmap()
    glyphs = {char: font.getGlyphID(cmap[ord(char)]) for char in wanted}
    names, units = font.getGlyphOrder(), font["head"].unitsPerEm
    widths = {glyph: font["hmtx"][names[glyph]][0] * 1000 / units for glyph in glyphs.values()}
    return CutFont(out.getvalue(), glyphs, widths)


def _open(file: str) -> Any:
    library: Any = importlib.import_module("fontTools.ttLib")
    # Without `recalcTimestamp=False` a saved font carries the time of day.
    return library.TTFont(BytesIO(read_font(file)), lazy=True, recalcTimestamp=False)
