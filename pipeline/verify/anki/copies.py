"""Which courses of `all.apkg` are, row by row, what their own packages hold: nothing of them is made again."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from pipeline.exporters import Edition
from pipeline.exporters.anki import CourseDeck
from pipeline.verify.apkg import PackageError, ReadPackage, read_package

__all__ = ["Copy", "copied_courses"]

_APART: Final = "\x1e"  # a control that stands in none of our fields


@dataclass(frozen=True, slots=True)
class Copy:
    """What a course's own package holds: its decks by their ids, how many notes, which pictures."""

    decks: Mapping[str, Any]
    notes: int
    media: frozenset[str]


@dataclass(slots=True)
class _Sum:
    digest: "hashlib._Hash"
    notes: int = 0


def copied_courses(
    path: Path, package: ReadPackage, decks: Sequence[CourseDeck], edition: Edition
) -> Mapping[str, Copy]:
    """Return, by slug, the courses whose rows in `package`, at `path`, are those of their own packages beside it."""
    sums = _sums(package, decks)
    copies = {}
    for deck in decks:
        slug = deck.course.slug
        try:
            with read_package(path.with_name(f"{slug}.apkg"), edition.scratch) as own:
                expected = _sums(own, [deck]).get(slug)
                found = sums.get(slug)
                if expected and found and expected.digest.digest() == found.digest.digest():
                    copies[slug] = Copy(own.decks, found.notes, frozenset(own.media.values()))
        except (PackageError, FileNotFoundError):
            continue  # told where that file is compared with the records, as all.apkg then is
    return copies


def _sums(package: ReadPackage, decks: Sequence[CourseDeck]) -> dict[str, _Sum]:
    """Return a digest of each course's rows, by slug; a note is of the course that its first card's deck is of.

    The ids of notes are left out: where two courses want the same, those of one are others in `all.apkg`. Their order
    counts.
    """
    slugs = {deck.name: deck.course.slug for deck in decks}
    of_deck = {
        number: slugs.get(name) or slugs.get(name.rpartition("::")[0]) for number, name in package.deck_names.items()
    }
    sums: dict[str, _Sum] = {}
    for note, cards in package.rows():
        slug = of_deck.get(cards[0][2]) if cards else None
        if slug is not None:
            of_course = sums.setdefault(slug, _Sum(hashlib.sha256()))
            row = _APART.join(map(str, chain(note[1:], *(card[1:] for card in cards))))
            of_course.digest.update(row.encode("utf-8", "surrogatepass"))
            of_course.notes += 1
    return sums
