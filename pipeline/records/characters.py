"""Which characters a text may have: all but controls and Unicode's noncharacters, which no reader shows."""

import re
from typing import Final

__all__ = ["without_controls"]

_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
_LINE_ENDS: Final = re.compile("[\x0b\x0c\x85]")
_NEVER_TEXT: Final = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_NONCHARACTERS}]")


def without_controls(text: str) -> str:
    """Return `text` without control characters, however they were written (`&#7;`); those that end a line do so.

    What is dropped may have parted what must not be joined (the scheme of an address): clean markup afterwards.
    """
    if text.replace("\n", "").isprintable():  # as nearly all texts are: a fifth of the pattern's time
        return text
    return _NEVER_TEXT.sub("", _LINE_ENDS.sub("\n", text))
