"""Where another page begins in the same file: two saved pages, or one twice, put one behind the other."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.layouts.reading.labels import Label
from pipeline.layouts.reading.page import Reading

__all__ = ["second_page_of"]

_FIELDS: Final = frozenset(("definition", "facts", "questions", "related_terms", "also_found_in"))


def second_page_of(reading: Reading) -> int | None:
    """Return the block with which a second term's page begins, or None.

    It has a class, and a definition, of its own, and what is before it is whole: a definition and another section.
    """
    labels = reading.labels
    classes = [
        index
        for index, label in enumerate(labels)
        if label is not None and label.kind == "label" and label.is_sure and _is_seen(reading, index)
    ]
    for first, second in pairwise(classes):
        before, after = _fields(labels[first:second]), _fields(labels[second:])
        if "definition" in before and len(before) > 1 and "definition" in after:
            return _beginning(reading, first, second)
    return None


def _is_seen(reading: Reading, index: int) -> bool:
    return reading.blocks[index].region == "main" and not reading.blocks[index].hidden


def _fields(labels: Sequence[Label | None]) -> set[str]:
    """Return the fields that headings announce; the congratulation ends a definition without one."""
    found = {label.name for label in labels if label is not None and label.kind == "heading"} & _FIELDS
    return found | {
        "definition" for label in labels if label is not None and label.kind == "boilerplate" and "term" in label.groups
    }


def _beginning(reading: Reading, first: int, label: int) -> int:
    """Return where the page begins whose class stands at `label`: behind the last notice, else over its term."""
    notices = [n for n in range(first, label) if (said := reading.labels[n]) is not None and said.kind == "notice"]
    if notices:
        return notices[-1] + 1
    start = label
    above = [n for n in range(first, label) if reading.blocks[n].text]
    if above and reading.labels[above[-1]] is None:
        start = above.pop()
    while above and (said := reading.labels[above[-1]]) is not None and said.kind == "boilerplate":
        start = above.pop()
    return start
