"""Commands of TeX by name: where a name ends, and the sign that a command without arguments shows."""

from collections.abc import Mapping
from typing import Final

from pipeline.blocks.math.reading.signatures import NOTHING, SPACES, is_command
from pipeline.blocks.math.symbols import FUNCTIONS, SIGN_OF

__all__ = ["ESCAPED", "name_at", "sign_of"]

ESCAPED: Final = frozenset("{}%$&#_")
_LONG_FUNCTIONS: Final[Mapping[str, str]] = {"limsup": "lim sup", "liminf": "lim inf"}
_SPACED_ARROWS: Final = frozenset(("iff", "implies", "impliedby"))


def name_at(text: str, start: int) -> str:
    """Return the name of the command whose backslash stands before `start`."""
    end = start
    while end < len(text) and text[end].isascii() and text[end].isalpha():
        end += 1
    name = text[start : max(end, start + 1)]
    while end > start + 1 and not is_command(text[start:end]):
        end -= 1  # a third copy may run on: `\\thetasin`
    return text[start:end] if end > start + 1 else name


def sign_of(name: str) -> str | None:
    """Return what a command without arguments shows, or None if there is no such command."""
    if name in SIGN_OF:
        return f" {SIGN_OF[name]} " if name in _SPACED_ARROWS else SIGN_OF[name]
    if name in FUNCTIONS:
        return _LONG_FUNCTIONS.get(name, name)
    if name in ESCAPED:
        return name
    if name in SPACES or name.isspace():
        return " "
    if name == "|":
        return "∥"
    return "" if name in NOTHING or name == "\\" else None
