"""A page with many terms: each `term: definition` pair, or each heading with what follows it, is a draft."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Any, Final

from pipeline.blocks import Frame, frames_of
from pipeline.config import LayoutSpec
from pipeline.layouts.fields import prose_text, publisher_of, stated_fields, unstated_fields
from pipeline.layouts.lists import PairDraft, is_column_head, pair_of, pairs_of, remarks
from pipeline.layouts.reading import (
    GIVEN,
    Basis,
    Draft,
    Extraction,
    Origin,
    Outline,
    Reading,
    Section,
    agreed,
    best,
    claim_leftovers,
    depth_of,
    end_of_marked,
    is_inside,
    said,
    witnesses,
)
from pipeline.records import RichText

__all__ = ["extract_glossary", "pairs_by_stretch"]

# What tables of a page's properties list, in any system that publishes pages.
_PROPERTY: Final = re.compile(
    r"(?:course|class|subject|unit|topic|chapter|lesson|level|grade|status|state|tags?|labels?|categor(?:y|ies)|type|"
    r"kind|authors?|owners?|teachers?|editors?|creators?|by|created|updated|modified|published|edited|reviewed|date|"
    r"due|(?:created|last (?:edited|updated|modified)|updated|published)(?: (?:time|by|on|at))?|versions?|revision|"
    r"language|licen[cs]e|source|url|link|id|name|title|space|page|parent|progress|priority|reading time|difficulty)",
    re.IGNORECASE,
)
# What a publishing system's shell says of a page, and what a page of many terms has no field for.
_OTHER_KIND: Final = ("title", "authors")
_ARROW: Final = re.compile("[←→«»‹›]")
_SENTENCE: Final = re.compile(r"(?:\S+ +){3,}\S.*[.!:][\"'”’)]*")
_MOST_PROPERTIES: Final = 12
_FEW_WORDS: Final = 5
_FEWEST_PAIRS: Final = 3


def extract_glossary(reading: Reading, spec: LayoutSpec, origin: Origin) -> Extraction:
    """Return a draft for each term of the page; `many` of the layout says how terms are told."""
    result = Extraction(spec.name, reading)
    shared, inferred = _shared(reading, spec, origin)
    blocks = [
        index
        for index, (block, label) in enumerate(zip(reading.blocks, reading.labels, strict=True))
        if label is None
        and block.field not in _OTHER_KIND
        and block.region == "main"
        and not block.hidden
        and reading.ledger.is_free(index)
        and block.text
        and not (_ARROW.search(block.text) and _is_furniture(reading, index))
    ]
    pairs = _by_headings(reading, blocks) if spec.many == "headings" else pairs_by_stretch(reading, blocks)
    for pair in pairs:
        reading.ledger.claim_pieces([pair.term], "term")
        reading.ledger.claim_pieces(pair.definition, "definition")
        reading.ledger.claim_spans(pair.separators, "separator")
        names = {"term": RichText.plain(pair.term[1].text.strip()), "definition": prose_text(pair.definition)}
        result.drafts.append(Draft({**shared, **names}, inferred))
    _claim_heads(reading, pairs)
    _claim_rest(reading, shared)
    return result


def _shared(reading: Reading, spec: LayoutSpec, origin: Origin) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what all terms of the page have in common (course, notices, publisher), and what of it is inferred."""
    notices = []
    for index, label in enumerate(reading.labels):
        if label is not None and label.kind == "notice":
            reading.ledger.claim(index, "notices")
            notices.append(" ".join(reading.blocks[index].text.split()))
    stated = stated_fields(reading, spec, {})
    shared: dict[str, Any] = {"notices": notices, "publisher": publisher_of(reading, notices, spec)}
    found = witnesses(reading, spec, "course", origin)
    course = best([(Basis.SAID, said(found)), (Basis.AGREED, agreed(found))])
    inferred: list[str] = []
    if course is not None and course.value.place != GIVEN and "course" not in stated:
        shared["course"] = {"title": course.value.title, "url": None}
        inferred += ["course"] if course.basis.is_guess else []
    return {**unstated_fields(reading, spec, origin, {}), **shared, **stated}, tuple(inferred)


def pairs_by_stretch(reading: Reading, blocks: Sequence[int]) -> list[PairDraft]:
    """Return the pairs of each stretch between two headings; a letter alone (A, B, C…) is no term.

    Names beside names are none above the page's title (the way to the page), and none beside pairs that explain a term
    where they are a page's properties.
    """
    found: list[list[PairDraft]] = []
    stretch: list[int] = []
    groups = _heads_of_groups(reading, blocks)
    for index in [*blocks, -1]:
        if index >= 0 and index not in groups and not _is_divider(reading, index):
            stretch.append(index)
            continue
        for _, group in groupby(stretch, lambda one: _holder(reading, one)):
            alike = list(group)
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
    return 2 * sum(1 for pair in pairs if _PROPERTY.fullmatch(pair.term[1].text.strip(" :"))) >= len(pairs)


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


def _links(reading: Reading, pairs: Sequence[PairDraft]) -> list[PairDraft]:
    """Return the pairs that are all of a link, as "Read next: Splices" is, beside others that are none."""
    links = [pair for pair in pairs if _is_link(reading, pair)]
    return links if len(links) < len(pairs) else []


def _is_link(reading: Reading, pair: PairDraft) -> bool:
    return reading.blocks[pair.term[0]].is_link and [index for index, _ in pair.definition] == [pair.term[0]]


