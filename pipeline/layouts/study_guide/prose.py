"""The text of a study guide: its lead and its sections."""

from collections.abc import Sequence
from typing import Any, Final

from pipeline.blocks import Block, Frame, rich_text
from pipeline.layouts.fields import name_text
from pipeline.layouts.reading import Note, Reading
from pipeline.layouts.study_guide.context import GuideContext
from pipeline.layouts.study_guide.parts import LEAD, SECTION
from pipeline.records import RichText

__all__ = ["take_prose"]

_TOP: Final = 2  # the level of the first section, whatever the page's own first level is
_DEEPEST: Final = 6
_SHOWN: Final = 60  # characters of a text in a message


def take_prose(context: GuideContext) -> None:
    """Read the lead and the sections; text behind a list without a heading belongs to the section above it."""
    parts = context.outline.parts
    top = min((part.level for part in parts if part.name == SECTION and part.heading is not None), default=_TOP)
    lead: list[int] = []
    sections: list[tuple[int, int, list[int]]] = []  # heading, level, blocks
    for part in parts:
        if part.name == LEAD:
            (sections[-1][2] if sections else lead).extend(part.blocks)
        elif part.name == SECTION and part.heading is not None:
            sections.append((part.heading, min(_TOP + part.level - top, _DEEPEST), list(part.blocks)))
    boxed = [
        (field, n) for field, blocks in [("lead", lead), *(("sections", one[2]) for one in sections)] for n in blocks
    ]
    context.notes += [
        Note(
            "note-in-text",
            f"a note in a box was read as part of the text: {_short(context.reading.blocks[n])}",
            n,
            field=field,
        )
        for field, n in boxed
        if context.reading.blocks[n].region == "note" and context.reading.blocks[n].text
    ]
    context.fields["lead"] = _take_body(context.reading, "lead", lead, None) if lead else None
    context.fields["sections"] = [_take_section(context.reading, *section) for section in sections]
    if any(part.inferred for part in parts if part.name == SECTION):
        context.inferred.append("sections")


def _short(block: Block) -> str:
    return repr(block.text if len(block.text) <= _SHOWN else f"{block.text[:_SHOWN]}…")


def _take_section(reading: Reading, heading: int, level: int, blocks: Sequence[int]) -> dict[str, Any]:
    index, piece = reading.piece(heading)
    reading.ledger.claim(index, "sections")
    body = _take_body(reading, "sections", blocks, piece.block.frame)
    return {"level": level, "heading": name_text(piece), "body": body}


def _take_body(reading: Reading, field: str, blocks: Sequence[int], frame: Frame | None) -> RichText:
    pieces = [reading.piece(index) for index in blocks if reading.ledger.is_free(index)]
    reading.ledger.claim_pieces(pieces, field)
    return rich_text([piece for _, piece in pieces], below=frame or Frame("div"))
