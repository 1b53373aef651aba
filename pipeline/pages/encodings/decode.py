"""Bytes to text: whatever a page or its transport claims, each character as its author saw it."""

import codecs
import re
from dataclasses import dataclass, field
from typing import Final

from pipeline.pages.encodings.charsets import UTF8, WINDOWS_1252, codec_of, declared_in_markup, encoding_of_label
from pipeline.pages.encodings.detect import detected_encoding
from pipeline.pages.encodings.mojibake import unscrambled
from pipeline.pages.encodings.utf8_repair import decode_mixed, is_utf8_by_chance, measure

__all__ = ["REPAIRS", "Decoded", "decode", "tidied", "wide_encoding"]

# What `Decoded.repaired` may name.
REPAIRS: Final = {
    "wrong-charset": "the bytes are not in the encoding that was declared for them",
    "guessed-charset": "nothing was declared, and the bytes are not UTF-8",
    "mixed-encodings": "UTF-8 with bytes of windows-1252, or with sequences that lost their end",
    "scrambled-utf-8": "UTF-8 that had been read as another encoding and written again",
    "windows-1252-controls": "U+0080 to U+009F read as the windows-1252 characters of these numbers",
    "nul-bytes": "NUL bytes dropped",
    "control-characters": "characters that no text holds dropped",
    "lone-surrogates": "halves of surrogate pairs, and U+FFFE and U+FFFF, made U+FFFD",
    "line-ends": "CRLF, CR and the separators of Unicode made LF",
    "odd-byte": "UTF-16 or UTF-32 that ended within a character",
}

_MULTIBYTE: Final = frozenset(("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"))
# One such sign alone, or a half-width one, is what UTF-8 for "©" or "π" looks like in these encodings.
_EAST_ASIAN_WORD: Final = re.compile("(?![\ue000-\uf8ff])[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}")
_MARKUP: Final = frozenset(("text/html", "application/xhtml+xml"))
_SAMPLE: Final = 4096
_FEW: Final = 3
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

