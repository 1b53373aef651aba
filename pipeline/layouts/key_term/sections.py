"""The sections of a key-term page: each field is read from the blocks under its heading."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from pipeline.layouts.fields import prose_text, take_items, take_name, take_pair, take_question
from pipeline.layouts.key_term.context import KeyTermContext, claim_repeated, content_of, pass_on
from pipeline.layouts.key_term.extras import without_ads, without_repetition
from pipeline.layouts.key_term.gaps import read_gap
from pipeline.layouts.key_term.related import related_of
from pipeline.layouts.key_term.subjects import subjects_of
from pipeline.layouts.lists import is_column_head, list_items
from pipeline.layouts.questions import all_questions_of
from pipeline.layouts.reading import GAP, UNKNOWN, Note, Section, link_of

__all__ = ["take_definition", "take_gaps", "take_sections"]


def take_definition(context: KeyTermContext, unheaded: Sequence[int]) -> None:
    """Read the definition under its heading; else from the blocks `unheaded`, which stand where it is due."""
    ledger = context.reading.ledger
    for section in context.outline.named("definition"):
        blocks = without_repetition(context.reading, content_of(context, section))
        if "definition" in context.fields:
            claim_repeated(context.reading, blocks)
        else:
            _take_prose(context, blocks)
    if "definition" not in context.fields:
        _take_prose(context, [index for index in unheaded if ledger.is_free(index)])
        context.inferred += ["definition"] if "definition" in context.fields else []


def _take_prose(context: KeyTermContext, blocks: Sequence[int]) -> None:
    pieces = [context.reading.piece(index) for index in blocks]
    if text := prose_text(pieces):
        context.reading.ledger.claim_pieces(pieces, "definition")
        context.fields["definition"] = text


def take_sections(context: KeyTermContext) -> None:
    """Read each field from the fullest section of its name; others that say the same again are boilerplate."""
    for name, take in _TAKERS.items():
        sections = context.outline.named(name)
        for section in sorted(sections, key=lambda section: -_length(context, section)):
            blocks = content_of(context, section)
            if name in context.fields:
                claim_repeated(context.reading, blocks)
            elif blocks or section is sections[-1]:
                take(context, section, blocks)


def _length(context: KeyTermContext, section: Section) -> int:
    return sum(len(context.reading.blocks[index].text) for index in section.blocks)


def _take_facts(context: KeyTermContext, section: Section, blocks: Sequence[int]) -> None:
    items, left = list_items(context.reading, blocks, section.heading)
    items = without_ads(context.reading, items, section.counted)
    _keep(context, section, "facts", take_items(context.reading, "facts", items), "facts")
    pass_on(context, section, left)


def _take_questions(context: KeyTermContext, section: Section, blocks: Sequence[int]) -> None:
    drafts, left = all_questions_of(context.reading, blocks, section.heading)
    _keep(context, section, "questions", [take_question(context, draft, prose_text) for draft in drafts], "questions")
    pass_on(context, section, left)


def _take_related(context: KeyTermContext, section: Section, blocks: Sequence[int]) -> None:
    reading = context.reading
    found = related_of(reading, blocks, section.heading)
    for index in found.left:
        if is_column_head(reading, index, found.pairs):
            reading.ledger.claim_boilerplate(index, "column heading")
    terms = [take_pair(reading, "related_terms", pair) for pair in found.pairs]
    _keep(context, section, "related_terms", terms, "related terms")
    context.notes += [Note("no-definition", "a related term without a definition", index) for index in found.guessed]


def _take_subjects(context: KeyTermContext, section: Section, blocks: Sequence[int]) -> None:
    reading = context.reading
    subjects: list[dict[str, str | None]] = []
    for index, start, end in subjects_of(reading, blocks, section.counted):
        piece = take_name(reading, "also_found_in", reading.piece(index, start, end))
        subjects.append({"title": piece.text.strip(" ,;"), "url": link_of(piece)})
    _keep(context, section, "also_found_in", subjects, "subjects")


Taker = Callable[[KeyTermContext, Section, Sequence[int]], None]
_TAKERS: Final[dict[str, Taker]] = {
    "facts": _take_facts,
    "questions": _take_questions,
    "related_terms": _take_related,
    "also_found_in": _take_subjects,
}


def _keep(context: KeyTermContext, section: Section, field: str, found: list[Any], what: str) -> None:
    """Set a field to what was read of a section, and compare its number with the page's own."""
    context.fields[field] = found
    # "Subjects (3)" stands below the section's heading, a lone "5" before it.
    block = next(iter(section.subheadings), section.heading)
    context.compare_count(section.counted, len(found), field, what, block)


def take_gaps(context: KeyTermContext) -> None:
    """Read what stands under no heading, where its form and its place agree on what it is."""
    reading, sections = context.reading, context.outline.sections
    for section in [section for section in sections if section.name in (GAP, UNKNOWN)]:
        blocks = [
            index
            for index in section.blocks
            if reading.labels[index] is None and reading.ledger.is_free(index) and reading.shell_rule(index) is None
        ]
        position = sections.index(section)
        gap = read_gap(
            reading,
            blocks,
            known=set(context.fields),
            before={other.name for other in sections[:position]},
            after={other.name for other in sections[position + 1 :]},
        )
        for field, found in gap.items():
            # Under a heading that no field knows, all has to fit; the heading itself stays unclaimed and is told.
            if found and (section.name == GAP or list(found) == blocks):
                _TAKERS[field](context, Section(field), found)
                context.inferred += [field] if context.fields[field] else []
