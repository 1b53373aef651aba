"""What no field claimed: known boilerplate by its words, its place or its repetition; the rest stays unclaimed."""

from typing import Final

from pipeline.layouts.outline import Outline
from pipeline.layouts.patterns import comparable
from pipeline.layouts.reading import Reading
from pipeline.records import normalise

__all__ = ["claim_leftovers"]

_REGION_RULES: Final = {
    "header": "site header", "nav": "navigation", "aside": "sidebar", "footer": "footer", "dialog": "dialog",
}  # fmt: skip
_SHORT: Final = 60  # characters of a line that may be a word of the site, not a sentence
_LINKS_IN_A_ROW: Final = 3


def claim_leftovers(
    reading: Reading, outline: Outline, *, names: tuple[str, ...], first: int | None, last: int | None
) -> None:
    """Claim by name what is no content. `names` are the page's own names, repeated in breadcrumbs and side bars.

    `first` and `last` are the blocks between which the content stands.
    """
    known = {normalise(comparable(name)) for name in names if name}
    claimed = {
        normalise(block.text)
        for index, block in enumerate(reading.blocks)
        if block.text and reading.ledger.owners(index)[:1] and not reading.ledger.owners(index)[0][2].startswith("[")
    }
    outside, hidden = set(outline.outside), set(outline.hidden)
    chained = _link_chains(reading)
    for index, block in enumerate(reading.blocks):
        if not block.text or not reading.ledger.is_free(index):
            continue
        label = reading.labels[index]
        text = comparable(block.spaced)
        rule: str | None = None
        if index in hidden:
            rule = "hidden"
        elif label is not None and label.kind == "boilerplate":
            rule = label.name
        elif label is not None and label.kind in ("heading", "label"):
            rule = "heading"
        elif found := reading.shell_rule(index):
            rule = found
        elif index in outside and block.region in _REGION_RULES:
            rule = _REGION_RULES[block.region]
        elif normalise(text) in known or normalise(block.text) in claimed:
            rule = "repeated"
        elif known and _is_breadcrumb(text, known):
            rule = "breadcrumb"
        elif block.kind == "button":
            rule = "button"
        elif (block.is_link and len(block.seams) >= _LINKS_IN_A_ROW - 1) or index in chained:
            rule = "navigation"
        elif first is not None and index < first and _is_short(block.text):
            rule = "site shell"
        elif last is not None and index > last and _is_short(block.text):
            rule = "footer"
        if rule:
            reading.ledger.claim_boilerplate(index, rule)


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT and not text.rstrip().endswith((".", ";")) and len(text.split()) <= 8


def _is_breadcrumb(text: str, known: set[str]) -> bool:
    """Say whether a line is made of names that the page has anyway, and of the signs between them."""
    parts = [part.strip() for part in _split(text)]
    parts = [normalise(part) for part in parts if part]
    words = {
        "home",
        "key terms",
        "all key terms",
        "subjects",
        "all subjects",
        "library",
        "fiveable",
        "courses",
        "glossary",
    }
    return len(parts) > 1 and all(part in known or part in words for part in parts)


def _split(text: str) -> list[str]:
    for sign in ">›»/|→•·":
        text = text.replace(sign, "\n")
    return text.split("\n")


def _link_chains(reading: Reading) -> set[int]:
    """Return the blocks of three or more in a row that are nothing but links: a menu."""
    chained: set[int] = set()
    row: list[int] = []
    for index, block in enumerate([*reading.blocks, None]):
        if block is not None and not block.text:
            continue
        if block is not None and block.is_link and len(block.text) <= _SHORT:
            row.append(index)
            continue
        if len(row) >= _LINKS_IN_A_ROW:
            chained |= set(row)
        row = []
    return chained
