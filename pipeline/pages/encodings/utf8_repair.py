"""Bytes that are UTF-8 for the most part: keep what is valid, read the rest as what it most likely was."""

import codecs
import re
from dataclasses import dataclass
from functools import partial
from typing import Final

__all__ = ["EVIDENCE", "Utf8Shape", "decode_mixed", "is_utf8_by_chance", "measure"]

# Fewer stray bytes say nothing of a script (measured: six Chinese or twelve Russian letters are told rightly).
EVIDENCE: Final = 12
# RFC 3629, section 4. Certain is what windows-1252 text does not hold by chance; it may hold "CAFÉ”" (C9 94) and
# "café——" (E9 97 97), but no C2 or C3 before a symbol, and no three or four such bytes that are not dashes or quotes.
_LONG: Final = (
    rb"\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_SURROGATE: Final = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_BY_CHANCE: Final = rb"(?:[\xc8-\xde]|[\xe3-\xed][\x80\x85\x91-\x97\xab\xbb])[\x80\x85\x91-\x97\xab\xbb]"
_CHANCE: Final = re.compile(_BY_CHANCE)
_CERTAIN: Final = re.compile(
    rb"(?!" + _BY_CHANCE + rb")(?:" + rb"[\xc2\xc3][\x80-\xbf]|" + _LONG + rb"|" + _SURROGATE.pattern + rb")"
)
_UNLIKELY: Final = re.compile(_BY_CHANCE + rb"|[\xc4-\xdf][\x80-\xbf]")
_HIGH: Final = re.compile(rb"[\x80-\xff]++")
_WIDE: Final = re.compile(rb"[\xe3-\xed][\x80-\xbf]{2}")
# What is left of a longer sequence that lost its end. "â€" begins no word; E2 80 begins every curly quote.
_CUT: Final = re.compile(rb"\xe2[\x80-\xbf]|\xef[\xb8-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]?")
# At the very end; no word ends with the letters that these are in windows-1252, while "café" does.
_CUT_LEADS: Final = (b"\xc2", b"\xc3", b"\xe2", b"\xf0")
# How Python knows the two ways of reading stray bytes.
_WESTERN: Final = "guidepress-western-strays"
_FOREIGN: Final = "guidepress-foreign-strays"


@dataclass(frozen=True, slots=True)
class Utf8Shape:
    """How far bytes are UTF-8: counts of sequences and of what stands between them."""

    certain: int  # sequences that windows-1252 text does not hold by chance
    unlikely: int  # sequences that it may
    stray: int  # bytes above 0x7F that are in neither
    runs: int  # runs of stray bytes
    wide: int  # certain sequences of East Asian scripts
    length: int

    @property
    def is_western(self) -> bool:
        """Whether stray bytes are letters with accents, quotes and dashes.

        So they are where they stand alone or in pairs and are no more than a third of all, or are too few to tell.
        """
        return self.stray < EVIDENCE or (self.stray <= 2 * self.runs and self.stray * 3 <= self.length)


def measure(data: bytes) -> Utf8Shape:
    """Return how far `data` is UTF-8."""
    certain = _CERTAIN.findall(data)
    rest = _CERTAIN.sub(b" ", data)
    unlikely = len(_UNLIKELY.findall(rest))
    stray = _HIGH.findall(_UNLIKELY.sub(b" ", rest))
    wide = sum(1 for sequence in certain if _WIDE.match(sequence))
    # Distinct bytes: a rule of dashes is one sign, not a foreign word.
    return Utf8Shape(len(certain), unlikely, sum(len(set(run)) for run in stray), len(stray), wide, len(data) or 1)


def is_utf8_by_chance(data: bytes) -> bool:
    """Return whether valid UTF-8 may as well be windows-1252: letters with accents before dashes and quotes."""
    return _CHANCE.sub(b"", data).isascii()


def decode_mixed(data: bytes, *, strays_are_western: bool) -> str:
    """Return `data` as UTF-8, stray bytes as windows-1252 (or U+FFFD), what lost its end as U+FFFD.

    Surrogates written as UTF-8 (CESU-8) are joined; a lone one is U+FFFD.
    """
    text = data.decode("utf-8", _WESTERN if strays_are_western else _FOREIGN)
    if not re.search("[\ud800-\udfff]", text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _read_stray(error: UnicodeError, *, western: bool) -> tuple[str, int]:
    """Return what the bytes that are not UTF-8 are read as, and where to go on: a handler of errors in decoding."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if surrogate := _SURROGATE.match(error.object, error.start):
        return surrogate[0].decode("utf-8", "surrogatepass"), surrogate.end()
    stray = error.object[error.start : error.end]
    is_cut = _CUT.fullmatch(stray) or (error.end == len(error.object) and stray in _CUT_LEADS)
    return ("\N{REPLACEMENT CHARACTER}" if is_cut or not western else stray.decode("cp1252", "replace")), error.end


codecs.register_error(_WESTERN, partial(_read_stray, western=True))
codecs.register_error(_FOREIGN, partial(_read_stray, western=False))
