"""UTF-8 that somebody read as another encoding and wrote again: `isnâ€™t`. Undone where all of a page says so."""

import re
from typing import Final

__all__ = ["is_doubtful", "unscrambled"]

# A sequence of UTF-8 shows itself as two foreign characters or more, but that the last one may have become a space.
# Few pages have such neighbours, and to ask ftfy takes ten times longer than to look for them.
_NEIGHBOURS: Final = re.compile(r"[^\x00-\x7f]{2}")
# Curly quotes, dashes and bullets of cp437, and "©" of windows-1251: alone they are too few for ftfy.
_SHOWN: Final = re.compile("ΓÇ[Öó£¥ôöª]|В[©®]")
# A closing quote ends in a byte that windows-1252 has no sign for, and a no-break space in one that is no sign: both
# get lost on the way.
_LOST_QUOTE: Final = re.compile("â€(?![\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™�])")
_LOST_SPACE: Final = re.compile("Â(?= )")
_MOST_TIMES: Final = 3


def unscrambled(text: str) -> str | None:
    """Return the text that `text` was before it was scrambled, or None if it was not.

    That is so only where every character beyond ASCII is part of a sequence that was UTF-8: a page that merely holds
    an "â", or one curly quote of its own, is what it is.
    """
    found = None
    for _ in range(_MOST_TIMES):
        again = _undone(text) if is_doubtful(text) else None
        if again is None:
            break
        found = text = again
    return found


def is_doubtful(text: str) -> bool:
    """Say whether a text holds what looks scrambled."""
    if text.isascii() or not ("Â" in text or "Ã" in text or _NEIGHBOURS.search(text)):
        return False
    from ftfy.badness import is_bad  # 0.07 s that most runs need not spend

    return is_bad(text) or _SHOWN.search(text) is not None


def _undone(text: str) -> str | None:
    from ftfy.chardata import CHARMAP_ENCODINGS, possible_encoding
    from ftfy.fixes import replace_lossy_sequences

    text = _LOST_SPACE.sub("Â\N{NO-BREAK SPACE}", _LOST_QUOTE.sub("â€\x9d", text))
    for encoding in CHARMAP_ENCODINGS:
        if possible_encoding(text, encoding):
            try:
                return replace_lossy_sequences(text.encode(encoding)).decode("utf-8")
            except UnicodeDecodeError:
                continue
    return None
