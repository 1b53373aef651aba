"""The labels of a study guide's blocks: where a word of the layout is a word of the text, and where one of its contents."""

from collections.abc import Iterator
from typing import Final

from pipeline.blocks import frames_of
from pipeline.layouts.reading import Label, Reading
from pipeline.records import normalise

__all__ = ["guide_labels"]

_PROSE: Final = 160  # characters of a block that is part of the text
_CONTENTS: Final = "table of contents"
# Headings that a section may have as well: of objectives only above the text, of words only if no other heading is.
_DOUBTFUL: Final = {
    "objectives": frozenset(("goals", "key skills", "essential knowledge")),
    "vocabulary": frozenset(("definitions",)),
}


def guide_labels(reading: Reading) -> tuple[Label | None, ...]:
    """Return a guide's labels: none for a word in a table or a list, or for a section that is called like a field."""
    labels = [_label(reading, index) for index in range(len(reading.blocks))]
    for index in _contents(reading, labels):
        labels[index] = Label("boilerplate", _CONTENTS, {})
    return tuple(labels)


def _label(reading: Reading, index: int) -> Label | None:
    """Return a block's label, unless it only looks like a heading or furniture."""
    block, label = reading.blocks[index], reading.labels[index]
    if label is None or _is_section(reading, index, label):
        return None
    if block.kind == "heading":
        return label
    tags = {frame.tag for frame in frames_of(block.frame)}
    in_table = bool(tags & {"td", "th", "dt", "dd"}) and label.kind != "label"
    return None if in_table or ("li" in tags and label.kind == "heading") else label


def _is_section(reading: Reading, index: int, label: Label) -> bool:
    """Say whether a heading that may be a field's or a section's is a section's."""
    if normalise(reading.text(index)) not in _DOUBTFUL.get(label.name, ()):
        return False
    if label.name == "vocabulary":
        others = (other for number, other in enumerate(reading.labels) if number != index)
        return any(other is not None and (other.kind, other.name) == ("heading", label.name) for other in others)
    return _has_prose_above(reading, index)


def _has_prose_above(reading: Reading, index: int) -> bool:
    return any(
        len(block.text) >= _PROSE and block.kind != "heading" and label is None
        for block, label in zip(reading.blocks[:index], reading.labels[:index], strict=True)
    )


def _contents(reading: Reading, labels: list[Label | None]) -> Iterator[int]:
    """Yield the lines of a table of contents: below "On this page" those that stand again further down.

    An extraction may keep of it only "Frequently Asked Questions", above the text: where the same heading stands
    again further down, the first is none.
    """
    last: dict[str, int] = {}
    for index, block in enumerate(reading.blocks):
        if block.text:
            last[normalise(block.text)] = index
    below = False
    for index, block in enumerate(reading.blocks):
        if not block.text:
            continue
        label = labels[index]
        again = last[normalise(block.text)] > index
        if label is not None and (label.kind, label.name) == ("boilerplate", _CONTENTS):
            below = True
        elif below and again and block.kind != "heading":
            yield index
        else:
            below = False
            is_line = label is not None and label.kind == "heading" and block.line is not None
            if is_line and again and not _has_prose_above(reading, index):
                yield index