# Tab, line feed and printable ASCII: what needs no second look.
_PLAIN: Final = bytes((9, 10, *range(32, 127)))
# C0 controls but tab, line feed, vertical tab, form feed and carriage return; and DEL.
_CONTROLS: Final = bytes(code for code in (*range(9), *range(14, 32), 127))
_C1: Final = re.compile("[\x80-\x9f]")
_C1_AS_WINDOWS_1252: Final = {
    code: bytes([code]).decode("cp1252", "ignore") or None  # five codes are undefined: nothing was to be seen
    for code in range(0x80, 0xA0)
}
_CONTROL_TABLE: Final = dict.fromkeys(_CONTROLS)
# How terminals are told of bold and colours.
_TERMINAL_CODE: Final = re.compile("\x1b\\[[0-9;?]*[A-Za-z]")
_NO_CHARACTERS: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text: no NUL, no control but tab and line feed, no surrogate, lines end in LF."""

    text: str
    encoding: str  # the encoding's lower-case web name: utf-8, windows-1252, utf-16le…
    repaired: tuple[str, ...] = ()  # keys of REPAIRS, sorted
    utf8: bytes | None = field(default=None, repr=False, compare=False)  # the same text, where its bytes are at hand


def decode(data: bytes, *, charset: str | None = None, media_type: str = "text/html") -> Decoded:
    """Return `data` as text. Never raises.

    In this order: a byte order mark; UTF-16 by its NUL bytes; UTF-8 if valid; what is declared, by the transport
    (`charset`) before the markup; detection. A declaration is believed where the bytes do not belie it: of all
    encodings only UTF-8 is hardly ever valid by chance.
    """
    repaired: set[str] = set()
    wide = wide_encoding(data)
    if wide:
        text, encoding = _decode_wide(data, wide, repaired), wide
        utf8 = text.encode("utf-8", "surrogatepass")
    else:
        body = data.removeprefix(codecs.BOM_UTF8)
        has_mark = len(body) < len(data)
        if not has_mark and body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            body = body[2:]  # a mark before text of single bytes: an editor's mistake
        if b"\0" in body:
            body = body.replace(b"\0", b"")
            repaired.add("nul-bytes")
        label = charset if encoding_of_label(charset) or media_type not in _MARKUP else declared_in_markup(body)
        declared = UTF8 if has_mark else encoding_of_label(label)
        text, encoding = _decode_narrow(body, declared, repaired)
        is_body = encoding == UTF8 and "mixed-encodings" not in repaired
        utf8 = body if is_body else text.encode("utf-8", "surrogatepass")
    if (before := unscrambled(text)) is not None:
        text, utf8 = before, before.encode("utf-8", "surrogatepass")
        repaired.add("scrambled-utf-8")
    tidy = _tidy(text, utf8, repaired)
    return Decoded(tidy, encoding, tuple(sorted(repaired)), utf8 if tidy is text else None)


def tidied(text: str) -> str:
    """Return text without what no text holds: what `decode` drops as bytes, a reference may bring in (`&#7;`)."""
    return _tidy(text, text.encode("utf-8", "surrogatepass"), set())


def wide_encoding(data: bytes) -> str | None:
    """Return utf-16le, utf-16be, utf-32le or utf-32be if `data` is in one, by its mark or its NUL bytes, else None."""
    sample = data[:_SAMPLE]
    for mark, encoding in ((codecs.BOM_UTF32_LE, "utf-32le"), (codecs.BOM_UTF32_BE, "utf-32be")):
        if sample.startswith(mark) and len(sample) >= 8 and b"\0" in sample[4:8]:
            return encoding
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be")):
        if sample.startswith(mark):
            return None if len(sample) > 2 and sample[2:].isascii() and b"\0" not in sample else encoding
    if b"\0" not in sample or len(sample) < 4:
        return None
    nuls = [sample[offset::4].count(0) for offset in range(4)]
    quarter = len(sample) // 4
    if min(nuls[1], nuls[2], nuls[3]) * 10 > quarter * 9 and nuls[0] * 10 <= quarter:
        return "utf-32le"
    if min(nuls[0], nuls[1], nuls[2]) * 10 > quarter * 9 and nuls[3] * 10 <= quarter:
        return "utf-32be"
    even, odd = nuls[0] + nuls[2], nuls[1] + nuls[3]
    half = len(sample) // 2
    if odd * 10 > half * 6 and even * 10 <= half:
        return "utf-16le"
    if even * 10 > half * 6 and odd * 10 <= half:
        return "utf-16be"
    return None


def _decode_wide(data: bytes, encoding: str, repaired: set[str]) -> str:
    unit = 4 if encoding.startswith("utf-32") else 2
    if excess := len(data) % unit:
        data = data[:-excess]
        repaired.add("odd-byte")
    text = data.decode(encoding, "surrogatepass" if unit == 2 else "replace").lstrip("\ufeff")
    if "\0" in text:
        text = text.replace("\0", "")
        repaired.add("nul-bytes")
    return text


def _decode_narrow(body: bytes, declared: str | None, repaired: set[str]) -> tuple[str, str]:
    if body.isascii() and declared != "iso-2022-jp":
        return body.decode("ascii"), declared or UTF8
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(body, declared, repaired)
    if declared == WINDOWS_1252 and is_utf8_by_chance(body):
        return body.decode("cp1252", "replace"), WINDOWS_1252
    if declared not in (None, UTF8):
        # A few pairs of Chinese, Japanese or Korean bytes can be valid UTF-8; a page of them is not.
        if declared in _MULTIBYTE and len(body) - len(text) < 8 and _is_in(body, str(declared)):
            as_declared = body.decode(codec_of(str(declared)))
            if _EAST_ASIAN_WORD.search(as_declared):
                return as_declared, str(declared)
        repaired.add("wrong-charset")
    return text, UTF8


def _decode_legacy(body: bytes, declared: str | None, repaired: set[str]) -> tuple[str, str]:
    """Return the text of bytes that are not valid UTF-8."""
    if declared not in (None, UTF8, WINDOWS_1252) and _is_in(body, declared):
        return body.decode(codec_of(declared)), declared
    shape = measure(body)
    if shape.certain and (shape.is_western or shape.certain >= shape.runs):
        repaired.add("mixed-encodings")
        # Between Chinese characters a stray byte is a wounded character, not a French one.
        return decode_mixed(body, strays_are_western=shape.is_western and shape.wide * 2 < shape.certain), UTF8
    if declared in _MULTIBYTE and _is_nearly_in(body, str(declared)):
        return body.decode(codec_of(str(declared)), "replace"), str(declared)
    encoding = detected_encoding(body, shape)
    if declared is None:
        repaired.add("guessed-charset")
    elif declared != encoding:
        repaired.add("wrong-charset")
    return body.decode(codec_of(encoding), "replace"), encoding


def _is_in(body: bytes, encoding: str) -> bool:
    try:
        body.decode(codec_of(encoding))
    except UnicodeDecodeError:
        return False
    return True


def _is_nearly_in(body: bytes, encoding: str) -> bool:
    """Return whether a page in that encoding was wounded: at most one character in 50 is broken."""
    text = body.decode(codec_of(encoding), "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text.count(_REPLACEMENT) * 50 <= foreign


def _tidy(text: str, utf8: bytes, repaired: set[str]) -> str:
    """Return `text`, which is `utf8` decoded, without what no text holds."""
    # What is not plain, side by side: patterns over this little cost nothing, over the whole page a millisecond.
    suspects = utf8.translate(None, _PLAIN).decode("utf-8", "surrogatepass")
    if not suspects:
        return text
    if len(suspects.translate(_CONTROL_TABLE)) < len(suspects):
        text = _TERMINAL_CODE.sub("", text)
        text = text.translate(_CONTROL_TABLE)
        repaired.add("control-characters")
    if suspects.count("\x85") > max(_FEW, text.count("\n")):
        text = text.replace("\x85", "\n")  # the new lines of EBCDIC: no text has more ellipses than lines
        repaired.add("line-ends")
    if _C1.search(suspects):
        text = text.translate(_C1_AS_WINDOWS_1252)
        repaired.add("windows-1252-controls")
    if _NO_CHARACTERS.search(suspects):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _NO_CHARACTERS.sub(_REPLACEMENT, text)
        repaired.add("lone-surrogates")
    if "\r" in suspects:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        repaired.add("line-ends")
    if "\u2028" in suspects or "\u2029" in suspects:
        text = text.replace("\u2028", "\n").replace("\u2029", "\n\n")
        repaired.add("line-ends")
    if "\x0b" in suspects or "\x0c" in suspects:
        text = text.replace("\x0b", "\n").replace("\x0c", "\n")
    return text
