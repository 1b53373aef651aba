"""The outline of a study guide: its lead, its sections, and what its known headings stand over, in page order."""

from itertools import groupby
from typing import Final

from pipeline.blocks import frames_of
from pipeline.layouts.questions import heads_key
from pipeline.layouts.reading import Reading, innermost, is_inside
from pipeline.layouts.study_guide.parts import LEAD, SECTION, GuideOutline, Part
from pipeline.layouts.study_guide.sections import find_sections
from pipeline.records import normalise

__all__ = ["guide_outline"]

_LISTS: Final = ("objectives", "vocabulary", "questions")
_FEWEST: Final = 2  # lines of a table of contents
_OUTSIDE: Final = ("header", "nav", "aside", "footer", "dialog")


def guide_outline(reading: Reading, start: int) -> GuideOutline:
    """Return the outline of what stands from block `start` on."""
    outline = GuideOutline([Part(LEAD)], end=_end_of_guide(reading, start))
    listed = _contents(reading, start, outline.end)
    callouts = _callouts(reading, start, outline.end)
    for index, block in enumerate(reading.blocks):
        if not (start <= index < outline.end) or index in listed:
            _place_outside(reading, outline, index)
            continue
        current = outline.parts[-1]
        label = reading.labels[index]
        if index not in callouts and _is_elsewhere(reading, index, current):
            _place_outside(reading, outline, index)
        elif block.hidden and current.name != "questions":
            outline.hidden.append(index)
        elif _is_furniture(reading, index, current):
            continue
        elif label is not None and label.kind == "heading" and not _is_comment(reading, index):
            if _is_card_word(reading, index):
                outline.card.append(index)
            else:
                outline.parts.append(_known(reading, index))
        elif block.kind == "heading" and index not in callouts and not _belongs(reading, index, current):
            outline.parts.append(Part(SECTION, index, block.level))
        elif current.name == "objectives" and _ends_objectives(reading, index, current):
            outline.parts.append(Part(LEAD, None, current.level, [index]))
        else:
            current.blocks.append(index)
    find_sections(reading, outline)
    return outline


def _place_outside(reading: Reading, outline: GuideOutline, index: int) -> None:
    label = reading.labels[index]
    if label is not None and label.kind == "notice":
        outline.notices.append(index)
    elif reading.blocks[index].region in (*_OUTSIDE, "note"):
        outline.outside.append(index)


def _is_elsewhere(reading: Reading, index: int, current: Part) -> bool:
    """Say whether a block stands in a menu, a side bar or a footer in which the part's heading does not stand.

    A note in a box is part of a section's text, but no word of the vocabulary, and no part of an answer.
    """
    region = reading.blocks[index].region
    if current.name in _LISTS and _is_caption(reading, index):
        return True
    is_beside = region in _OUTSIDE or (region == "note" and current.name in _LISTS)
    return is_beside and (current.heading is None or reading.blocks[current.heading].region != region)


def _is_caption(reading: Reading, index: int) -> bool:
    """Say whether a block is the caption of a picture or a table that is no part of an item of a list."""
    block = reading.blocks[index]
    is_caption = block.shape.partition(".")[0] in ("figcaption", "caption")
    return is_caption and not is_inside(block, "li", "td", "dd", "details")


def _is_furniture(reading: Reading, index: int, current: Part) -> bool:
    block, label = reading.blocks[index], reading.labels[index]
    return (
        (label is not None and label.kind in ("boilerplate", "value"))
        or (not block.text and _is_furniture_picture(reading, index))
        or (block.kind == "button" and current.name != "questions")
    )


def _known(reading: Reading, index: int) -> Part:
    """Return the part that a heading of the layout opens."""
    block, label = reading.blocks[index], reading.labels[index]
    level = block.level if block.kind == "heading" else 2
    if label is None:
        return Part(SECTION, index, level)
    return Part(label.name, index, level, counted=label.counted)


def _end_of_guide(reading: Reading, start: int) -> int:
    """Return the first block of the page's end: notices, words of the site, menus, and nothing else behind it."""
    end = len(reading.blocks)
    while end > start:
        index = end - 1
        block, label = reading.blocks[index], reading.labels[index]
        if (
            not block.text
            or block.region in _OUTSIDE
            or block.hidden
            or (label is not None and label.kind in ("notice", "boilerplate"))
            or (reading.shell_rule(index) is not None and not _is_listed(reading, index) and block.kind != "heading")
        ):
            end = index
        else:
            break
    # Pictures, empty cells and folded answers right behind the text are still the guide's.
    while end < len(reading.blocks) and _may_be_inside(reading, end):
        end += 1
    return end


def _is_listed(reading: Reading, index: int) -> bool:
    """Say whether a block stands in a table, or in a list not all of whose items are words of the site."""
    if is_inside(reading.blocks[index], "td", "dd"):
        return True
    frames = list(frames_of(reading.blocks[index].frame))
    holder = next((frame for frame in reversed(frames) if frame.tag in ("ul", "ol")), None)
    return holder is not None and any(
        reading.shell_rule(n) is None
        for n, block in enumerate(reading.blocks)
        if block.text and holder in frames_of(block.frame)
    )


