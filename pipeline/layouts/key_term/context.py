"""A key-term page while its draft is made, and the blocks of its sections that are still to be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.layouts.fields import PageContext
from pipeline.layouts.reading import GAP, UNKNOWN, Outline, Reading, Section, depth_of, is_inside
from pipeline.records import normalise

__all__ = ["KeyTermContext", "claim_repeated", "content_of", "pass_on"]


@dataclass(slots=True, kw_only=True)
class KeyTermContext(PageContext):
    """A key-term page, and its sections."""

    outline: Outline


def content_of(context: KeyTermContext, section: Section) -> list[int]:
    """Return a section's blocks that are still free, without the site's words at the end of the page."""
    reading = context.reading
    free = [index for index in section.blocks if _is_content(reading, section, index)]
    while free and reading.shell_rule(free[-1]) is not None and not is_inside(reading.blocks[free[-1]], "li"):
        is_inner = len(free) > 1 and depth_of(reading.blocks[free[-1]]) >= depth_of(reading.blocks[free[0]])
        if section.name == "definition" or (is_inner and not _is_last(context, section)):
            break
        free.pop()
    while free and reading.blocks[free[0]].kind == "button" and reading.shell_rule(free[0]) is not None:
        free.pop(0)  # a button in the heading: "Copy link"
    return free


def _is_content(reading: Reading, section: Section, index: int) -> bool:
    """Say whether a block is free and has text, or is a picture where one may stand for itself."""
    block = reading.blocks[index]
    is_free = reading.labels[index] is None and reading.ledger.is_free(index)
    return is_free and (bool(block.text) or section.name == "definition" or is_inside(block, "li"))


def _is_last(context: KeyTermContext, section: Section) -> bool:
    sections = context.outline.sections
    after = sections[sections.index(section) + 1 :]
    return section.name == "also_found_in" or all(other.name in (GAP, UNKNOWN) for other in after)


def claim_repeated(reading: Reading, blocks: Iterable[int]) -> None:
    """Claim the blocks that say again what was read, or what is known as no content."""
    told = {normalise(block.text) for index, block in enumerate(reading.blocks) if not reading.ledger.is_free(index)}
    for index in blocks:
        if normalise(reading.blocks[index].text) in told:
            reading.ledger.claim_boilerplate(index, "repeated")


def pass_on(context: KeyTermContext, section: Section, left: Sequence[int]) -> None:
    """Make a section of its own of what stood behind a section's items: the next heading may be lost."""
    sections = context.outline.sections
    if left and any(other is section for other in sections):
        section.blocks = [index for index in section.blocks if index not in left]
        sections.insert(sections.index(section) + 1, Section(GAP, None, list(left)))
