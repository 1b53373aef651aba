"""A name at the head of a key-term page, and the shapes that names have."""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.layouts.reading import Reading, Witness, end_of_name

__all__ = ["Name", "looks_like_name", "name_of_block", "name_of_witness"]

_SENTENCE_END: Final = re.compile(r"[.!?;:]$")
_BYLINE: Final = re.compile(r"(?:\w+ )?by\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A term or a course: the block that says it, or, where that is lost, the text that was said or agreed on."""

    block: int | None
    text: str
    inferred: bool = False
    start: int = 0  # where in the block it stands
    end: int | None = None
    is_part: bool = False  # the block says more names
    place: str = ""  # of the witness that says it, where no block does


def looks_like_name(text: str) -> bool:
    """Say whether a text has the shape of a course's title: short, begun with a capital or digit, no sentence."""
    return (
        len(text) <= 80
        and len(text.split()) <= 12
        and not _SENTENCE_END.search(text)
        and not _BYLINE.match(text)
        and (text[:1].isupper() or text[:1].isdigit())
    )


def name_of_block(reading: Reading, index: int | None) -> Name | None:
    """Return the name that a block says, without what a link adds to it; None for no block."""
    if index is None:
        return None
    text = reading.blocks[index].text
    end = end_of_name(text)
    return Name(index, text[:end], end=end)


def name_of_witness(witness: Witness | None) -> Name | None:
    """Return the name that no block says, as its witness has it; None for no witness."""
    if witness is None:
        return None
    return Name(None, witness.name, inferred=witness.is_evidence, place=witness.place)
