"""Decks: what each course's is called, and what it says about itself."""

import functools
import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from genanki.deck import Deck

from pipeline.exporters.protocol import CourseEdition, Edition

__all__ = ["CourseDeck", "course_decks", "deck_id", "deck_part", "described", "unit_part"]

_FIRST_ID: Final = 1_500_000_000_000
_IDS: Final = 200_000_000_000
_MARKUP: Final = str.maketrans({"<": "‹", ">": "›", "&": "＆"})


@dataclass(frozen=True, slots=True)
class CourseDeck:
    """The deck of one course, and the names of those below it."""

    course: CourseEdition
    name: str

    def of(self, subdeck: str) -> str:
        """Return the name of the deck that is called `subdeck` below this one, or of this one for ""."""
        return f"{self.name}::{subdeck}" if subdeck else self.name


def deck_id(name: str) -> int:
    """Return 13 digits from a deck's name, as Anki's own ids have.

    Anki knows a deck by its name; the id only has to be the same in every package.
    """
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return _FIRST_ID + int.from_bytes(digest[:8], "big") % _IDS


def described(name: str, description: str) -> tuple[str, dict[str, Any]]:
    """Return the id of the deck of this name, and all that a collection says of it; `description` is HTML."""
    number = deck_id(name)
    return str(number), Deck(number, name, description).to_json()  # type: ignore[no-untyped-call]


def unit_part(unit: str) -> str:
    """Return a unit's number as one part of a deck's name, or "" where there is none.

    Always two digits: Anki sorts decks as text, and a name that grew with the tenth unit would be another deck.
    """
    return f"Unit {unit.zfill(2)}" if unit else ""


def deck_part(title: str, otherwise: str) -> str:
    """Return a course's title as one part of a deck's name.

    Anki parts names at "::", drops control characters and double quotes, trims, and up to 25.06 shows what is left as
    HTML: what it would change or obey, we change, so that the deck it looks for is the deck that it made. A title of
    nothing else gives `otherwise`.
    """
    name = "".join(" " if unicodedata.category(character) == "Cc" else character for character in title)
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    quotes = name.count('"')
    for place in range(quotes):
        name = name.replace('"', "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"[place % 2], 1)
    name = name.translate(_MARKUP)
    while "::" in name:
        name = name.replace("::", "\N{PROPORTION}")
    return name.strip(" :") or otherwise


@functools.lru_cache(maxsize=1)
def course_decks(edition: Edition) -> Mapping[str, CourseDeck]:
    """Return each course's deck, `<root>::<title>`, by the course's slug, in the order of courses.

    A title that an earlier course has is followed by the slug: decks are named over all courses, so that in a package
    of one course its deck is called what it is in all.apkg.
    """
    above = "::".join(deck_part(part, "Guidepress") for part in edition.settings.anki.root.split("::"))
    taken: set[str] = set()
    decks = {}
    for course in edition.courses:
        part = deck_part(course.title, course.slug)
        if part.casefold() in taken:
            part = f"{part} ({course.slug})"
        taken.add(part.casefold())
        decks[course.slug] = CourseDeck(course, f"{above}::{part}")
    return decks
