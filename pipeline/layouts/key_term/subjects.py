"""The classes in which a term is also found: names in the form that classes have, without what follows the list."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.layouts.reading import Reading, is_inside, names_within

__all__ = ["subjects_of"]

_LONGEST: Final = 120
_MOST_WORDS: Final = 12
_NO_NAME: Final = re.compile(r"[←→↑↓›‹»«|©@]|https?:|www\.|^\W*+\d++\W*+(?:of\W++)?\d*+\W*+$|[!?;:…]$|[^.\s]{4}\.$")
# Words that a class's name has in lower case.
_SMALL: Final = frozenset(
    (
        *("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "its", "of", "on", "or", "the", "to", "vs"),
        *("with", "de", "del", "der", "des", "die", "du", "e", "el", "en", "et", "i", "la", "las", "le", "les", "los"),
        *("para", "por", "und", "y"),
    )
)


def subjects_of(reading: Reading, blocks: Sequence[int], counted: int | None) -> list[tuple[int, int, int]]:
    """Return (block, start, end) of each class that a section names.

    Where the page says how many there are (`counted`), they are the first ones. Where it does not, the section may
    well be empty: then names are what stands right below the heading, all in one form and written like names.
    """
    if counted is not None:
        return _first(reading, blocks, counted)
    found: list[tuple[int, int, int]] = []
    look: tuple[object, ...] | None = None
    for position, index in enumerate(blocks):
        block = reading.blocks[index]
        spans = _spans(reading, index)
        if block.kind == "button" or reading.shell_rule(index) is not None:
            break
        if not all(_is_name(block.text[start:end]) for start, end in spans):
            break
        if look is not None and look != _look(reading, index):
            # One line over a list heads it: "References", and the addresses below.
            return [] if position == 1 and is_inside(block, "li") else found
        look = _look(reading, index)
        found += [(index, start, end) for start, end in spans]
    behind = blocks[len({index for index, *_ in found}) :][:1]
    heads = len(found) == 1 and bool(behind) and is_inside(reading.blocks[behind[0]], "li")
    return [] if heads and not is_inside(reading.blocks[found[0][0]], "li") else found


def _first(reading: Reading, blocks: Sequence[int], counted: int) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for index in blocks:
        block = reading.blocks[index]
        if reading.shell_rule(index) is not None and not is_inside(block, "li"):
            continue
        for start, end in names_within(block.text, block.seams, counted):
            name = block.text[start:end].strip()
            if len(found) < counted and len(name) <= _LONGEST and not _NO_NAME.search(name):
                found.append((index, start, end))
    return found


def _spans(reading: Reading, index: int) -> list[tuple[int, int]]:
    """Return where the names stand in a block: at its seams, lines and links, else at commas between names."""
    block = reading.blocks[index]
    spans = names_within(block.text, block.seams, None)
    commas = [match.start() for match in re.finditer(",", block.text)]
    if len(spans) > 1 or not commas or is_inside(block, "li"):
        return spans
    parts = list(pairwise([0, *commas, len(block.text)]))
    names = [block.text[start:end].strip(" ,") for start, end in parts]
    is_list = all(_is_name(name) and name.split()[0].casefold() not in _SMALL for name in names)
    return parts if is_list else spans


def _look(reading: Reading, index: int) -> tuple[object, ...]:
    block = reading.blocks[index]
    return block.kind, block.level, is_inside(block, "li"), block.shape


def _is_name(text: str) -> bool:
    """Say whether a text is written as a class's name is: short, no sentence, its words with capitals."""
    name = text.strip(" ,\n")
    words = re.findall(r"[^\W\d_][\w’'.&-]*", name)
    if not words or len(name) > _LONGEST or len(words) > _MOST_WORDS or _NO_NAME.search(name):
        return False
    return not words[0][:1].islower() and not any(w[:1].islower() and w.casefold() not in _SMALL for w in words)
