"""Which section each block stands in: the outline that a page's headings give."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pipeline.blocks import frames_of
from pipeline.layouts.reading.frames import depth_of, shared_frame
from pipeline.layouts.reading.headings import FIELDS
from pipeline.layouts.reading.labels import Label
from pipeline.layouts.reading.page import Reading

__all__ = ["GAP", "UNKNOWN", "Outline", "Section", "outline_of"]

GAP: Final = "|"  # the name of a section without a heading, behind another one
UNKNOWN: Final = "?"  # and of one under a heading that no field knows


@dataclass(slots=True)
class Section:
    """What stands under one heading. `name` is the field, GAP or UNKNOWN; "" before the first heading."""

    name: str
    heading: int | None = None  # number of its block
    blocks: list[int] = field(default_factory=list)
    counted: int | None = None  # the number that the page gives of its items
    subheadings: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A page's sections in order, its notices, furniture, and what stands outside of the content."""

    sections: list[Section]
    notices: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)  # in a header, footer, navigation, aside or dialog
    hidden: list[int] = field(default_factory=list)
    end: int | None = None  # the block with which another page begins
    levels: frozenset[int] = frozenset()  # of the headings over the fields

    def named(self, name: str) -> list[Section]:
        """Return the sections of that name."""
        return [section for section in self.sections if section.name == name]


def outline_of(reading: Reading, *, ends: Sequence[str] = ("congratulation", "call to action")) -> Outline:
    """Return the outline of a page. `ends` are boilerplate rules after which the definition is over."""
    outline = Outline([Section("")], end=_second_page(reading), levels=_levels(reading))
    seen = {
        label.name for block, label in zip(reading.blocks, reading.labels, strict=True) if label and not block.hidden
    }
    own = reading.blocks[: outline.end]
    decoy = False  # within hidden blocks under a hidden heading that the page shows elsewhere
    for index, (block, label) in enumerate(zip(own, reading.labels, strict=False)):
        current = outline.sections[-1]
        is_heading = label is not None and label.kind == "heading"
        decoy = block.hidden and (decoy or (label is not None and is_heading and label.name in seen))
        if decoy:
            outline.hidden.append(index)
        elif label is None and _continues_notice(reading, outline, index):
            outline.notices.append(index)
        elif label is None:
            _place_unknown(reading, outline, index)
        elif label.kind == "notice":
            outline.notices.append(index)
        elif label.kind == "heading":
            _open_section(reading, outline, index, label)
        elif label.kind == "label":
            current.blocks.append(index)
        elif label.name in ends and current.name in ("definition", ""):
            outline.sections.append(Section(GAP))
    for section in list(outline.sections):
        _end_with_container(reading, outline, section)
    return outline


def _place_unknown(reading: Reading, outline: Outline, index: int) -> None:
    """Put a block that no word of the layout names where it belongs."""
    current = outline.sections[-1]
    if _is_outside(reading, index, current):
        outline.outside.append(index)
    elif reading.blocks[index].hidden and not _hidden_belongs(reading, current):
        outline.hidden.append(index)
    elif _opens_unknown(reading, index, current, outline.levels):
        outline.sections.append(Section(UNKNOWN, index))
    else:
        current.blocks.append(index)


def _continues_notice(reading: Reading, outline: Outline, index: int) -> bool:
    """Say whether a block goes on with the sentence of the notice right before it: the page was wrapped there."""
    if index - 1 not in outline.notices:
        return False
    before, text = reading.blocks[index - 1].text.rstrip(), reading.blocks[index].text
    return text[:1].islower() and not before.endswith((".", "!", "?", ":"))


def _open_section(reading: Reading, outline: Outline, index: int, label: Label) -> None:
    """Begin the section of a known heading."""
    current = outline.sections[-1]
    number = label.counted
    if label.name == "subjects":
        if number is None and current.name != "also_found_in":
            current.blocks.append(index)  # a menu's word
        else:
            _subjects(outline, index, number)
        return
    section = Section(label.name, index, counted=number)
    lone = current.blocks[-1] if current.blocks else None
    if number is None and lone == index - 1 and reading.blocks[lone].text.isdigit() and label.name == "facts":
        # `5` in a box of its own, before "Must Know Facts".
        section.subheadings.append(current.blocks.pop())
        section.counted = int(reading.blocks[lone].text)
    outline.sections.append(section)


def _end_with_container(reading: Reading, outline: Outline, section: Section) -> None:
    """End a section where the container ends that holds its heading and its first block.

    Not where what follows is marked up like what is inside: then the page has lost or closed a tag too much.
    """
    content = [index for index in section.blocks if reading.blocks[index].text]
    if section.heading is None or section.name == UNKNOWN or not content:
        return
    container = shared_frame(reading.blocks[section.heading], reading.blocks[content[0]])
    if container is None:
        return
    inside = [index for index in section.blocks if container in frames_of(reading.blocks[index].frame)]
    looks = {_look(reading, index) for index in inside}
    for position, index in enumerate(section.blocks):
        if index not in inside and _look(reading, index) not in looks:
            rest = section.blocks[position:]
            section.blocks = section.blocks[:position]
            outline.sections.insert(outline.sections.index(section) + 1, Section(GAP, None, rest))
            return


def _look(reading: Reading, index: int) -> tuple[str, str, int]:
    block = reading.blocks[index]
    return block.kind, block.shape, depth_of(block)


def _subjects(outline: Outline, index: int, number: int | None) -> None:
    """`Subjects (3)` stands within “X” also found in, or for it."""
    current = outline.sections[-1]
    if current.name == "also_found_in":
        current.subheadings.append(index)
        current.counted = number if current.counted is None else current.counted
    else:
        outline.sections.append(Section("also_found_in", index, counted=number))


def _is_outside(reading: Reading, index: int, current: Section) -> bool:
    region = reading.blocks[index].region
    if region == "main":
        return False
    return current.heading is None or reading.blocks[current.heading].region != region


def _hidden_belongs(reading: Reading, current: Section) -> bool:
    """An answer may be folded away; and where the heading is hidden too, the page was saved that way."""
    return current.name == "questions" or (current.heading is not None and reading.blocks[current.heading].hidden)


def _levels(reading: Reading) -> frozenset[int]:
    return frozenset(
        block.level
        for block, label in zip(reading.blocks, reading.labels, strict=True)
        if block.kind == "heading" and label is not None and label.kind == "heading" and label.name != "subjects"
    )


def _opens_unknown(reading: Reading, index: int, current: Section, levels: frozenset[int]) -> bool:
    """Say whether a block is a heading of its own, no deeper than the section's, that no field knows."""
    block = reading.blocks[index]
    if block.kind != "heading" or current.name == "":
        return False
    asks = block.text.rstrip().endswith("?")
    if current.name == GAP:
        return block.level in levels and not asks
    if current.heading is None or (current.name == "questions" and asks):
        return False
    heading = reading.blocks[current.heading]
    return heading.kind == "heading" and block.level <= heading.level


def _second_page(reading: Reading) -> int | None:
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
    found = {label.name for label in labels if label is not None and label.kind == "heading"} & set(FIELDS)
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
