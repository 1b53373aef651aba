"""The order of an index, the same on every machine: by letters, whatever their accents and case."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.records import normalise

__all__ = ["IndexEntry", "gathered", "index_letter", "index_order"]

_SKIPPED: Final = "\\([{\"'“‘«¿¡ "


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One place that the index names: its text, as canonical fragment and plain, and its anchor."""

    html: str
    text: str
    anchor: str
    is_heading: bool  # a record of that name begins there


def index_order(text: str) -> tuple[str, str]:
    """Return the sort key of an index entry: accents and case aside, opening quotes and brackets skipped."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.casefold().lstrip(_SKIPPED), text


def index_letter(text: str) -> str:
    """Return the letter under which an index entry stands; `#` for figures and signs."""
    first = index_order(text)[0][:1].upper()
    return first if first.isalpha() else "#"


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