def _behind_sentences(reading: Reading, stretch: Sequence[int]) -> Sequence[int]:
    """Return a stretch without the paragraphs at its head that are sentences or the site's, and no pairs themselves."""
    for number, index in enumerate(stretch):
        block = reading.blocks[index]
        is_plain = (
            block.kind == "paragraph" and not block.is_bold and not is_inside(block, "li", "td", "th", "dt", "dd")
        )
        is_sentence = _SENTENCE.fullmatch(block.text) is not None or _is_furniture(reading, index)
        if (
            block.is_link
            and len(stretch) > number + 2
            and not any(reading.blocks[n].is_link for n in stretch[number + 1 :])
        ):
            continue  # one link, and behind it terms that are none
        if not is_plain or not is_sentence or pair_of(reading, index) is not None:
            return stretch[number:]
    return ()


def _is_furniture(reading: Reading, index: int) -> bool:
    """Say whether a block is surely the site's: a term may be called "light" or "next", none in many such words."""
    return len(reading.blocks[index].text.split()) >= _FEWEST_PAIRS and reading.shell_rule(index) is not None


def _behind_introduction(reading: Reading, stretch: Sequence[int]) -> Sequence[int]:
    """Return a stretch from the first term that folds its definition away, or heads it; else without a first block outside of all
    containers in which the others stand.
    """
    blocks = reading.blocks
    folded = [number for number, index in enumerate(stretch) if blocks[index].kind in ("summary", "heading")]
    if folded:
        return stretch[folded[0] :]
    depths = [depth_of(blocks[index]) for index in stretch]
    return stretch[1:] if len(stretch) > 2 and depths[0] < min(depths[1:]) else ()


def _is_divider(reading: Reading, index: int) -> bool:
    block = reading.blocks[index]
    is_letter = len(block.text) == 1 and not is_inside(block, "td", "dd")
    return is_letter or (block.kind == "heading" and block.level <= 2)


def _heads_of_groups(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """Return the headings that are no terms, since each thing below any of them is a pair by itself."""
    heads = [number for number, index in enumerate(blocks) if reading.blocks[index].kind == "heading"]
    bounds = [*heads, len(blocks)]
    bodies = [blocks[head + 1 : end] for head, end in pairwise(bounds) if end > head + 1]
    is_paired = bodies and all(_are_pairs(reading, body) for body in bodies)
    return [blocks[head] for head in heads] if is_paired else []


def _are_pairs(reading: Reading, body: Sequence[int]) -> bool:
    """Say whether blocks are pairs by their markup: items of a list of definitions, rows, or each `**term**: text`."""
    if all(is_inside(reading.blocks[index], "dt", "dd", "td", "th") for index in body):
        return True
    return all(
        end_of_marked(reading.blocks[index], "strong", "a") > 0 or (len(body) > 1 and is_inside(reading.blocks[index], "li"))
        for index in body
    ) and all(pair_of(reading, index) is not None for index in body)


def _by_headings(reading: Reading, blocks: Sequence[int]) -> list[PairDraft]:
    """Return each heading of the most frequent level with the blocks behind it, up to the next heading."""
    levels = [reading.blocks[index].level for index in blocks if reading.blocks[index].kind == "heading"]
    if not levels:
        return []
    level = max(sorted(set(levels)), key=levels.count)
    if level == 1 and levels.count(level) == 1:
        return []  # the page's title
    pairs: list[PairDraft] = []
    term: int | None = None
    body: list[int] = []
    for index in [*blocks, -1]:
        block = reading.blocks[index] if index >= 0 else None
        if block is not None and not (block.kind == "heading" and block.level <= level):
            body.append(index)
            continue
        if term is not None and body:
            pairs.append(PairDraft(reading.piece(term), tuple(reading.piece(index) for index in body)))
        term = index if block is not None and block.level == level and len(block.text) > 1 else None
        body = []
    return pairs


def _claim_heads(reading: Reading, pairs: Sequence[PairDraft]) -> None:
    """Claim what heads the columns of the terms' table, and what heads a group of terms."""
    terms = [pair.term[0] for pair in pairs]
    for index, block in enumerate(reading.blocks):
        if not block.text or not reading.ledger.is_free(index):
            continue
        if is_column_head(reading, index, pairs):
            reading.ledger.claim_boilerplate(index, "column heading")
        elif terms and block.kind == "heading" and terms[0] - 1 <= index < terms[-1]:
            reading.ledger.claim_boilerplate(index, "heading of a group")


def _claim_rest(reading: Reading, shared: dict[str, Any]) -> None:
    course = shared.get("course", {}).get("title", "")
    claimed = [index for index in range(len(reading.blocks)) if not reading.ledger.is_free(index)]
    for index, label in enumerate(reading.labels):
        block = reading.blocks[index]
        if not reading.ledger.is_free(index) or not block.text:
            continue
        if block.field in _OTHER_KIND:
            reading.ledger.claim_boilerplate(index, block.field)
        elif re.fullmatch(r"\w", block.text):
            reading.ledger.claim_boilerplate(index, "letter")
        elif label is not None:
            reading.ledger.claim_boilerplate(index, "heading" if label.kind == "heading" else label.name)
    outside = [i for i, block in enumerate(reading.blocks) if block.region != "main"]
    outline = Outline([Section("")], outside=outside)
    title = reading.page.title or ""
    claim_leftovers(
        reading, outline, names=(course, title), first=min(claimed, default=None), last=max(claimed, default=None)
    )
