"""Terms with their definitions: as a definition list, as cards, in turn, or as `term: definition`."""

import itertools
import re
from collections.abc import Container, Sequence
from typing import Final

from pipeline.blocks import Block, Frame, Piece, frames_of, lone_number
from pipeline.layouts.lists.apart import colon_terms, labelled_pairs, pairs_in_items
from pipeline.layouts.lists.around import headed, outer_frames, top_item
from pipeline.layouts.lists.pair import LONGEST_TERM, PairDraft, is_property
from pipeline.layouts.lists.tables import rows_of_table
from pipeline.layouts.lists.within import pairs_within
from pipeline.layouts.reading import Reading, end_of_marked, shared_frame

__all__ = ["have_cards", "in_turn", "pair_of", "pairs_of", "seamed_pair"]

# The last is a typewriter's dash.
_SEPARATORS: Final = (
    re.compile(r"(?:(?<!\s)\s++)?[:：](?:\s++|$)"),
    re.compile(r"(?<!\s)\s++[–—-]\s++"),
    re.compile(r"(?:(?<!\s)\s++)?(?<!-)--+\s*+(?=\S)"),
)
# A dash without spaces, or an equals sign, may stand in any text: only where two lines or more have one.
_RARE: Final = (
    re.compile(r"(?:(?<!\s)\s++)?—\s*+(?=\S)"),
    re.compile(r"(?<!\s)\s++=\s++"),
    re.compile(r"(?:(?:(?<!\s)\s++)?(?:→|⇒|=>)|(?<!\s)\s++\|\s)\s*+(?=\S)"),
)
_END_COLON: Final = re.compile(r"(?:(?<!\s)\s++)?[:：]\s*+$")
_BEHIND: Final = re.compile(r"\s*(?:(?:[:：–—→⇒|]|-+|=>?)\s*|\s(?=\S))")  # the sign behind a term in bold
_FEWEST_RARE: Final = 2


def pairs_of(reading: Reading, blocks: Sequence[int], heading: int | None) -> tuple[list[PairDraft], list[int]]:
    """Return the pairs that `blocks` are, and the blocks that belong to none."""
    outside = outer_frames(reading, heading)
    table = rows_of_table(reading, blocks, outside)
    if table is not None:
        return table
    if labelled := labelled_pairs(reading, blocks):
        return _with_rest(blocks, labelled)
    if starts := _starts(reading, blocks, outside):
        return _with_rest(blocks, _from_starts(reading, blocks, starts))
    if _are_halved([reading.blocks[index] for index in blocks]):
        return [_halved(reading, index) for index in blocks], []
    if _are_in_turn(reading, blocks, outside):
        return _with_rest(blocks, in_turn(reading, blocks))
    separator = _separator(reading, blocks)
    if not any(_is_pair(reading, index) for index in blocks) and (items := pairs_in_items(reading, blocks, outside)):
        return items
    several = {
        index: found for index in blocks if (found := _several(reading, index, separator, alone=len(blocks) == 1))
    }
    pairs, left = [], []
    for index in blocks:
        pair = pair_of(reading, index, separator)
        if index in several:
            pairs += several[index]
        elif pair is not None:
            pairs.append(pair)
        elif pairs and _continues(reading, index, pairs[-1].term[0], outside):
            last = pairs[-1]
            pairs[-1] = PairDraft(last.term, (*last.definition, reading.piece(index)), last.separators)
        else:
            left.append(index)
    if not pairs and _are_in_turn(reading, blocks, outside, at_last=True):
        return _with_rest(blocks, in_turn(reading, blocks))
    return pairs, left


def _separator(reading: Reading, blocks: Sequence[int]) -> re.Pattern[str] | None:
    """Return the sign between terms and definitions: the more frequent one; if equal, the one that stands earlier."""

    def rank(separator: re.Pattern[str]) -> tuple[int, float]:
        found = [
            match.start() for index in blocks if (match := separator.search(reading.blocks[index].text[:LONGEST_TERM]))
        ]
        if separator in _RARE and len(found) < max(_FEWEST_RARE, len(blocks) - 1):
            return 0, 0.0
        return len(found), -sum(found) / len(found) if found else 0.0

    return max((*_SEPARATORS, *_RARE), key=rank)


def pair_of(reading: Reading, index: int, separator: re.Pattern[str] | None = None) -> PairDraft | None:
    """Return the pair of a block that says `term: definition`, or None.

    Where the term is in bold or a link, it ends where that ends; else at the first `separator` (a colon, else a dash).
    """
    block = reading.blocks[index]
    text = block.text
    split = _split(block, separator)
    if split is None:
        return None
    start, end = split
    if not text[end:].strip():
        return PairDraft(reading.piece(index, 0, start), (), ((index, start, len(text)),))
    return PairDraft(reading.piece(index, 0, start), (reading.piece(index, end, len(text)),), ((index, start, end),))


