"""The vocabulary of a study guide: words with their definitions, or words alone."""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.layouts.lists import (
    LONGEST_TERM,
    PairDraft,
    in_turn,
    is_property,
    outer_frames,
    pair_of,
    pairs_of,
    remarks,
    seamed_pair,
    top_item,
)
from pipeline.layouts.reading import Reading, is_inside

__all__ = ["words_of"]

_FEW_WORDS: Final = 3
_NO_WORD: Final = re.compile(r"(?:see|coming|none|no|n/?a|tb[ad]|more|go|click|view|loading|under)\b", re.IGNORECASE)
_CONTAINERS: Final = ("li", "tr", "dt", "dd")


def words_of(
    reading: Reading, blocks: Sequence[int], heading: int | None, counted: int | None
) -> tuple[list[PairDraft], list[int]]:
    """Return the words that `blocks` define or name, and the blocks that are none.

    Where the page counts as many words as there are blocks, or every block is a list item without a separator,
    each block is a word, with or without a definition: they are not read in turn.
    """
    texts = [index for index in blocks if reading.blocks[index].text]
    seamed = [pair for index in texts if (pair := seamed_pair(reading, index)) is not None]
    if texts and len(seamed) == len(texts):
        return seamed, []
    if _are_words_alone(reading, texts, heading, counted):
        pairs = [pair_of(reading, index) or PairDraft(reading.piece(index)) for index in texts]
        return pairs, []
    if _are_in_turn(reading, texts, heading, counted):
        return in_turn(reading, texts), []
    pairs, left = pairs_of(reading, blocks, heading)
    if said := remarks(reading, pairs):
        pairs = [pair for pair in pairs if pair not in said]
        left = sorted({*left, *(index for pair in said for index, _ in (pair.term, *pair.definition))})
    lone = [
        index
        for index in left
        if reading.blocks[index].text
        and _is_word(reading, index)
        and ((counted is not None and len(pairs) < counted) or _ends_table(reading, index))
    ]
    found = [*pairs, *(PairDraft(reading.piece(index)) for index in lone)]
    return sorted(found, key=lambda pair: pair.term[0]), [index for index in left if index not in lone]


def _ends_table(reading: Reading, index: int) -> bool:
    """Say whether a line of text stands right below a table's last row: a row whose only cell is the word."""
    above, block = reading.blocks[index - 1] if index else None, reading.blocks[index]
    if above is None or above.line is None or block.line != above.line + 1:
        return False
    return is_inside(above, "table")


def _are_in_turn(reading: Reading, texts: Sequence[int], heading: int | None, counted: int | None) -> bool:
    """Say whether lines are terms and definitions in turn, though some terms look like more than that.

    That is where the page counts half as many words as there are lines, or most terms are names and shorter than what
    stands behind them. Where each term's line has a definition of its own, the line behind it only goes on with it.
    """
    outside = outer_frames(reading, heading)
    if not texts or len(texts) % 2 or any(top_item(reading, n, outside, _CONTAINERS) is not None for n in texts):
        return False
    terms, definitions = texts[::2], texts[1::2]
    told = [index for index in terms if (pair := pair_of(reading, index)) is not None and pair.definition]
    if not all(_is_word(reading, index) for index in terms) or len(told) == len(terms):
        return False
    if counted == len(terms):
        return True
    length = sum(len(reading.blocks[index].text) for index in terms)
    return (
        counted is None
        and 3 * len(told) <= len(terms)
        and len(terms) > 1
        and 2 * length <= sum(len(reading.blocks[index].text) for index in definitions)
    )


def _are_words_alone(reading: Reading, blocks: Sequence[int], heading: int | None, counted: int | None) -> bool:
    outside = outer_frames(reading, heading)
    if not blocks or any(top_item(reading, index, outside, ("tr", "dt")) is not None for index in blocks):
        return False
    if counted == len(blocks):
        return all(pair_of(reading, index) is not None or _is_word(reading, index) for index in blocks)
    items = [top_item(reading, index, outside) for index in blocks]
    if heading is not None and len(blocks) == 1 and items == [None]:
        text = reading.blocks[blocks[0]].text
        return _is_word(reading, blocks[0]) and len(text.split()) <= _FEW_WORDS and not _NO_WORD.match(text)
    separate = all(item is not None for item in items) and len(set(items)) == len(items)
    return separate and all(pair_of(reading, index) is None and _is_word(reading, index) for index in blocks)


def _is_word(reading: Reading, index: int) -> bool:
    text = reading.blocks[index].text
    return (
        len(text) <= LONGEST_TERM
        and not text.rstrip().endswith((".", "!", "?", ";", ":"))
        and "\n" not in text
        and not is_property(text)
        and (reading.shell_rule(index) is None or is_inside(reading.blocks[index], "li"))
    )
