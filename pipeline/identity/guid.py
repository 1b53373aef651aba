"""GUIDs of notes, and the short ids by which people and Anki's search name them (DESIGN section 4)."""

import hashlib
from collections.abc import Callable
from typing import Final

__all__ = ["GUID_LENGTH", "GuidError", "guid_candidate", "guid_of", "new_guid", "number_of", "short_id"]

_BASE62: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE32: Final = "abcdefghijklmnopqrstuvwxyz234567"
_VALUES: Final = {character: value for value, character in enumerate(_BASE62)}
_BITS: Final = 64
_SHORT_BITS: Final = 50
_SEPARATOR: Final = "\x1f"

GUID_LENGTH: Final = 11  # 62 ** 11 > 2 ** 64; a fixed length keeps text order and numeric order the same


class GuidError(ValueError):
    """A text that is no GUID of ours."""


def _base62(number: int) -> str:
    digits = []
    for _ in range(GUID_LENGTH):
        number, digit = divmod(number, 62)
        digits.append(_BASE62[digit])
    return "".join(reversed(digits))


def guid_candidate(kind: str, subject: str, attempt: int) -> str:
    """Return base62 of the first 64 bits of SHA-256("guidepress/1" ␟ kind ␟ subject ␟ attempt).

    `subject` is the identity key of a Key term note, and `record id ␟ identity text` of any other.
    """
    named = _SEPARATOR.join(("guidepress/1", kind, subject, str(attempt)))
    digest = hashlib.sha256(named.encode("utf-8", "surrogatepass")).digest()
    return _base62(int.from_bytes(digest[: _BITS // 8], "big"))


def number_of(guid: str) -> int:
    """Return the 64 bits of a GUID; its `short_id` says the first 50 of them. Raises GuidError: see `short_id`."""
    number = 0
    try:
        for character in guid:
            number = number * 62 + _VALUES[character]
    except KeyError:
        number = -1
    if len(guid) != GUID_LENGTH or not 0 <= number < 1 << _BITS:
        message = f"{guid!r} is no GUID: expected {GUID_LENGTH} base62 digits of at most {_BITS} bits"
        raise GuidError(message)
    return number


def short_id(guid: str) -> str:
    """Return the first 50 bits of a GUID as 10 characters of lower-case base32: Anki's search ignores case.

    Raises GuidError if `guid` is not 11 base62 digits of at most 64 bits.
    """
    number = number_of(guid) >> _BITS - _SHORT_BITS
    return "".join(_BASE32[number >> shift & 31] for shift in range(_SHORT_BITS - 5, -1, -5))


def guid_of(number: int) -> str:
    """Return the GUID of 64 bits."""
    return _base62(number)


def new_guid(kind: str, subject: str, in_use: Callable[[str, str], bool]) -> str:
    """Return the first candidate for which `in_use(guid, short id)` is false."""
    attempt = 0
    while in_use(guid := guid_candidate(kind, subject, attempt), short_id(guid)):
        attempt += 1
    return guid
