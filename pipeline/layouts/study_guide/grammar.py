"""The study-guide grammar: from an outline to one draft, each piece of text claimed by the field that it became."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from pipeline.blocks import Frame, frames_of
from pipeline.config import LayoutSpec
from pipeline.layouts.fields import (
    Reads,
    short_text,
    stated_fields,
    take_items,
    take_notices,
    take_pair,
    take_question,
    unit_of,
    unstated_fields,
)
from pipeline.layouts.lists import list_items
from pipeline.layouts.questions import all_questions_of
from pipeline.layouts.reading import Extraction, Origin, Reading, is_inside
from pipeline.layouts.study_guide.context import GuideContext
from pipeline.layouts.study_guide.head import credited, date_of, guide_head
from pipeline.layouts.study_guide.labels import guide_labels
from pipeline.layouts.study_guide.names import claim_guide_leftovers, take_names
from pipeline.layouts.study_guide.outline import guide_outline
from pipeline.layouts.study_guide.parts import SECTION, Part
from pipeline.layouts.study_guide.prose import take_prose
from pipeline.layouts.study_guide.vocabulary import words_of

__all__ = ["extract_study_guide"]


def extract_study_guide(reading: Reading, spec: LayoutSpec, origin: Origin) -> Extraction:
    """Return the draft of a study guide. What the page lacks is absent from the draft."""
    reading = replace(reading, labels=guide_labels(reading))
    head = guide_head(reading, spec, origin)
    context = GuideContext(
        reading=reading,
        spec=spec,
        stated=stated_fields(reading, spec, _READS),
        unstated=unstated_fields(reading, spec, origin, _READS),
        inferred=list(head.inferred),
        head=head,
        outline=guide_outline(reading, head.start),
    )
    take_names(context)
    _claim_furniture(context)
    for part in context.outline.parts:
        if part.name in _TAKERS:
            _take_list(context, part)
    take_prose(context)
    take_notices(context, context.outline.notices)
    claim_guide_leftovers(context)
    context.notes += [*head.notes, *context.outline.notes]
    return context.extraction()


def _claim_furniture(context: GuideContext) -> None:
    """Claim the layout's own words wherever they stand."""
    ledger = context.reading.ledger
    for index, label in enumerate(context.reading.labels):
        if label is not None and label.kind == "boilerplate" and ledger.is_free(index):
            ledger.claim_boilerplate(index, label.name)
    for index in context.outline.card:
        ledger.claim_boilerplate(index, "more resources")


def _take_list(context: GuideContext, part: Part) -> None:
    """Read what a known heading stands over; one that stands over nothing of the kind opens a section."""
    ledger = context.reading.ledger
    found, left = _TAKERS[part.name](context, part)
    context.fields.setdefault(part.name, []).extend(found)
    if not found and part.blocks:
        part.name = SECTION
        return
    if part.heading is not None and ledger.is_free(part.heading):
        ledger.claim_boilerplate(part.heading, "heading")
    part.blocks = [index for index in left if ledger.is_free(index)]


def _take_objectives(context: GuideContext, part: Part) -> tuple[list[Any], list[int]]:
    reading, blocks = context.reading, part.blocks
    if len(blocks) > 1 and not _all_listed(reading, blocks[:1]) and _all_listed(reading, blocks[1:]):
        first, *blocks = blocks  # "By the end of this week you will be able to:"
        if reading.blocks[first].text.rstrip().endswith(":"):
            reading.ledger.claim_boilerplate(first, "lead-in")
    items, left = list_items(reading, blocks, part.heading)
    return take_items(reading, part.name, items), left


def _all_listed(reading: Reading, blocks: Sequence[int]) -> bool:
    return all(is_inside(reading.blocks[index], "li", "tr") for index in blocks)


def _take_vocabulary(context: GuideContext, part: Part) -> tuple[list[Any], list[int]]:
    reading = context.reading
    pairs, left = words_of(reading, part.blocks, part.heading, part.counted)
    context.compare_count(part.counted, len(pairs), part.name, "key terms", part.heading)
    words = [take_pair(reading, part.name, pair) for pair in pairs]
    tables = _tables(reading, [pair.term[0] for pair in pairs])
    # What stands in the words' table and is no word heads its columns; a column of its own has more to say.
    first = min((pair.term[0] for pair in pairs), default=0)
    said = Counter(reading.blocks[index].text for index in left)
    for index in left:
        block = reading.blocks[index]
        is_told = index > first and not block.is_link and block.kind != "button" and said[block.text] == 1
        if tables & _tables(reading, [index]) and block.text and not is_told:
            reading.ledger.claim_boilerplate(index, "column heading")
    return words, left


def _tables(reading: Reading, blocks: Sequence[int]) -> set[Frame]:
    """Return the tables that hold any of the blocks."""
    return {frame for index in blocks for frame in frames_of(reading.blocks[index].frame) if frame.tag == "table"}


def _take_questions(context: GuideContext, part: Part) -> tuple[list[Any], list[int]]:
    drafts, left = all_questions_of(context.reading, part.blocks, part.heading)
    return [take_question(context, draft, short_text) for draft in drafts], left


_READS: Final[Reads] = {"authors": credited, "updated": date_of, "unit": unit_of}
Taker = Callable[[GuideContext, Part], tuple[list[Any], list[int]]]
_TAKERS: Final[dict[str, Taker]] = {
    "objectives": _take_objectives,
    "vocabulary": _take_vocabulary,
    "questions": _take_questions,
}
