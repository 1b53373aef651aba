"""What no field claimed: known boilerplate by its words, its place or its repetition; the rest stays unclaimed."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.blocks import Block
from pipeline.layouts.reading.frames import innermost
from pipeline.layouts.reading.outline import Outline
from pipeline.layouts.reading.page import Reading
from pipeline.layouts.reading.patterns import comparable
from pipeline.records import normalise

__all__ = ["claim_leftovers", "is_address"]

_REGION_RULES: Final = {
    "header": "site header", "nav": "navigation", "aside": "sidebar", "footer": "footer", "dialog": "dialog",
    "note": "note beside the text",
}  # fmt: skip
_SHORT: Final = 60  # characters of a line that may be a word of the site, not a sentence
_FEW_WORDS: Final = 5
_BUTTON_WORDS: Final = 6  # a button that says more is no call to action: a question that unfolds its answer
_LINKS_IN_A_ROW: Final = 3
_ADDRESS: Final = re.compile(r"<?https?://\S+>?")
# What a browser prints around a page: "11/25/25, 9:41 AM", "1/2", "Page 1 of 2".
_PRINTED: Final = re.compile(
    r"(?:page\s*)?\d{1,4}\s*(?:/|of)\s*\d{1,4}|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+\d{1,2}:\d\d.{0,60}", re.IGNORECASE
)


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
    place = _Place(
        known,
        claimed,
        frozenset(outline.outside),
        frozenset(outline.hidden),
        frozenset(_link_chains(reading)),
        first,
        last,
        outline.end,
    )
    for index, block in enumerate(reading.blocks):
        if block.text and reading.ledger.is_free(index) and (rule := _rule(reading, index, place)):
            reading.ledger.claim_boilerplate(index, rule)


@dataclass(frozen=True, slots=True)
class _Place:
    """What a page's leftovers are judged by."""

    known: set[str]  # the page's own names
    claimed: set[str]  # texts of blocks that a field owns
    outside: frozenset[int]
    hidden: frozenset[int]
    chained: frozenset[int]
    first: int | None
    last: int | None
    end: int | None  # the block with which another page begins: none of its text is this page's furniture


def _folds(reading: Reading, index: int) -> bool:
    """Say whether a hidden block is what the button before it unfolds: that button says a sentence, not what to do."""
    before = index - 1
    while before >= 0 and reading.blocks[before].hidden and reading.blocks[before].kind != "button":
        before -= 1
    return before >= 0 and reading.blocks[before].kind == "button" and not _is_action(reading, before)


def _is_action(reading: Reading, button: int) -> bool:
    """Say whether a button tells what to do: few words, and no question that unfolds its answer."""
    words, follows = reading.blocks[button].text, reading.blocks[button + 1 : button + 2]
    return len(words.split()) <= _BUTTON_WORDS and not (words.endswith("?") and any(block.hidden for block in follows))


def _rule(reading: Reading, index: int, place: _Place) -> str | None:
    """Return the boilerplate rule of a free block: by its words first, then by its place, then by its form."""
    block, label = reading.blocks[index], reading.labels[index]
    if index in place.hidden and not _folds(reading, index):
        return "hidden"
    if label is not None and label.kind == "value":
        return None  # what is marked as a field and is none has to be told
    if label is not None and label.kind != "notice":
        return label.name if label.kind == "boilerplate" else "heading"
    if found := reading.shell_rule(index):
        return found
    if block.region == "aside" and not block.hidden and _says_something(block):
        return None  # a box beside the text, or above it, that may be part of it: what it says has to be told
    if index in place.outside and block.region in _REGION_RULES:
        return _REGION_RULES[block.region]
    text = comparable(block.spaced)
    if normalise(text) in place.known or normalise(block.text) in place.claimed:
        return "repeated"
    if place.known and _is_breadcrumb(text, place.known):
        return "breadcrumb"
    return _by_form(reading, index, place) if place.end is None or index < place.end else None


def _by_form(reading: Reading, index: int, place: _Place) -> str | None:
    block = reading.blocks[index]
    if block.kind == "button" and _is_action(reading, index):
        return "button"
    if is_address(block.text):
        return "address"
    if index in place.chained or (block.is_link and len(block.seams) >= _LINKS_IN_A_ROW - 1):
        return "navigation"
    is_around = (place.first is not None and index < place.first) or (place.last is not None and index > place.last)
    if is_around and _PRINTED.fullmatch(block.text.strip()):
        return "page number"
    if place.first is not None and index < place.first and _is_short(block.text):
        return "site shell"
    if place.last is not None and index > place.last and _is_short(block.text) and not _goes_on(reading, index):
        return "footer"
    return None


def _says_something(block: Block) -> bool:
    """Say whether a block is a sentence of some length, without links: no menu, no call to action."""
    linked = any(mark.tag == "a" for run in block.runs for mark in run.marks)
    return not linked and len(block.text.split()) > _BUTTON_WORDS and block.text.rstrip().endswith((".", "!", "?"))


def _goes_on(reading: Reading, index: int) -> bool:
    """Say whether a line goes on with what a field has: an item of its list, or a pair right behind it."""
    before = next((n for n in range(index - 1, -1, -1) if reading.blocks[n].text), None)
    if before is None:
        return False
    owners = reading.ledger.owners(before)
    is_field = bool(owners) and not owners[0][2].startswith("[")
    block, listed = reading.blocks[index], innermost(reading.blocks[index], "ul", "ol", "dl")
    is_listed = listed is not None and listed == innermost(reading.blocks[before], "ul", "ol", "dl")
    return (is_field or reading.ledger.is_free(before)) and (is_listed or (is_field and ": " in block.text))


def is_address(text: str) -> bool:
    """Say whether a text is nothing but a web address."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def _is_short(text: str) -> bool:
    return (
        len(text) <= _SHORT
        and len(text.split()) <= _FEW_WORDS
        and not text.rstrip().endswith((".", ";", "!", "?", ":"))
    )


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
    """Return the blocks of three or more in a row that are nothing but links, a block each: a menu."""
    chained: set[int] = set()
    row: list[int] = []
    for index, block in enumerate([*reading.blocks, None]):
        if block is not None and not block.text:
            continue
        if block is not None and block.is_link and len(block.text) <= _SHORT:
            row.append(index)
            continue
        if len(row) >= _LINKS_IN_A_ROW and not _are_cards([reading.blocks[n].link() for n in row]):
            chained |= set(row)
        row = []
    return chained


def _are_cards(addresses: Sequence[str | None]) -> bool:
    """Say whether each link in a row holds several blocks: a name, and what is said of it."""
    holds = Counter(addresses)
    return not any(address is None or address.startswith("#") or count == 1 for address, count in holds.items())
