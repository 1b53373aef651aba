"""Terms whose definitions stand in blocks of their own: told by labels, by a colon at the term's end, or by items."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.blocks import Frame, turns_of
from pipeline.layouts.lists.around import top_item
from pipeline.layouts.lists.pair import LONGEST_TERM, PairDraft
from pipeline.layouts.reading import Reading, is_inside

__all__ = ["colon_terms", "labelled_pairs", "pairs_in_items", "remarks"]

_COLON: Final = re.compile(r"[^.!?;:：]{1,60}[:：]")
_REMARK: Final = re.compile(
    r"(?:figure|fig\.?|table|photo|picture|image|source)(?: \d+)?|(?:please )?note|n\.?b\.?|tip|hint|remember|reminder|"
    r"warning|attention|important",
    re.IGNORECASE,
)
_FEWEST_TERMS: Final = 2  # beside a remark
_MOST_WORDS: Final = 6  # of a term; a longer text that ends with a colon announces something


def remarks(reading: Reading, pairs: Sequence[PairDraft]) -> list[PairDraft]:
    """Return the pairs that are a remark to the others: "Note: …", where no other stands so or is written so large."""
    found = []
    for pair in pairs:
        others = [other for other in pairs if other is not pair]
        if len(others) < _FEWEST_TERMS or not _REMARK.fullmatch(pair.term[1].text.strip()):
            continue
        inside = is_inside(reading.blocks[pair.term[0]], "li", "td", "dt")
        is_apart = all(is_inside(reading.blocks[other.term[0]], "li", "td", "dt") != inside for other in others)
        is_large = pair.term[1].text[:1].isupper() and all(other.term[1].text[:1].islower() for other in others)
        found += [pair] if is_apart or is_large else []
    return found


def labelled_pairs(reading: Reading, blocks: Sequence[int]) -> list[PairDraft]:
    """Return the pairs of a set of cards that are written as `Q: term` and `A: definition`; nothing if there are none.

    The labels alternate, and each has a text: in its own block or in the next one.
    """
    turns = turns_of([reading.blocks[index].text for index in blocks])
    places = [n for n, turn in enumerate(turns) if turn is not None]
    sides = "".join(turn.side for turn in turns if turn is not None)
    if not sides or sides != "qa" * (len(sides) // 2):
        return []
    pairs: list[PairDraft] = []
    parts = []
    for start, end in pairwise([*places, len(blocks)]):
        index, turn = blocks[start], turns[start]
        behind = turn.end if turn is not None else 0
        head = [reading.piece(index, behind, len(reading.blocks[index].text))]
        texts = [piece for piece in head if piece[1].text] + [reading.piece(other) for other in blocks[start + 1 : end]]
        parts.append((texts, (index, 0, behind)))
    for (asked, ask), (told, answer) in zip(parts[::2], parts[1::2], strict=True):
        if len(asked) != 1 or not told or len(asked[0][1].text) > LONGEST_TERM:
            return []
        pairs.append(PairDraft(asked[0], tuple(told), (ask, answer)))
    return pairs


def colon_terms(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """Return the blocks that are a few words and a colon, if there are several and each has a definition below it."""
    texts = [reading.blocks[index].text for index in blocks]
    terms = [n for n, text in enumerate(texts) if _COLON.fullmatch(text) and len(text.split()) <= _MOST_WORDS]
    is_followed = all(second > first + 1 for first, second in pairwise([*terms, len(blocks)]))
    return [blocks[n] for n in terms] if len(terms) > 1 and is_followed else []


def pairs_in_items(
    reading: Reading, blocks: Sequence[int], outside: set[Frame]
) -> tuple[list[PairDraft], list[int]] | None:
    """Return the pairs of items that begin with a term and go on with its definition; None if not all of them do.

    Blocks that stand in no item belong to none.
    """
    items: dict[Frame, list[int]] = {}
    left = []
    for index in blocks:
        item = top_item(reading, index, outside)
        if item is None:
            left.append(index)
        else:
            items.setdefault(item, []).append(index)
    if not items or not all(len(indexes) > 1 for indexes in items.values()):
        return None
    heads = [reading.blocks[first].text for first, *_ in items.values()]
    if any(len(head) > LONGEST_TERM or head.rstrip().endswith((".", "?", "!")) for head in heads):
        return None
    pairs = [
        PairDraft(reading.piece(first), tuple(reading.piece(index) for index in rest))
        for first, *rest in items.values()
    ]
    return pairs, left
