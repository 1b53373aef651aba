"""Which courses of `all.apkg` are, row by row, what their own packages hold: nothing of them is made again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final

from pipeline.exporters import Edition
from pipeline.exporters.anki import CourseDeck, pictures_in
from pipeline.verify.apkg import PackageError, ReadPackage, read_package
from pipeline.verify.proven import Proven

__all__ = ["Copy", "copied_courses"]

_APART: Final = "\x1e"  # a control that stands in none of our fields
_BYTES: Final = 16


@dataclass(slots=True)
class Copy:
    """What a package holds of a course: its decks by their ids, how many notes, which pictures these show, and a digest
    of all of their rows.

    The ids of notes are left out: where two courses want the same, those of one are others in `all.apkg`. Their order
    counts.
    """

    decks: dict[str, Any]
    notes: int = 0
    media: set[str] = field(default_factory=set)
    rows: "hashlib.blake2b" = field(default_factory=lambda: hashlib.blake2b(digest_size=_BYTES))

    def digest(self) -> list[Any]:
        """Return what is the same for equal copies."""
        return [self.rows.hexdigest(), self.notes, sorted(self.media), self.decks]


def copied_courses(
    path: Path, package: ReadPackage, decks: Mapping[str, CourseDeck], edition: Edition, proven: Proven
) -> Mapping[str, Copy]:
    """Return, by slug, the courses whose rows in `package`, at `path`, are those of their own packages beside it.

    Rows that were the same before, of records and identities that are the same, are not looked for there again.
    """
    copies = {}
    for slug, copy in _copies(package, decks).items():
        deck = decks[slug]
        key = _key(copy, deck, edition)
        if key in proven or _is_in_own_package(copy, path.with_name(f"{slug}.apkg"), deck, edition):
            copies[slug] = copy
            proven.now.append(key)
    return copies


def _key(copy: Copy, deck: CourseDeck, edition: Edition) -> bytes:
    course, settings = deck.course, edition.settings.anki.model_dump(mode="json")
    made_of = [deck.name, course.slug, course.digest, course.identities_digest, dict(edition.note_type_mods), settings]
    text = json.dumps([copy.digest(), made_of], sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=_BYTES).digest()


def _is_in_own_package(copy: Copy, path: Path, deck: CourseDeck, edition: Edition) -> bool:
    try:
        with read_package(path, edition.scratch) as own:
            expected = _copies(own, {deck.course.slug: deck}).get(deck.course.slug)
            return expected is not None and expected.digest() == copy.digest()
    except (PackageError, FileNotFoundError):
        return False  # told where that file is compared with the records, as all.apkg then is


def _copies(package: ReadPackage, decks: Mapping[str, CourseDeck]) -> dict[str, Copy]:
    """Return what the package holds of each course, by slug; a note is of the course of its first card's deck."""
    slugs = {deck.name: slug for slug, deck in decks.items()}
    copies: dict[str, Copy] = {}
    of_deck: dict[int, Copy] = {}
    for number, name in package.deck_names.items():
        slug = slugs.get(name) or slugs.get(name.rpartition("::")[0])
        if slug:
            of_deck[number] = copies.setdefault(slug, Copy({}))
            of_deck[number].decks[str(number)] = package.decks[str(number)]
    for note, cards in package.rows():
        copy = of_deck.get(cards[0][2]) if cards else None
        if copy is not None:
            row = _APART.join(map(str, chain(note[1:], *(card[1:] for card in cards))))
            copy.rows.update(row.encode("utf-8", "surrogatepass"))
            copy.media.update(pictures_in(note[5]))
            copy.notes += 1
    return copies
