"""The order of an index, the same on every machine: by letters, whatever their accents and case."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.records import normalise

__all__ = ["IndexEntry", "gathered", "index_letter", "index_order"]

_SKIPPED: Final = "\\([{\"'“‘«¿¡ "
# Latin letters that Unicode does not take apart, filed under the letters that they are written as.
_FILED_AS: Final = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_SIGNS: Final = "#"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One place that the index names: its text, as canonical fragment and plain, and its anchor."""

    html: str
    text: str
    anchor: str
    is_heading: bool  # a record of that name begins there


def index_order(text: str) -> tuple[bool, str, str]:
    """Return the sort key of an index entry: accents and case aside, opening quotes and brackets skipped.

    Figures and signs stand before all letters.
    """
    filed = _filed(text)
    return filed[:1].isalpha(), filed, text


def index_letter(text: str) -> str:
    """Return the letter under which an index entry stands; `#` for figures and signs."""
    first = _filed(text)[:1].upper()
    return first if first.isalpha() else _SIGNS


def _filed(text: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.casefold().lstrip(_SKIPPED).translate(_FILED_AS)


def gathered(entries: Iterable[IndexEntry]) -> list[list[IndexEntry]]:
    """Return the entries in the index's order, those that say the same together.

    The first of each names it: a record's heading before a word of a list, so that a term is spelled as its own page
    spells it.
    """
    found: dict[str, list[IndexEntry]] = {}
    for entry in entries:
        found.setdefault(normalise(entry.text), []).append(entry)
    same = [sorted(places, key=lambda entry: not entry.is_heading) for places in found.values()]
    return sorted(same, key=lambda places: index_order(places[0].text))
