"""A page with many terms: each `term: definition` pair, or each heading with what follows it, is a draft."""

import re
from collections.abc import Sequence
from typing import Any, Final

from pipeline.config import LayoutSpec
from pipeline.layouts.fields import prose_text, publisher_of, stated_fields, unstated_fields
from pipeline.layouts.lists import PairDraft, is_column_head
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
    said,
    witnesses,
)
from pipeline.layouts.stretches import is_furniture, pairs_by_stretch
from pipeline.records import RichText

__all__ = ["extract_glossary"]

# What a publishing system's shell says of a page, and what a page of many terms has no field for.
_OTHER_KIND: Final = ("title", "authors")
_ARROW: Final = re.compile("[←→«»‹›]")


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
        and not (_ARROW.search(block.text) and is_furniture(reading, index))
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