def _may_be_inside(reading: Reading, index: int) -> bool:
    block = reading.blocks[index]
    return block.region == "main" and (not block.text or (block.hidden and reading.labels[index] is None))


def _contents(reading: Reading, start: int, end: int) -> set[int]:
    """Return what only repeats headings, a table of contents: links and items above them, or below.

    Not items without links to which a paragraph of the text leads up: "There are two ways:".
    """
    headings = {
        normalise(block.text): index
        for index, block in enumerate(reading.blocks)
        if start <= index < end
        and (block.kind == "heading" or (reading.labels[index] is not None and not block.is_link))
    }
    items = [
        index
        for index in range(start, end)
        if reading.blocks[index].kind != "heading"
        and (reading.blocks[index].is_link or is_inside(reading.blocks[index], "li"))
        and index < headings.get(normalise(reading.blocks[index].text), -1)
        and not _is_led_up_to(reading, start, index)
    ]
    return {*(items if len(items) > 1 else ()), *_contents_behind(reading, start, end)}


def _contents_behind(reading: Reading, start: int, end: int) -> list[int]:
    """Return the list at a page's end that repeats nothing but headings above it, unless the text leads up to it."""
    blocks = reading.blocks
    heads = {normalise(blocks[index].text) for index in range(start, end) if blocks[index].kind == "heading"}
    first = end
    while first > start and is_inside(blocks[first - 1], "li") and normalise(blocks[first - 1].text) in heads:
        first -= 1
    is_told = first > start and blocks[first - 1].text.rstrip().endswith(":")
    return [] if is_told or end - first < _FEWEST else list(range(first, end))


def _is_led_up_to(reading: Reading, start: int, index: int) -> bool:
    """Say whether the text right above the list of an item without a link is a paragraph of the guide."""
    if reading.blocks[index].is_link:
        return False
    above = next(
        (
            n
            for n in range(index - 1, start - 1, -1)
            if not is_inside(reading.blocks[n], "li") and reading.blocks[n].text
        ),
        None,
    )
    return above is not None and reading.labels[above] is None and reading.blocks[above].kind == "paragraph"


def _callouts(reading: Reading, start: int, end: int) -> set[int]:
    """Return the blocks of asides that are the guide's own: sentences between its paragraphs, not a list of links."""
    found: set[int] = set()
    for is_aside, group in groupby(range(start, end), key=lambda index: reading.blocks[index].region == "aside"):
        run = list(group)
        texts = [reading.blocks[index] for index in run if reading.blocks[index].text]
        inside = run[0] > start and run[-1] + 1 < end
        told = any(block.text.rstrip(" ”\"')").endswith((".", "!", "?")) for block in texts)
        named = any(reading.labels[index] is not None for index in run)
        if is_aside and inside and told and not named and not any(block.is_link for block in texts):
            found |= set(run)
    return found


def _is_furniture_picture(reading: Reading, index: int) -> bool:
    alt = next((run.alt for run in reading.blocks[index].runs if run.alt), "")
    return bool(alt) and reading.patterns.boilerplate.match(alt) is not None


def _is_card_word(reading: Reading, index: int) -> bool:
    """Say whether "practice questions" is a link of the card "more resources", which stands beside its other words."""
    if reading.blocks[index].kind == "heading":
        return False
    near = [n for n in (index - 1, index + 1) if 0 <= n < len(reading.labels)]
    return any((label := reading.labels[n]) is not None and label.name == "more resources" for n in near)


def _is_comment(reading: Reading, index: int) -> bool:
    """Say whether a line such as "# Vocabulary" stands in lines of code: right at another line of text."""
    block = reading.blocks[index]
    if block.line is None or not block.text.startswith("#"):
        return False
    near = [reading.blocks[n].line for n in (index - 1, index + 1) if 0 <= n < len(reading.blocks)]
    return bool({block.line - 1, block.line + 1} & set(near))


def _belongs(reading: Reading, index: int, current: Part) -> bool:
    """Say whether a heading stands within a part: a question among questions, a word of the vocabulary."""
    block = reading.blocks[index]
    if current.name not in ("questions", "vocabulary") or current.heading is None:
        return False
    if current.name == "questions" and heads_key(block.text):
        return True
    above = reading.blocks[current.heading]
    if above.kind != "heading" or block.level > above.level:
        return True
    return current.name == "questions" and block.level == above.level and block.text.rstrip().endswith("?")


def _ends_objectives(reading: Reading, index: int, current: Part) -> bool:
    """Say whether a block behind a list of objectives is none of them; where there is no list, prose ends them."""
    block = reading.blocks[index]
    if not current.blocks:
        return False
    if table := innermost(reading.blocks[current.blocks[-1]], "table"):
        return table not in frames_of(block.frame)
    if any(is_inside(reading.blocks[n], "li") for n in current.blocks):
        return not is_inside(block, "li")
    if len(current.blocks) == 1 and is_inside(block, "li", "tr"):
        return False  # "By the end of this week you will be able to:" leads up to the list
    first = reading.blocks[current.blocks[0]]
    return block.shape != first.shape or len(block.text) > 250 or len(block.text.split()) < 3