def _several(reading: Reading, index: int, separator: re.Pattern[str] | None, *, alone: bool) -> list[PairDraft]:
    """Return the pairs of a block that says `term: definition` more than once, on lines or in bold; else nothing."""
    block = reading.blocks[index]
    return [
        PairDraft(
            reading.piece(index, start, stop),
            (reading.piece(index, goes_on, end),) if goes_on < end else (),
            ((index, stop, goes_on),),
        )
        for start, stop, goes_on, end in pairs_within(block, lambda part: _split(part, separator), alone=alone)
    ]


def _split(block: Block, separator: re.Pattern[str] | None) -> tuple[int, int] | None:
    """Return where a block's term ends and where its definition begins, or None."""
    if is_property(block.text):
        return None
    marked = _marked_end(block)
    if marked is not None:
        return marked
    signs = (separator,) if separator is not None else _SEPARATORS
    match = next((found for sign in signs if (found := sign.search(block.text))), None)
    if match is None or not 0 < match.start() <= LONGEST_TERM or "\n" in block.text[: match.start()]:
        return None
    return match.start(), match.end()


def _marked_end(block: Block) -> tuple[int, int] | None:
    """Return where the bold or linked words at a block's head end, and where the text goes on behind a separator."""
    end = len(block.text[: end_of_marked(block, "strong", "a")].rstrip())
    if not 0 < end <= LONGEST_TERM or end == len(block.text):
        return None
    inside = _END_COLON.search(block.text[:end])  # the colon may be bold too
    behind = _BEHIND.match(block.text[end:]) if not inside else re.match(r"\s*", block.text[end:])
    if inside is None and behind is None and end not in block.seams:
        return None
    return inside.start() if inside else end, end + (behind.end() if behind else 0)


def _continues(reading: Reading, index: int, first: int, outside: set[Frame]) -> bool:
    """Say whether a block stands in the same list item as a pair's first."""
    item = top_item(reading, index, outside)
    return item is not None and item is top_item(reading, first, outside)


def _starts(reading: Reading, blocks: Sequence[int], outside: set[Frame]) -> list[int]:
    """Return the blocks that hold only a term, its definition being in the next blocks: `dt`, headings, bold lines."""
    terms = [index for index in blocks if top_item(reading, index, outside, ("dt",)) is not None]
    if terms and len(terms) < len(blocks):
        return terms
    if terms := headed(reading, blocks):
        return terms
    bold = [index for index in blocks if reading.blocks[index].is_bold]
    linked = [index for index in blocks if reading.blocks[index].is_link]
    for terms in (bold, linked):
        if terms and terms[0] == blocks[0] and len(terms) < len(blocks) and not _adjacent(blocks, terms):
            return terms
    return colon_terms(reading, blocks)


def _adjacent(blocks: Sequence[int], terms: Sequence[int]) -> bool:
    """Say whether many terms have no definition behind them: they may be names alone."""
    named = set(terms)
    alone = sum(1 for first, second in itertools.pairwise(blocks) if first in named and second in named)
    return 3 * alone > len(terms)


def _from_starts(reading: Reading, blocks: Sequence[int], starts: Sequence[int]) -> list[PairDraft]:
    begun = set(starts)
    bounds = [*(place for place, index in enumerate(blocks) if index in begun), len(blocks)]
    pairs = []
    for first, end in itertools.pairwise(bounds):
        index = blocks[first]
        block = reading.blocks[index]
        trimmed = _END_COLON.search(block.text)
        stop = trimmed.start() if trimmed else len(block.text)
        separators = [(index, stop, len(block.text))] if trimmed else []
        definition: list[tuple[int, Piece]] = []
        for position, other in enumerate(blocks[first + 1 : end]):
            if definition and not _same_card(reading, index, definition[0][0], other):
                break
            text = reading.blocks[other].text
            lead = re.match(r"\s*[:：–—-](?:\s+|$)", text) if position == 0 else None
            if lead:
                separators.append((other, 0, lead.end()))
                if lead.end() == len(text):
                    continue
            definition.append(reading.piece(other, lead.end() if lead else 0, len(text) if lead else None))
        pairs.append(PairDraft(reading.piece(index, 0, stop), tuple(definition), tuple(separators)))
    return pairs


