"""Guess the encoding of undeclared bytes that are not UTF-8, western text first: a wrong exotic guess costs it all."""

import re
from typing import Final

from charset_normalizer import from_bytes

from pipeline.pages.encodings.charsets import WINDOWS_1252
from pipeline.pages.encodings.utf8_repair import Utf8Shape

__all__ = ["detected_encoding"]

# Mac Roman's apostrophe is windows-1252's capital O with tilde, which stands within no word of small letters: "donÕt".
_MAC_APOSTROPHE: Final = re.compile(rb"[a-z]\xd5[a-z]")
_WINDOWS_PUNCTUATION: Final = re.compile(rb"[\x91-\x97]")
_SAMPLE: Final = 32_768
# Left to itself the detector takes English with curly quotes for cp1250, cp1256 or Big5 (measured), and has twice as
# many encodings to be wrong with. These are the ones that pages were written in, and are no western ones.
_FOREIGN: Final = {
    "cp1251": "windows-1251",
    "koi8_r": "koi8-r",
    "cp866": "ibm866",
    "gb18030": "gb18030",
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "euc_jp": "euc-jp",
    "cp949": "euc-kr",
    "cp1253": "windows-1253",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp874": "windows-874",
}


def detected_encoding(body: bytes, shape: Utf8Shape) -> str:
    """Return the web name of the most likely encoding of `body`, whose `shape` says that it is not UTF-8."""
    if shape.is_western:
        if _MAC_APOSTROPHE.search(body) and not _WINDOWS_PUNCTUATION.search(body):
            return "macintosh"
        return WINDOWS_1252
    best = from_bytes(
        _sample(body), cp_isolation=list(_FOREIGN), preemptive_behaviour=False, enable_fallback=False
    ).best()
    return _FOREIGN.get(best.encoding, WINDOWS_1252) if best else WINDOWS_1252


def _sample(body: bytes) -> bytes:
    """Return a piece around the first foreign bytes that ends before an ASCII one, not within a character."""
    if len(body) <= _SAMPLE:
        return body
    first = next((match.start() for match in re.finditer(rb"[\x80-\xff]{2}", body)), 0)
    piece = body[first : first + _SAMPLE]
    end = max(piece.rfind(b"\n"), piece.rfind(b" "), piece.rfind(b"<"))
    return piece[:end] if end > 0 else piece
