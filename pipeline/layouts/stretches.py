"""The terms of a page with many: in each stretch between two headings, what pairs them with their definitions."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile
from typing import Final

from pipeline.blocks import Frame, frames_of, turns_of
from pipeline.layouts.lists import PairDraft, names_property, pair_of, pairs_of, remarks, says_property
from pipeline.layouts.reading import Reading, depth_of, end_of_marked, is_inside

__all__ = ["is_furniture", "pairs_by_stretch"]

_SENTENCE: Final = re.compile(r"(?:\S++[ ]++){3}\S.*[.!:][\"'”’)]*+")
_MOST_PROPERTIES: Final = 12
_FEW_WORDS: Final = 5
_FEWEST_PAIRS: Final = 3


def pairs_by_stretch(reading: Reading, blocks: Sequence[int]) -> list[PairDraft]:
    """Return the pairs of each stretch between two headings; a letter alone (A, B, C…) is no term.

    Names beside names are none above the page's title (the way to the page), and none beside pairs that explain a term
    where they are a page's properties.
    """
    found: list[list[PairDraft]] = []
    stretch: list[int] = []
    heads = _heads_of_groups(reading, blocks)
    for index in [*blocks, -1]:
        if index >= 0 and index not in heads and not _is_divider(reading, index):
            stretch.append(index)
            continue
        for _, group in groupby(stretch, lambda one: _holder(reading, one)):
            alike = _from_first_head(reading, list(group))
            introduced = _behind_sentences(reading, alike)
            found.append(
                _pairs_of_stretch(reading, introduced)
                or _pairs_of_stretch(reading, alike)
                or _pairs_of_stretch(reading, _behind_introduction(reading, alike))
            )
        stretch = []
    groups = [group for group in found if group]
    title = next((n for n, block in enumerate(reading.blocks) if (block.kind, block.level) == ("heading", 1)), 0)
    below = [group for group in groups if group[-1].term[0] > title or any(map(_is_told, group))]
    told = [group for group in below if not _are_properties(group) and not _is_chance(reading, group, below)]
    pairs = [pair for group in told or below for pair in group]
    pairs = list(_listed(reading, pairs))
    said = [*remarks(reading, pairs), *_links(reading, pairs)]
    pairs = [pair for pair in pairs if pair not in said]
    return pairs[1:] if _is_title(reading, pairs) else pairs


def _holder(reading: Reading, index: int) -> Frame | str | None:
    """Return what a block's pair is made with, so that different ones are read apart: a table, a list, toggles."""
    outermost = None
    for frame in frames_of(reading.blocks[index].frame):
        if frame.tag in ("table", "dl", "details"):
            outermost = frame
    return "details" if outermost is not None and outermost.tag == "details" else outermost


def _are_properties(pairs: Sequence[PairDraft]) -> bool:
    """Say whether pairs are what a page says of itself: names, with a word or a date beside each."""
    if len(pairs) > _MOST_PROPERTIES or any(map(_is_told, pairs)):
        return False
    return 2 * sum(1 for pair in pairs if names_property(pair.term[1].text)) >= len(pairs)


def _is_chance(reading: Reading, group: Sequence[PairDraft], groups: Sequence[Sequence[PairDraft]]) -> bool:
    """Say whether pairs are none, beside a list of terms: words of the site, or two lines that nothing pairs."""
    if all(len(other) < _FEWEST_PAIRS for other in groups if other is not group):
        return False
    if all(reading.shell_rule(pair.term[0]) is not None for pair in group):
        return True
    index = group[0].term[0]
    holders = [_holder(reading, other[0].term[0]) for other in groups if other is not group]
    if len(group) == 1 and _holder(reading, index) == "details" and "details" not in holders:
        return True  # "For teachers" folded away
    is_marked = reading.blocks[index].is_bold or is_inside(reading.blocks[index], "li", "td", "th", "dt", "details")
    is_line = reading.blocks[index].kind == "paragraph" and not group[0].separators and not is_marked
    return len(group) == 1 and is_line and group[0].definition[0][0] != index


def _is_told(pair: PairDraft) -> bool:
    """Say whether a definition is worded as one: it ends a sentence, or has many words."""
    text = pair.definition[-1][1].text
    return text.rstrip(" )\"'”’").endswith((".", "!", "?")) or len(text.split()) > _FEW_WORDS


def _is_title(reading: Reading, pairs: Sequence[PairDraft]) -> bool:
    """Say whether the first pair is the page's title with a colon in it: its first line, and unlike all others."""
    if len(pairs) < _FEWEST_PAIRS:
        return False
    index = pairs[0].term[0]
    first = next(n for n, block in enumerate(reading.blocks) if block.text)
    whole = " ".join(reading.blocks[index].text.split())
    if whole == (reading.page.title or "").strip():
        return True
    return index == first and not _is_told(pairs[0]) and all(_is_told(pair) for pair in pairs[1:])


def _pairs_of_stretch(reading: Reading, stretch: Sequence[int]) -> list[PairDraft]:
    found, _ = pairs_of(reading, stretch, None)
    return [pair for pair in found if pair.definition]


