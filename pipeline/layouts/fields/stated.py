"""Fields that a layout reads outright: behind their label, from a selected element, or at another place of the page."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from pipeline.blocks import Piece
from pipeline.config import LayoutSpec, fields_of
from pipeline.layouts.fields.texts import prose_text
from pipeline.layouts.reading import Origin, Reading, link_of, witnesses
from pipeline.records import LABELLED, RichText

__all__ = ["Reads", "stated_fields", "unit_of", "unstated_fields"]

# How a kind makes a field's value of a text; None if the text is none of the kind.
Reads = Mapping[str, Callable[[str], Any]]
_RICH: Final = ("definition", "lead")
_NAMES: Final = ("term", "title")  # a page's own name is read with what stands around it
_UNIT: Final = re.compile(r"(?:[^\W\d_]+[\s_-]*)?(?P<number>\d{1,3})(?:\s*[–—:|·.-]\s*(?P<title>\S.*))?", re.DOTALL)


def stated_fields(reading: Reading, spec: LayoutSpec, reads: Reads) -> dict[str, Any]:
    """Claim and return the fields that stand behind a label or in an element that a selector marked.

    They go before what a grammar makes out. Of several lines with one label the first counts.
    """
    fields: dict[str, Any] = {}
    for field in dict.fromkeys((*fields_of(spec.kind, "select"), *LABELLED[spec.kind])):
        blocks = reading.stated(field)
        if blocks and field not in _NAMES:
            value = _from_blocks(reading, field, blocks, reads)
            if value:
                fields[field] = value
                for index in blocks:
                    reading.ledger.claim(index, field)
        elif (text := reading.page.said.get(field)) and (value := _from_text(field, text, reads)):
            fields[field] = value
    return fields


def unstated_fields(reading: Reading, spec: LayoutSpec, origin: Origin, reads: Reads) -> dict[str, Any]:
    """Return what a layout gives for fields that the page itself does not say: from other places, or a constant."""
    fields: dict[str, Any] = {}
    for field in spec.evidence:
        for witness in witnesses(reading, spec, field, origin):
            if witness.alone and witness.is_evidence and (value := _from_text(field, witness.title, reads)):
                fields.setdefault(field, value)
    for field, given in (("course", spec.course), ("unit", spec.unit)):
        if given is not None and field in fields_of(spec.kind, "select") and field not in origin.given:
            fields.setdefault(field, _from_text(field, str(given), reads))
    return fields


def _from_blocks(reading: Reading, field: str, blocks: Sequence[int], reads: Reads) -> Any:
    pieces = [reading.piece(index) for index in blocks]
    if field in _RICH and reading.blocks[blocks[0]].field:
        return prose_text(pieces)
    label = reading.labels[blocks[0]]
    texts = [" ".join(reading.blocks[index].spaced.split()) for index in blocks]
    text = (label.groups.get("value") if label is not None and not reading.blocks[blocks[0]].field else None) or (
        ", ".join(texts) if field == "authors" else texts[0]
    )
    return _from_text(field, text, reads, pieces[0][1])


def _from_text(field: str, text: str, reads: Reads, piece: Piece | None = None) -> Any:
    if field == "course":
        return {"title": text, "url": link_of(piece) if piece is not None else None}
    if field in reads:
        return reads[field](text)
    return RichText.plain(text) if field in (*_RICH, *_NAMES) else text


def unit_of(text: str) -> dict[str, Any] | None:
    """Return the unit in "Unit 3: Cells", "week-2" or "3"; of a text without such a number, a unit of that title."""
    plain = " ".join(text.split())
    found = _UNIT.fullmatch(plain)
    if found is None:
        return {"number": None, "title": plain} if plain else None
    return {"number": int(found["number"]), "title": found["title"]}
