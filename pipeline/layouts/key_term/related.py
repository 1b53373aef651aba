"""Related terms: pairs of term and definition, and terms that a page names without one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pipeline.blocks import Piece, frames_of
from pipeline.layouts.lists import (
    LONGEST_TERM,
    PairDraft,
    have_cards,
    is_column_head,
    is_property,
    list_items,
    pair_of,
    pairs_of,
)
from pipeline.layouts.reading import Reading, innermost, is_inside, names_within

__all__ = ["RelatedDraft", "related_of"]

_MOST_WORDS: Final = 7  # in a name; a longer text is a definition
_FEW_WORDS: Final = 3  # in a text that is too short for a definition
_SENTENCE: Final = re.compile(r"[.!?…;]$")
_ARTICLE: Final = re.compile(r"(?:an?|the|to|when|how|any|one)\s+\S+\s+\S", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s,;|/·•]*+(?:\b(?:and|or)\b[\s,;|/·•]*+)?")


@dataclass(slots=True)
class RelatedDraft:
    """The pairs of a section in page order, the blocks left over, and the terms recognised only by their position."""

    pairs: list[PairDraft]
    left: list[int]
    guessed: list[int] = field(default_factory=list)


def related_of(reading: Reading, blocks: Sequence[int], heading: int | None) -> RelatedDraft:
    """Return the related terms that `blocks` are. A term without a definition never gets the next term as one."""
    links = {index: found for index in blocks if (found := _links(reading, index))}
    rest = [index for index in blocks if index not in links]
    pairs, left = _told_by_wording(reading, rest) or pairs_of(reading, rest, heading)
    guessed: list[int] = []
    for index in list(left):
        marked = _is_marked_alone(reading, index, pairs, heading)
        if is_column_head(reading, index, pairs) or is_property(reading.blocks[index].text):
            continue
        if reading.shell_rule(index) is None and (marked or _stands_among(reading, index, pairs)):
            pairs.append(PairDraft(reading.piece(index)))
            left.remove(index)
            guessed += [] if marked else [index]
    pairs += [pair for index, pieces in links.items() for pair in _alone(index, pieces)]
    return RelatedDraft(sorted(pairs, key=lambda pair: (pair.term[0], pair.term[1].start)), list(left), guessed)


def _links(reading: Reading, index: int) -> list[Piece]:
    """Return the names of a block that is nothing but several links, or boxes with a name in each, if it is."""
    block = reading.blocks[index]
    if not any(mark.tag == "a" for run in block.runs for mark in run.marks):
        return _boxes(reading, index)
    pieces: list[Piece] = []
    at, last = 0, ""
    for run in block.runs:
        address = next((mark.value for mark in run.marks if mark.tag == "a"), "")
        start, at = at, at + len(run.text)
        if address and address == last and start not in block.seams:
            start = pieces.pop().start  # a link of several runs
        elif not address and not _BETWEEN.fullmatch(run.text):
            return []
        cuts = [start, *(seam for seam in block.seams if start < seam < at), at]
        pieces += [Piece(block, *cut) for cut in pairwise(cuts)] if address else []
        last = address
    return pieces if len(pieces) > 1 else []


def _alone(index: int, pieces: Sequence[Piece]) -> list[PairDraft]:
    """Return the pieces of a block as terms, each with the sign up to the next one."""
    starts = [*(piece.start for piece in pieces[1:]), None]
    return [
        PairDraft((index, piece), (), ((index, piece.end, start),) if start is not None and piece.end else ())
        for piece, start in zip(pieces, starts, strict=True)
    ]


def _boxes(reading: Reading, index: int) -> list[Piece]:
    block = reading.blocks[index]
    spans = names_within(block.text, block.seams, None) if block.seams else []
    texts = [block.text[start:end].strip() for start, end in spans]
    if len(texts) < 2 or any(_explains(text) for text in texts) or (len(texts) == 2 and _may_be_in_turn(texts)):
        return []
    return [Piece(block, start, end) for start, end in spans]


def _explains(text: str) -> bool:
    """Say whether a text is worded as a definition: a sentence, many words, or begun with an article."""
    plain = text.rstrip(" \"'”’)")
    return bool(_SENTENCE.search(plain)) or len(plain.split()) > _MOST_WORDS or bool(_ARTICLE.match(plain))


def _told_by_wording(reading: Reading, blocks: Sequence[int]) -> tuple[list[PairDraft], list[int]] | None:
    """Return terms and definitions told apart by wording, if their markup is the same and they do not alternate."""
    looks = {_look(reading, index) for index in blocks}
    rows = {innermost(reading.blocks[index], "tr") for index in blocks}
    if len(blocks) < 2 or len(looks) > 1 or (None not in rows and 1 < len(rows) < len(blocks)):
        return None
    if any(pair_of(reading, index) is not None for index in blocks):
        return None
    texts = [reading.blocks[index].text for index in blocks]
    explains = [_explains(text) for text in texts]
    if explains[0] or any(first and second for first, second in pairwise(explains)) or max(map(len, texts)) > 600:
        return None
    in_turn = len(blocks) % 2 == 0 and not any(explains[::2]) and not reading.blocks[blocks[0]].is_link
    if in_turn and (any(explains) or _may_be_in_turn(texts) or (len(blocks) > 2 and have_cards(reading, blocks))):
        return None
    if any(reading.shell_rule(index) is not None for index in blocks):
        return None
    pairs: list[PairDraft] = []
    for index, is_definition in zip(blocks, explains, strict=True):
        piece = reading.piece(index)
        if is_definition:
            pairs[-1] = PairDraft(pairs[-1].term, (piece,))
        else:
            pairs.append(PairDraft(piece))
    return pairs, []


def _look(reading: Reading, index: int) -> tuple[object, ...]:
    block = reading.blocks[index]
    frames = "/".join(frame.tag for frame in frames_of(block.frame))
    return block.kind, block.level, block.is_bold, block.is_link, block.shape, frames


def _may_be_in_turn(texts: Sequence[str]) -> bool:
    """Say whether every second text may explain the one before it: by its case, its words or its length."""
    terms, others = texts[::2], texts[1::2]
    if all(text[:1].islower() for text in terms) and all(text[:1].isupper() for text in others):
        return True
    return any(len(text.split()) > _FEW_WORDS for text in others) or len("".join(others)) > 2 * len("".join(terms))


def _is_marked_alone(reading: Reading, index: int, pairs: Sequence[PairDraft], heading: int | None) -> bool:
    """Say whether the markup tells that a block is a term: an item or a link, bold or linked as the others' terms."""
    block = reading.blocks[index]
    if not block.text or len(block.text) > LONGEST_TERM or _SENTENCE.search(block.text):
        return False
    if not pairs:
        items, left = list_items(reading, [index], heading)
        return block.is_link or block.is_bold or bool(items and items[0].frame is not None and not left)
    first = pairs[0].term[1]
    marks = {mark.tag for run in first.runs for mark in run.marks}
    is_item = is_inside(block, "li")
    alike = (block.is_bold and "strong" in marks) or (block.is_link and "a" in marks)
    return is_item == is_inside(first.block, "li") and (alike or (is_item and not marks & {"strong", "a"}))


def _stands_among(reading: Reading, index: int, pairs: Sequence[PairDraft]) -> bool:
    """Say whether an unmarked block between or right behind pairs is a name as theirs are."""
    block = reading.blocks[index]
    if not pairs or not block.text or len(block.text) > LONGEST_TERM or _explains(block.text):
        return False
    if any(mark.tag in ("strong", "a") for run in pairs[0].term[1].runs for mark in run.marks):
        return False
    used = [number for pair in pairs for number, _ in (pair.term, *pair.definition)]
    return min(used) < index <= max(used) + 1 and block.kind == reading.blocks[used[0]].kind
