"""UTF-8 that somebody read as another encoding and wrote again: `isnâ€™t`. Undone where all of a page says so."""

import re
from typing import Final

__all__ = ["is_doubtful", "unscrambled"]

# The encodings that UTF-8 is taken for, each with how it shows curly quotes, accents and signs of Latin-1, in UTF-8.
_TAKEN_FOR: Final = (
    ("cp1252", ("â€".encode(), "Â".encode(), "Ã".encode(), "Î".encode(), "Ï".encode(), "âˆ".encode(), "â†".encode())),
    ("mac_roman", ("‚Ä".encode(), "¬©".encode(), "√".encode())),
    ("cp1251", ("вЂ".encode(), "В©".encode())),
    ("cp437", ("ΓÇ".encode(), "┬⌐".encode(), "├".encode())),
)
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]+")
# A closing quote ends in a byte that windows-1252 has no sign for, and a no-break space in one that is no sign: both
# get lost on the way.
_LOST_QUOTE: Final = re.compile("â€(?![\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™])")
_LOST_SPACE: Final = re.compile("Â(?= )")
# RFC 3629, and what of it windows-1252 text does not hold by chance ("CAFÉ”" is valid UTF-8).
_SEQUENCE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}")
_SURE: Final = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2[\x80-\x8b][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}")
_MOST_TIMES: Final = 3
_BEGINNINGS: Final = ("â€", "Â", "Ã", "‚Ä", "вЂ", "ΓÇ")
_SHOWN: Final = re.compile("â€[™œ\x9d“”¢¦˜]|Â[©®°·±]|Ã[©¨¶¼±¡³]|‚Ä[ôúùìî¢]|вЂ[™њќ“”ў]|ΓÇ[Öó£¥ª]")


def unscrambled(text: str, utf8: bytes) -> str | None:
    """Return the text that `text` (`utf8` is its bytes) was before it was scrambled, or None if it was not.

    That is so only where every character beyond ASCII is part of a sequence that was UTF-8: a page that merely holds
    an "â", or one curly quote of its own, is what it is.
    """
    found = None
    for _ in range(_MOST_TIMES):
        codec = next((codec for codec, shown in _TAKEN_FOR if any(sign in utf8 for sign in shown)), None)
        again = _undone(text, codec) if codec else None
        if again is None:
            break
        found = text = again
        utf8 = text.encode("utf-8", "surrogatepass")
    return found


def is_doubtful(text: str) -> bool:
    """Say whether a text holds what looks scrambled."""
    return any(sign in text for sign in _BEGINNINGS) and _SHOWN.search(text) is not None


def _undone(text: str, codec: str) -> str | None:
    if codec == "cp1252":
        text = _LOST_SPACE.sub("Â\N{NO-BREAK SPACE}", _LOST_QUOTE.sub("â€\x9d", text))
    parts: list[str] = []
    end = 0
    sure = False
    for match in _FOREIGN.finditer(text):
        raw = _bytes(match[0], codec)
        if raw is None or _SEQUENCE.sub(b"", raw):
            return None
        sure = sure or _SURE.search(raw) is not None
        parts += [text[end : match.start()], raw.decode("utf-8", "replace")]
        end = match.end()
    return "".join([*parts, text[end:]]) if sure else None


def _bytes(text: str, codec: str) -> bytes | None:
    """Return what `text` was in `codec`, codes that it does not define standing for themselves; None if nothing."""
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        pass
    raw = bytearray()
    for char in text:
        try:
            raw += char.encode(codec)
        except UnicodeEncodeError:
            if not "\x80" <= char <= "\x9f":
                return None
            raw.append(ord(char))
    return bytes(raw)
