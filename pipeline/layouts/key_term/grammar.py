"""The key-term grammar: from an outline to one draft, each piece of text claimed by the field that it became."""

from pipeline.config import LayoutSpec
from pipeline.layouts.fields import name_text, stated_fields, take_notices, unstated_fields
from pipeline.layouts.key_term.context import KeyTermContext
from pipeline.layouts.key_term.extras import claim_related_guides, extent_of, last_sentence, second_page_notes
from pipeline.layouts.key_term.head import Head, head_of, head_of_headline
from pipeline.layouts.key_term.headline import Headline, headline_of, labelled_below
from pipeline.layouts.key_term.name import Name
from pipeline.layouts.key_term.sections import take_definition, take_gaps, take_sections
from pipeline.layouts.reading import GIVEN, UNKNOWN, Extraction, Note, Origin, Reading, claim_leftovers, outline_of
from pipeline.records import RichText

__all__ = ["extract_key_term"]


def extract_key_term(reading: Reading, spec: LayoutSpec, origin: Origin) -> Extraction:
    """Return the draft of a page that holds one term. What the page lacks is absent from the draft."""
    headline = headline_of(reading)
    if headline is not None:
        reading = labelled_below(reading, headline)
    context = KeyTermContext(
        reading=reading,
        spec=spec,
        outline=outline_of(reading),
        stated=stated_fields(reading, spec, {}),
        unstated=unstated_fields(reading, spec, origin, {}),
    )
    if headline is not None:
        head = head_of_headline(reading, context.outline, headline)
        _claim_around(context, headline)
    else:
        head = head_of(reading, context.outline, spec, origin)
    _take_names(context, head)
    _claim_headings(context)
    take_definition(context, head.definition)
    take_sections(context)
    take_gaps(context)
    take_notices(context, context.outline.notices)
    _claim_leftovers(context, head, headline)
    context.notes += second_page_notes(reading, context.outline)
    return context.extraction()


def _take_names(context: KeyTermContext, head: Head) -> None:
    term, course, other = head.term, head.course, head.disagreeing
    if term is not None and term.place != GIVEN:
        context.fields["term"] = _take_name(context, "term", term)
    if course is not None and course.place != GIVEN:
        _take_name(context, "course", course)
        url = context.reading.blocks[course.block].link() if course.block is not None else None
        context.fields["course"] = {"title": course.text, "url": url}
    if other is not None and term is not None:
        said = f'its {other.place} says "{other.value}"'
        message = f'the page\'s term is "{term.text}", but {said}'
        note = Note("evidence-differs", message, term.block, field="term", value=term.text, signs=(said,))
        context.notes.append(note)
    context.notes += head.notes


def _take_name(context: KeyTermContext, field: str, name: Name) -> RichText:
    """Claim a name, and what its title says around it."""
    if name.inferred:
        context.inferred.append(field)
    if name.block is None:
        return RichText.plain(name.text)
    reading, length = context.reading, len(context.reading.blocks[name.block].text)
    end = name.end if name.end is not None else length
    whole = name.start == 0 and end == length
    block, piece = reading.piece(name.block, name.start, None if whole else end)
    reading.ledger.claim_pieces([(block, piece)], field)
    if not name.is_part:
        reading.ledger.claim_spans([(block, 0, name.start), (block, end, length)], "title's words")
    return name_text(piece)


def _claim_around(context: KeyTermContext, headline: Headline) -> None:
    """Claim what a headline says between its names and behind them."""
    block, between, behind = headline.block, headline.term[1], headline.course[1]
    length = len(context.reading.blocks[block].text)
    context.reading.ledger.claim_spans([(block, between, headline.course[0]), (block, behind, length)], "title's words")


def _claim_headings(context: KeyTermContext) -> None:
    """Claim the headings of known sections, and the layout's own words wherever they stand."""
    reading, ledger = context.reading, context.reading.ledger
    for section in context.outline.sections:
        known = [section.heading] if section.heading is not None and section.name != UNKNOWN else []
        for index in (*known, *section.subheadings):
            if ledger.is_free(index):
                ledger.claim_boilerplate(index, "heading")
    for index, label in enumerate(reading.labels):
        if label is not None and label.kind in ("label", "boilerplate") and ledger.is_free(index):
            ledger.claim_boilerplate(index, "label" if label.kind == "label" else label.name)


def _claim_leftovers(context: KeyTermContext, head: Head, headline: Headline | None) -> None:
    names = [name for name in (head.term, head.course) if name is not None]
    first, last = extent_of(context.reading, context.outline)
    if headline is not None and last is not None:
        last = max(last, last_sentence(context.reading))  # such pages have text under headings of their own
    claim_related_guides(context.reading, context.outline)
    begins = [first, *(name.block for name in names)]
    claim_leftovers(
        context.reading,
        context.outline,
        names=tuple(name.text for name in names),
        first=min((index for index in begins if index is not None), default=None),
        last=last,
    )
