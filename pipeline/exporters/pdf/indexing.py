"""The order of an index, the same on every machine: by letters, whatever their accents and case."""

import unicodedata
from typing import Final

__all__ = ["index_letter", "index_order"]

_SKIPPED: Final = "\\([{\"'“‘«¿¡ "


def index_order(text: str) -> tuple[str, str]:
    """Return the sort key of an index entry: accents and case aside, opening quotes and brackets skipped."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.casefold().lstrip(_SKIPPED), text


def index_letter(text: str) -> str:
    """Return the letter under which an index entry stands; `#` for figures and signs."""
    first = index_order(text)[0][:1].upper()
    return first if first.isalpha() else "#"
