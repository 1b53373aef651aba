"""How a sign that a page shows is compared with one that TeX reads as: extractors lose some and change others."""

import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["canonical", "is_dropped", "may_be_lost", "same_sign"]

_INVISIBLE: Final = frozenset("\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u0338\ue020")
# Signs that extractions write in several ways, and accents, which KaTeX draws in several.
_ALIKE: Final = str.maketrans("-–'’ʹ|*·‖^~¯‾\u0304\u0305\u20d7´`•", "−−′′′∣∗⋅∥ˆ˜ˉˉˉˉ→ˊˋ∙")
_ACCENTS: Final = frozenset("ˆ˜ˉ˙¨ˇ˘ˊˋ˚")
_REPLACED: Final = frozenset("-'|*")  # ASCII that KaTeX sets as a sign of its own: `−`, `′`, `∣`, `∗`


@lru_cache(maxsize=4096)
def canonical(char: str) -> str:
    """Return a character in the form in which signs are compared."""
    plain = unicodedata.normalize("NFKC", char)
    return (plain if len(plain) == 1 and not plain.isspace() else char).translate(_ALIKE)


def same_sign(shown: str, read: str) -> bool:
    """Say whether a character of a page is the one that TeX reads as. `≠` may have lost its stroke."""
    return shown == read or canonical(shown) == canonical(read) or (read == "≠" and shown == "=")


def may_be_lost(read: str) -> bool:
    """Say whether a sign may be missing in a text: extractors drop lone signs beyond U+2000 (measured: resiliparse),
    and KaTeX draws accents and roots as pictures.
    """
    return read >= "\u2000" or read == " " or read in _ACCENTS or read in _REPLACED


def is_dropped(shown: str) -> bool:
    """Say whether a character of a page shows nothing (function application, zero-width spaces, KaTeX's strokes)."""
    return shown in _INVISIBLE