def _are_halved(blocks: Sequence[Block]) -> bool:
    """Say whether each block holds two elements, a short text and a longer one, without a colon between them.

    A single block counts only if the second text is a sentence: otherwise it may be two terms.
    """
    halves = [(block.text[: block.halves].strip(), block.text[block.halves :].strip()) for block in blocks]
    if not halves or not all(
        any(char.isalnum() for char in first)
        and len(first) <= LONGEST_TERM
        and lone_number(first) is None
        and not first.endswith((":", "："))
        and second[:1] not in ":：–—-"
        for first, second in halves
    ):
        return False
    is_longer = sum(len(second) for _, second in halves) > sum(len(first) for first, _ in halves)
    return is_longer and (len(halves) > 1 or halves[0][1].endswith((".", "!", "?")))


def _halved(reading: Reading, index: int) -> PairDraft:
    block = reading.blocks[index]
    end = len(block.text[: block.halves].rstrip())
    return PairDraft(reading.piece(index, 0, end), (reading.piece(index, block.halves, len(block.text)),))


def _same_card(reading: Reading, term: int, definition: int, other: int) -> bool:
    """Say whether a block stands in the container that holds a term and its definition's first block."""
    card = shared_frame(reading.blocks[term], reading.blocks[definition])
    return card is None or card in frames_of(reading.blocks[other].frame)


def seamed_pair(reading: Reading, index: int) -> PairDraft | None:
    """Return the pair of a block in which two elements touch: `<span>term</span><span>definition</span>`, or None."""
    block = reading.blocks[index]
    if len(block.seams) != 1 or not 0 < block.seams[0] <= LONGEST_TERM:
        return None
    seam = block.seams[0]
    if re.search(r"[:：–—-]\s*$", block.text[:seam]) or re.match(r"\s*[:：–—-]", block.text[seam:]):
        return None  # as `term: definition` it is read without the sign between them
    return PairDraft(reading.piece(index, 0, seam), (reading.piece(index, seam, len(block.text)),))


def in_turn(reading: Reading, blocks: Sequence[int]) -> list[PairDraft]:
    """Return the pairs of blocks that are known to alternate between term and definition."""
    return _from_starts(reading, blocks, blocks[::2])


def _is_pair(reading: Reading, index: int) -> bool:
    """Say whether a block says `term: definition` by itself, with something behind the colon."""
    pair = pair_of(reading, index)
    return pair is not None and bool(pair.definition)


def _are_in_turn(reading: Reading, blocks: Sequence[int], outside: set[Frame], *, at_last: bool = False) -> bool:
    """Say whether blocks are terms and definitions in turn: the terms are the shorter ones, or each pair has a card.

    Before anything else is tried, no term may be long or say `term: definition` by itself, and one card alone is no
    sign; but then it is one that terms and definitions have two different looks.
    """
    if len(blocks) % 2 or not blocks:
        return False
    terms, definitions = blocks[::2], blocks[1::2]
    short = all(len(reading.blocks[index].text) <= LONGEST_TERM for index in terms)
    shorter = short and _length(reading, terms) < _length(reading, definitions)
    if at_last:
        return shorter or have_cards(reading, blocks, outside)
    if not short or any(_is_pair(reading, index) for index in terms):
        return False
    return (
        shorter
        or _have_two_looks(reading, terms, definitions)
        or (len(blocks) > 2 and have_cards(reading, blocks, outside))
    )


def _length(reading: Reading, blocks: Sequence[int]) -> int:
    return sum(len(reading.blocks[index].text) for index in blocks)


def _have_two_looks(reading: Reading, terms: Sequence[int], definitions: Sequence[int]) -> bool:
    looks = [
        {(reading.blocks[index].kind, reading.blocks[index].shape) for index in part} for part in (terms, definitions)
    ]
    return len(looks[0]) == len(looks[1]) == 1 and looks[0] != looks[1]


def have_cards(reading: Reading, blocks: Sequence[int], outside: Container[Frame] = ()) -> bool:
    """Say whether each two blocks in turn have a container of their own, below the frames `outside`."""
    cards = [
        shared_frame(reading.blocks[first], reading.blocks[second], outside)
        for first, second in zip(blocks[::2], blocks[1::2], strict=True)
    ]
    return all(card is not None for card in cards) and len(set(cards)) == len(cards)


def _with_rest(blocks: Sequence[int], pairs: list[PairDraft]) -> tuple[list[PairDraft], list[int]]:
    taken = {index for pair in pairs for index, _ in (pair.term, *pair.definition)}
    return pairs, [index for index in blocks if index not in taken]
