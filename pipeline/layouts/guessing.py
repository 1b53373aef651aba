"""Guesses for those who write a layout: which field stands under a heading, by its words or by what follows it."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from pipeline.blocks import Page
from pipeline.config import Kind, fields_of
from pipeline.layouts.extending import with_site_words
from pipeline.layouts.known import builtin_layouts
from pipeline.layouts.lists import list_items, pairs_of
from pipeline.layouts.questions import questions_of
from pipeline.layouts.reading import Compiled, Reading, compiled, label_of
from pipeline.layouts.stretches import pairs_by_stretch

__all__ = ["bare_reading", "field_by_form", "field_by_words", "glossary_pairs", "is_known_furniture", "reading_of"]

_MOST: Final = 0.6  # of what stands under a heading has a form, for it to be a sign
_BY_FORM: Final[dict[Kind, tuple[str, str, str]]] = {
    "key_term": ("related_terms", "questions", "facts"),
    "study_guide": ("vocabulary", "questions", "objectives"),
}


@cache
def _words(kind: Kind) -> Compiled:
    spec = next(builtin for builtin in builtin_layouts() if builtin.kind == kind)
    return compiled(with_site_words(spec).model_dump_json(by_alias=True))


def field_by_words(text: str, kind: Kind) -> str | None:
    """Return the field that the built-in words of a kind surely know a heading for, or None."""
    label = label_of(text, _words(kind))
    if label is None or label.kind != "heading" or not label.is_sure:
        return None
    return label.name if label.name in fields_of(kind, "headings") else None


def is_known_furniture(text: str) -> bool:
    """Say whether the built-in words know a block as no content, or as a notice."""
    for kind in _BY_FORM:
        label = label_of(text, _words(kind))
        if (label is not None and label.kind in ("boilerplate", "notice")) or _words(kind).shell.match(text):
            return True
    return False


def field_by_form(reading: Reading, blocks: Sequence[int], heading: int, kind: Kind) -> str | None:
    """Return the field whose form most of the blocks under a heading have: pairs, questions, a list; or None."""
    texts = [index for index in blocks if reading.blocks[index].text]
    if not texts:
        return None
    pairs, questions, items = _BY_FORM[kind]
    drafts, _ = questions_of(reading, texts, heading)
    asked = [draft for draft in drafts if draft.answer or draft.choices]
    if asked and all(reading.blocks[draft.question[0][0]].text.rstrip().endswith("?") for draft in asked):
        return questions
    found, left = pairs_of(reading, texts, heading)
    defined = [pair for pair in found if pair.definition]
    # One term and its definition are told by the sign between them alone: two paragraphs are none.
    if len(defined) > 1 or (defined and not left and defined[0].definition[0][0] == defined[0].term[0]):
        return pairs
    listed, left = list_items(reading, texts, heading)
    framed = [item for item in listed if item.frame is not None]
    return items if framed and len(left) <= (1 - _MOST) * len(texts) else None


def glossary_pairs(reading: Reading) -> int:
    """Return how many terms with a definition a page would give as a glossary."""
    texts = [
        index
        for index, block in enumerate(reading.blocks)
        if block.text and block.region == "main" and not block.hidden
    ]
    return len(pairs_by_stretch(reading, texts))


def reading_of(page: Page) -> Reading:
    """Return a page's reading with the words of the site-wide furniture alone."""
    return Reading.of(page, _words("study_guide"))


def bare_reading(reading: Reading) -> Reading:
    """Return the page of a reading with no label on any block: as somebody sees it who knows no layout."""
    return Reading(reading.page, reading.blocks, tuple(None for _ in reading.blocks), reading.ledger, reading.patterns)