def _listed(reading: Reading, pairs: Sequence[PairDraft]) -> Sequence[PairDraft]:
    """Return pairs without the few lines around a list of terms that have a colon, and do not mark their words."""
    items = [pair for pair in pairs if is_inside(reading.blocks[pair.term[0]], "li", "dt", "td", "th")]
    if len(items) < _FEWEST_PAIRS or len(items) < 2 * (len(pairs) - len(items)):
        return pairs
    return [
        pair
        for pair in pairs
        if pair in items
        or reading.blocks[pair.term[0]].kind != "paragraph"
        or end_of_marked(reading.blocks[pair.term[0]], "strong", "a")
    ]


def _links(reading: Reading, pairs: Sequence[PairDraft]) -> list[PairDraft]:
    """Return the pairs that are all of a link, as "Read next: Splices" is, beside others that are none."""
    links = [pair for pair in pairs if _is_link(reading, pair)]
    return links if len(links) < len(pairs) else []


def _is_link(reading: Reading, pair: PairDraft) -> bool:
    return reading.blocks[pair.term[0]].is_link and [index for index, _ in pair.definition] == [pair.term[0]]


def _behind_sentences(reading: Reading, stretch: Sequence[int]) -> Sequence[int]:
    """Return a stretch without the paragraphs at its head that are sentences, properties or the site's."""
    said = takewhile(lambda one: _is_plain(reading, one) and says_property(reading.blocks[one].text), stretch)
    properties = len(list(said))
    if properties == len(stretch) or (properties == 1 and _is_plain(reading, stretch[1])):
        properties = 0  # one line among its like may be a term that is called so
    for number, index in enumerate(stretch):
        block = reading.blocks[index]
        is_plain = _is_plain(reading, index)
        if number < properties:
            continue
        is_sentence = _SENTENCE.fullmatch(block.text) is not None or is_furniture(reading, index)
        if (
            block.is_link
            and len(stretch) > number + 2
            and not any(reading.blocks[n].is_link for n in stretch[number + 1 :])
        ):
            continue  # one link, and behind it terms that are none
        if not is_plain or not is_sentence or pair_of(reading, index) is not None:
            return stretch[number:]
    return ()


def _is_plain(reading: Reading, index: int) -> bool:
    block = reading.blocks[index]
    return block.kind == "paragraph" and not block.is_bold and not is_inside(block, "li", "td", "th", "dt", "dd")


def is_furniture(reading: Reading, index: int) -> bool:
    """Say whether a block is surely the site's: a term may be called "light" or "next", none in many such words."""
    return len(reading.blocks[index].text.split()) >= _FEWEST_PAIRS and reading.shell_rule(index) is not None


def _from_first_head(reading: Reading, stretch: Sequence[int]) -> Sequence[int]:
    """Return a stretch from its first heading on, if it has several: what is above is an introduction to the terms."""
    heads = [number for number, index in enumerate(stretch) if reading.blocks[index].kind == "heading"]
    above = stretch[: heads[0]] if len(heads) > 1 else ()
    is_labelled = any(turns_of([reading.blocks[index].text for index in above]))
    return stretch if is_labelled else stretch[len(above) :]


def _behind_introduction(reading: Reading, stretch: Sequence[int]) -> Sequence[int]:
    """Return a stretch from the first term that folds its definition away; else without a first block outside of all
    containers in which the others stand.
    """
    blocks = reading.blocks
    folded = [number for number, index in enumerate(stretch) if blocks[index].kind == "summary"]
    if folded:
        return stretch[folded[0] :]
    depths = [depth_of(blocks[index]) for index in stretch]
    return stretch[1:] if len(stretch) > 2 and depths[0] < min(depths[1:]) else ()


def _is_divider(reading: Reading, index: int) -> bool:
    block = reading.blocks[index]
    is_letter = len(block.text) == 1 and block.text.isalnum() and not is_inside(block, "td", "dd")
    return is_letter or (block.kind == "heading" and block.level <= 2)


def _heads_of_groups(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """Return the headings that are no terms, since each thing below any of them is a pair by itself."""
    heads = [number for number, index in enumerate(blocks) if reading.blocks[index].kind == "heading"]
    bounds = [*heads, len(blocks)]
    bodies = [_without_text_behind(reading, blocks[head + 1 : end]) for head, end in pairwise(bounds) if end > head + 1]
    is_paired = bodies and all(_are_pairs(reading, body) for body in bodies)
    return [blocks[head] for head in heads] if is_paired else []


def _without_text_behind(reading: Reading, body: Sequence[int]) -> Sequence[int]:
    """Return the blocks below a heading without plain paragraphs at the end, if a list is among them."""
    listed = [number for number, index in enumerate(body) if is_inside(reading.blocks[index], "li", "dd", "td")]
    return body[: listed[-1] + 1] if listed else body


def _are_pairs(reading: Reading, body: Sequence[int]) -> bool:
    """Say whether blocks are pairs by their markup: items of a list of definitions, rows, or each `**term**: text`."""
    if all(is_inside(reading.blocks[index], "dt", "dd", "td", "th") for index in body):
        return True
    blocks = [reading.blocks[index] for index in body]
    is_list = len(body) > 1 and all(is_inside(block, "li") for block in blocks)
    is_marked = all(end_of_marked(block, "strong", "a") > 0 for block in blocks)
    return (is_list or is_marked) and all(pair_of(reading, index) is not None for index in body)
