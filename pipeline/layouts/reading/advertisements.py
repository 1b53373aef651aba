"""The word "Advertisement" over a place for one, and as a word of a page that teaches what it means."""

from collections.abc import Sequence, Set
from typing import Final

from pipeline.blocks import Block, Frame
from pipeline.layouts.reading.frames import innermost, is_inside
from pipeline.layouts.reading.labels import Label

__all__ = ["without_advertising"]

_RULE: Final = "advertisement"
_STEM: Final = 6  # letters that a word has in common with those made of it: advertisement, advertising
_SHORTEST_STEM: Final = 4
_SENTENCE: Final = 60  # characters of an item among which no lone word is one


def without_advertising(blocks: Sequence[Block], labels: Sequence[Label | None]) -> list[Label | None]:
    """Return the labels, but for that of an advertisement's place on what may be a term, a heading or an item.

    Such is a word that the page uses elsewhere, in a heading, in bold, in a table or a list of terms, or among short
    items.
    """
    places = {n for n, label in enumerate(labels) if label is not None and label.name == _RULE}
    words = {n: stem for n in places if (stem := _stem(blocks[n].text))}
    if not words:
        return list(labels)
    said = [block.text.casefold() for n, block in enumerate(blocks) if n not in places]
    used = {stem for stem in set(words.values()) if any(stem in text for text in said)}
    listed = _lists_of_sentences(blocks)
    return [
        None if n in words and (words[n] in used or _may_be_content(blocks[n], listed)) else label
        for n, label in enumerate(labels)
    ]


def _stem(text: str) -> str:
    """Return how a lone word for advertisements begins, and others made of it do; "Ads" is short for another one."""
    first, *rest = text.casefold().split()
    if rest:
        return ""
    first = first.strip("[(:)]")
    return first[:_STEM] if len(first) >= _SHORTEST_STEM else "advert"


def _lists_of_sentences(blocks: Sequence[Block]) -> set[Frame | None]:
    """Return the lists of which an item is so long that a lone word among them is none."""
    long = (innermost(block, "li") for block in blocks if len(block.text) >= _SENTENCE)
    return {item.parent for item in long if item is not None}


def _may_be_content(block: Block, listed: Set[Frame | None]) -> bool:
    if block.kind == "heading" or block.is_bold or is_inside(block, "td", "th", "dt", "dd"):
        return True
    item = innermost(block, "li")
    return item is not None and item.parent not in listed
