"""The names above a study guide's text: each line there, and each part of a breadcrumb, by itself."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.layouts.reading import Reading, is_inside
from pipeline.records import normalise

__all__ = [
    "LONGEST_NAME",
    "SITE_WORDS",
    "TOPIC",
    "Crumb",
    "crumbs_of",
    "is_ornament",
    "is_sentence",
    "linked_back",
    "unit_groups",
    "without_ornament",
]

LONGEST_NAME: Final = 200  # characters
_CRUMB_SIGNS: Final = re.compile(r"(?:(?<!\s)\s++)?[>›»→]\s*+|(?<!\s)\s++[/|]\s++")
# A sentence's end within a line or behind it: "U.S. History" has none, and "Who Pays? On Taxes" may be a name.
_SENTENCE: Final = re.compile(r"[a-z]{3}[\"'”’)]*\.(?:\s|$)")
_BACK: Final = re.compile(r"(?:go\s+)?back\s+to\s+(?P<name>.{2,80})", re.IGNORECASE)
TOPIC: Final = re.compile(
    r"(?:topic\s+)?(?P<topic>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)(?:\s*+[:.–—|-])?\s++(?=\S)", re.IGNORECASE
)
_SIGNS: Final = " \t\n>›»→/|·•"
SITE_WORDS: Final = frozenset(
    (
        "home",
        "subjects",
        "all subjects",
        "courses",
        "library",
        "study guides",
        "all study guides",
        "unit & topic study guides",
        "all units",
        "topics",
        "guides",
        "units",
        "classes",
        "ap",
        "explore",
    )
)


@dataclass(frozen=True, slots=True)
class Crumb:
    """A name above the title: a block, or a part of a breadcrumb's line."""

    block: int
    start: int
    end: int
    text: str


def without_ornament(text: str) -> str:
    """Return a name without the emoji that a site puts before or behind it."""
    signs = list(text)
    while signs and is_ornament(signs[0]):
        signs.pop(0)
    while signs and is_ornament(signs[-1]):
        signs.pop()
    return "".join(signs)


def is_ornament(char: str) -> bool:
    """Say whether a character is no part of a name: white space, an emoji or what modifies one, a bullet, a dash."""
    if char in "®™©":
        return False
    # Of the signs that combine, only those that choose an emoji's look: an accent may be one as well.
    return (
        char.isspace()
        or unicodedata.category(char) in ("So", "Sk", "Cf", "Me", "Co", "Cn")
        or "\ufe00" <= char <= "\ufe0f"
        or char in "•·|–—→←"
    )


def linked_back(text: str) -> str | None:
    """Return the name in "← back to AP Biology", or None if a line is no such link."""
    found = _BACK.match(without_ornament(text))
    return found["name"] if found else None


def unit_groups(reading: Reading, text: str) -> dict[str, str | None] | None:
    """Return what the layout's patterns read in a line that names a unit, in the line's own spelling."""
    if TOPIC.match(without_ornament(text)):
        return None  # "3.9 Unit 3 Review" is a topic's title
    found = reading.patterns.labels.match(without_ornament(text))
    return found[1].groupdict() if found and found[0] == "unit" else None


def crumbs_of(reading: Reading, end: int) -> Iterator[Crumb]:
    """Yield the names that stand above the text, each part of a breadcrumb by itself."""
    for index in range(end):
        block, label = reading.blocks[index], reading.labels[index]
        if not block.text or len(block.text) > LONGEST_NAME or block.region in ("dialog", "footer") or block.hidden:
            continue
        if label is not None and label.kind not in ("label", "heading"):
            continue
        edges = {0, len(block.text), *block.seams}
        if not is_inside(block, "li"):  # there each name has an item of its own
            edges |= _cuts(block.text)
        for start, stop in pairwise(sorted(edges)):
            shown = block.text[start:stop]
            text = " ".join(shown.strip(_SIGNS).split())
            if text and any(char.isalnum() for char in text):
                lead = len(shown) - len(shown.lstrip(_SIGNS))
                yield Crumb(index, start + lead, start + len(shown.rstrip(_SIGNS)), text)


def _cuts(text: str) -> set[int]:
    """Return where the names of a breadcrumb begin and end: at its signs, and at line breaks."""
    cuts: set[int] = set()
    start = 0
    for line in text.split("\n"):
        signs = list(_CRUMB_SIGNS.finditer(line))
        if _is_trail(_CRUMB_SIGNS.split(line)):
            cuts |= {start + edge for sign in signs for edge in sign.span()}
        cuts |= {start, start + len(line)}
        start += len(line) + 1
    return cuts


def _is_trail(parts: Sequence[str]) -> bool:
    """Say whether the parts of a line with arrows are names, and not the steps of a sentence.

    None of them ends a sentence, and all begin with a capital, or all are written small.
    """
    names = [part for part in map(without_ornament, parts) if part]
    begun = [name for name in names if normalise(name) not in SITE_WORDS]
    small = sum(name[0].islower() for name in begun)
    return not any(map(is_sentence, names)) and (small == 0 or all(name.islower() for name in names))


def is_sentence(text: str) -> bool:
    """Say whether a text ends a sentence, as no name does."""
    return _SENTENCE.search(text) is not None
