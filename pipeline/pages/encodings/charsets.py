"""Charset labels as pages write them, and where HTML keeps its own declaration."""

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

__all__ = ["UTF8", "WINDOWS_1252", "codec_of", "declared_in_markup", "encoding_of_label"]

UTF8: Final = "utf-8"
WINDOWS_1252: Final = "windows-1252"

# How far into a page its declaration is looked for. Browsers read 1,024 bytes; saved pages put comments first.
_HEAD: Final = 8192
_XML_DECLARATION: Final = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET_PARAMETER: Final = re.compile(r"charset\s*+=\s*+(?:[\"']\s*+)?([^\s\"';,]+)", re.IGNORECASE)
_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._: -]{0,40}")

# Labels by their letters and digits alone, so that `UTF_8`, `utf8` and `x-cp1252` need no line each.
# What a label means is the WHATWG's Encoding Standard: there latin-1 and ASCII are windows-1252, GB2312 is GB18030.
_LABELS: Final = {
    "utf8": UTF8,
    "unicode11utf8": UTF8,
    "utf8mb4": UTF8,
    "xunicode20utf8": UTF8,
    "ascii": WINDOWS_1252,
    "usascii": WINDOWS_1252,
    "ansix341968": WINDOWS_1252,
    "ansi": WINDOWS_1252,
    "latin1": WINDOWS_1252,
    "isolatin1": WINDOWS_1252,
    "l1": WINDOWS_1252,
    "iso88591": WINDOWS_1252,
    "iso885911987": WINDOWS_1252,
    "ibm819": WINDOWS_1252,
    "cp819": WINDOWS_1252,
    "iso88599": "windows-1254",
    "latin5": "windows-1254",
    "tis620": "windows-874",
    "iso885911": "windows-874",
    "cp874": "windows-874",
    "windows874": "windows-874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "xgbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "windows936": "gb18030",
    "chinese": "gb18030",
    "euccn": "gb18030",
    "big5": "big5",
    "big5hkscs": "big5",
    "cp950": "big5",
    "xxbig5": "big5",
    "shiftjis": "shift_jis",
    "sjis": "shift_jis",
    "xsjis": "shift_jis",
    "mskanji": "shift_jis",
    "windows31j": "shift_jis",
    "cp932": "shift_jis",
    "ms932": "shift_jis",
    "eucjp": "euc-jp",
    "xeucjp": "euc-jp",
    "iso2022jp": "iso-2022-jp",
    "euckr": "euc-kr",
    "ksc56011987": "euc-kr",
    "ksc5601": "euc-kr",
    "korean": "euc-kr",
    "cp949": "euc-kr",
    "windows949": "euc-kr",
    "koi8r": "koi8-r",
    "koi8": "koi8-r",
    "koi8u": "koi8-u",
    "ibm866": "ibm866",
    "cp866": "ibm866",
    "macintosh": "macintosh",
    "macroman": "macintosh",
    "xmacroman": "macintosh",
    "mac": "macintosh",
    "xmaccyrillic": "x-mac-cyrillic",
    "latin2": "iso-8859-2",
    "latin9": "iso-8859-15",
    "cyrillic": "iso-8859-5",
    "arabic": "iso-8859-6",
    "greek": "iso-8859-7",
    "hebrew": "iso-8859-8",
    "iso88598i": "iso-8859-8",
}
_WINDOWS: Final = re.compile(r"(?:windows|win|cp|xcp|ms)(125[0-8])")
_ISO: Final = re.compile(r"iso8859([2-8]|1[0345]|16)(?:e|\d{4})?")
# Python's codec, where its name for an encoding differs, or where the web means its superset.
_CODECS: Final = {
    "windows-874": "cp874",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
}


def encoding_of_label(label: str | None) -> str | None:
    """Return the encoding that a declared `label` means, as a lower-case web name, or None if it means none.

    Only encodings of text on the web are known; Python has codecs (`zip`, `unicode_escape`) that no page may choose.
    """
    if not label:
        return None
    if parameter := _CHARSET_PARAMETER.search(label):
        label = parameter[1]
    if not (match := _LABEL.search(label)):
        return None
    key = re.sub(r"[^a-z0-9]", "", match[0].lower())
    if key in _LABELS:
        return _LABELS[key]
    if windows := _WINDOWS.fullmatch(key):
        return f"windows-{windows[1]}"
    if iso := _ISO.fullmatch(key):
        return f"iso-8859-{iso[1]}"
    # A transport may say UTF-16 and mean it; a byte order mark or the bytes themselves decide that, not the label.
    return None


def codec_of(encoding: str) -> str:
    """Return Python's codec for an encoding's web name."""
    return _CODECS.get(encoding, encoding)


def declared_in_markup(data: bytes) -> str | None:
    """Return the label in a page's XML declaration or meta element, or None.

    Found by a parser, so that one in a comment or a script does not count.
    """
    head = data[:_HEAD]
    if xml := _XML_DECLARATION.match(head.lstrip()):
        return xml[1].decode("ascii")
    first = head.lower().find(b"charset")
    if first < 0:
        return None
    # Nearly always the first mention is the declaration: to parse no further is ten times faster.
    return _in_meta(head[: first + 100]) or _in_meta(head)


def _in_meta(head: bytes) -> str | None:
    for meta in LexborHTMLParser(head.decode("latin-1")).css("meta"):
        attributes = meta.attributes
        if label := attributes.get("charset"):
            return label
        if parameter := _CHARSET_PARAMETER.search(attributes.get("content") or ""):
            return parameter[1]
    return None
