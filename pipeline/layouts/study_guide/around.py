"""What a site puts above and into a guide's text, and the layout's words alone do not tell: sales, and names again."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.layouts.lists import says_property
from pipeline.layouts.reading import Label, Reading, is_inside
from pipeline.layouts.study_guide.wording import is_title_case

__all__ = ["property_lines", "sales_lines", "unit_lines_below"]

_PROMPT: Final = "print prompt"  # with what the sales text of a page begins
_LONGEST_PITCH: Final = 160  # characters of one of its lines
_FEWEST: Final = 2  # lines that are sales text together; one alone may be the text's first heading
_ENDS: Final = (".", "!", "?", ":")


def sales_lines(reading: Reading, labels: Sequence[Label | None]) -> Iterator[int]:
    """Yield the lines between "Upgrade your … account to print …" and the text, of which none is a sentence's end.

    Right above the text, a line in title case stays: it is a heading.
    """
    start = next((n for n, label in enumerate(labels) if label is not None and label.name == _PROMPT), None)
    if start is None or any(_is_text(reading, n) for n in range(start)):
        return
    pitch: list[int] = []
    for index in range(start + 1, len(reading.blocks)):
        block, label = reading.blocks[index], labels[index]
        if not block.text or (label is not None and label.kind == "boilerplate"):
            continue
        if label is not None or not _is_pitch(reading, index):
            break
        pitch.append(index)
    if pitch and is_title_case(reading.blocks[pitch[-1]].text):
        pitch.pop()
    if len(pitch) >= _FEWEST:
        yield from pitch


def property_lines(reading: Reading, labels: Sequence[Label | None]) -> Iterator[int]:
    """Yield the lines right below the title that say something of the page, as Notion's Markdown has them: "Week: 3".

    One line alone may be the text's own.
    """
    title = next((n for n, block in enumerate(reading.blocks) if block.kind == "heading"), None)
    run: list[int] = []
    for index in range(title + 1 if title is not None else 0, len(reading.blocks)):
        block = reading.blocks[index]
        if block.kind != "paragraph" or is_inside(block, "li", "td", "dd") or not says_property(block.text):
            break
        run.append(index)
    if len(run) >= _FEWEST:
        yield from (index for index in run if labels[index] is None)


def _is_text(reading: Reading, index: int) -> bool:
    block = reading.blocks[index]
    return block.region == "main" and block.text.endswith(".") and reading.labels[index] is None


def _is_pitch(reading: Reading, index: int) -> bool:
    block = reading.blocks[index]
    return (
        block.kind == "paragraph"
        and len(block.text) < _LONGEST_PITCH
        and not block.text.endswith(_ENDS)
        and not is_inside(block, "li", "td", "dd")
    )


def unit_lines_below(reading: Reading, labels: Sequence[Label | None]) -> Iterator[int]:
    """Yield the lines below the first text that only say again of which unit this is the review ("unit 1 review")."""
    classed: set[str | None] = set()
    is_below = False
    for index, label in enumerate(labels):
        groups = label.groups if label is not None and label.name == "unit" else {}
        if groups.get("course"):
            classed.add(groups.get("number"))
        elif (
            is_below
            and groups.get("number") in classed
            and not groups.get("title")
            and _heads_nothing(reading, index)
            and not is_inside(reading.blocks[index], "li", "td")
        ):
            yield index
        is_below = is_below or (bool(classed) and _is_text(reading, index))


def _heads_nothing(reading: Reading, index: int) -> bool:
    """Say whether a block is no heading, or has no text of its own below it."""
    below = next((block for block in reading.blocks[index + 1 :] if block.text), None)
    return reading.blocks[index].kind != "heading" or (below is not None and below.kind == "heading")
