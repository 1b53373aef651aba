"""What a key-term page's file has besides its content: advertisements, repetitions, another page."""

from collections.abc import Sequence
from typing import Final

from pipeline.layouts.lists import Item
from pipeline.layouts.reading import UNKNOWN, Note, Outline, Reading, is_address
from pipeline.records import normalise

__all__ = [
    "claim_related_guides",
    "extent_of",
    "last_sentence",
    "second_page_notes",
    "without_ads",
    "without_repetition",
]

_SHORTEST_REPEATED: Final = 20
_SENTENCE_ENDS: Final = (".", "!", "?")
_RELATED_GUIDES: Final = "related guides"  # the rule that knows the heading over links to other pages


def extent_of(reading: Reading, outline: Outline) -> tuple[int | None, int | None]:
    """Return the blocks between which the content stands: outside of them, short lines are the site's."""
    content = [index for section in outline.sections for index in section.blocks if not reading.ledger.is_free(index)]
    headings = [section.heading for section in outline.sections if section.heading is not None]
    last = max([*content, *headings], default=None)
    for section in outline.named("also_found_in"):
        # Names of classes in a form that is not known are no words of the site, however short: they are reported.
        for index in section.blocks if section.counted is None else ():
            text = reading.blocks[index].text
            if reading.labels[index] is not None or reading.shell_rule(index) is not None or is_address(text):
                break
            last = index if last is None else max(last, index)
    return min(content, default=None), last


def last_sentence(reading: Reading) -> int:
    """Return the last block of the page's own text that ends as a sentence does; -1 if none does."""
    ends = (
        n for n, block in enumerate(reading.blocks) if block.region == "main" and block.text.endswith(_SENTENCE_ENDS)
    )
    return max(ends, default=-1)


def claim_related_guides(reading: Reading, outline: Outline) -> None:
    """Claim the links to other pages, with the heading over them."""
    for section in outline.named(UNKNOWN):
        if section.heading is None or reading.shell_rule(section.heading) != _RELATED_GUIDES:
            continue
        for index in (section.heading, *section.blocks):
            block = reading.blocks[index]
            if reading.ledger.is_free(index) and (index == section.heading or block.is_link):
                reading.ledger.claim_boilerplate(index, _RELATED_GUIDES)


def second_page_notes(reading: Reading, outline: Outline) -> list[Note]:
    """Return what is to be said of another page in the same file; nothing if it says the same again."""
    end = outline.end
    if end is None or all(index < end for index, _ in reading.ledger.unclaimed()):
        return []
    message = "another page begins here in the same file: only the first one was read"
    return [Note("second-page", message, end, "cut the file in two")]


def without_ads(reading: Reading, items: list[Item], counted: int | None) -> list[Item]:
    """Return items without those that are words of the site, if the page's own count says that they are none."""
    ads = [item for item in items if len(item.pieces) == 1 and _is_word_of_site(reading, item.pieces[0][0])]
    if counted is None or len(items) - len(ads) != counted:
        return items
    for item in ads:
        reading.ledger.claim_boilerplate(item.pieces[0][0], "advertisement")
    return [item for item in items if item not in ads]


def _is_word_of_site(reading: Reading, index: int) -> bool:
    return reading.shell_rule(index) is not None or reading.patterns.boilerplate.match(reading.text(index)) is not None


def without_repetition(reading: Reading, blocks: list[int]) -> Sequence[int]:
    """Return blocks without a second half that says the first again: one for narrow, one for wide screens."""
    texts = [normalise(reading.blocks[index].text) for index in blocks]
    half = len(blocks) // 2
    if len(blocks) % 2 or texts[:half] != texts[half:] or len("".join(texts)) < 2 * _SHORTEST_REPEATED:
        return blocks
    for index in blocks[half:]:
        reading.ledger.claim_boilerplate(index, "repeated")
    return blocks[:half]
