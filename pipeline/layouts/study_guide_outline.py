"""The outline of a study guide: its lead, its sections, and what its known headings stand over, in page order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.blocks import frames_of
from pipeline.layouts.draft import Note
from pipeline.layouts.reading import Reading
from pipeline.layouts.study_guide_headings import Neighbours, Verdict, judge
from pipeline.records import normalise

__all__ = ["LEAD", "SECTION", "GuideOutline", "Part", "guide_outline"]

LEAD: Final = "lead"
SECTION: Final = "section"
_OUTSIDE: Final = ("header", "nav", "aside", "footer", "dialog")


@dataclass(slots=True)
class Part:
    """What stands under one heading; `name` is a field of the layout, LEAD or SECTION."""

    name: str
    heading: int | None = None
    level: int = 2
    blocks: list[int] = field(default_factory=list)
    counted: int | None = None
    inferred: bool = False  # its heading had no mark


@dataclass(slots=True)
class GuideOutline:
    """A guide's parts in order, and what is none of them."""

    parts: list[Part]
    notices: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    card: list[int] = field(default_factory=list)  # words of the card "more resources" that are headings elsewhere
    notes: list[Note] = field(default_factory=list)
    end: int = 0  # the first block behind the guide

    def named(self, name: str) -> list[Part]:
        """Return the parts of that name."""
        return [part for part in self.parts if part.name == name]


def guide_outline(reading: Reading, start: int) -> GuideOutline:
    """Return the outline of what stands from block `start` on."""
    outline = GuideOutline([Part(LEAD)], end=_end_of_guide(reading, start))
    listed = _contents(reading, start, outline.end)
    for index, block in enumerate(reading.blocks):
        if not (start <= index < outline.end) or index in listed:
            _place_outside(reading, outline, index)
            continue
        current = outline.parts[-1]
        label = reading.labels[index]
        if _is_elsewhere(reading, index, current):
            _place_outside(reading, outline, index)
        elif block.hidden and current.name != "questions":
            outline.hidden.append(index)
        elif _is_furniture(reading, index, current):
            continue
        elif label is not None and label.kind == "heading":
            if _is_card_word(reading, index):
                outline.card.append(index)
            else:
                outline.parts.append(_known(reading, index))
        elif block.kind == "heading" and not _belongs(reading, index, current):
            outline.parts.append(Part(SECTION, index, block.level))
        elif current.name == "objectives" and _ends_objectives(reading, index, current):
            outline.parts.append(Part(LEAD, None, current.level, [index]))
        else:
            current.blocks.append(index)
    _find_lost_headings(reading, outline)
    return outline


def _place_outside(reading: Reading, outline: GuideOutline, index: int) -> None:
    label = reading.labels[index]
    if label is not None and label.kind == "notice":
        outline.notices.append(index)
    elif reading.blocks[index].region in _OUTSIDE:
        outline.outside.append(index)


def _is_elsewhere(reading: Reading, index: int, current: Part) -> bool:
    """Say whether a block stands in a menu, a side bar or a footer in which the part's heading does not stand."""
    region = reading.blocks[index].region
    return region in _OUTSIDE and (current.heading is None or reading.blocks[current.heading].region != region)


def _is_furniture(reading: Reading, index: int, current: Part) -> bool:
    block, label = reading.blocks[index], reading.labels[index]
    return (
        (label is not None and label.kind == "boilerplate")
        or (not block.text and _is_furniture_picture(reading, index))
        or (block.kind == "button" and current.name != "questions")
    )


def _known(reading: Reading, index: int) -> Part:
    """Return the part that a heading of the layout opens."""
    block, label = reading.blocks[index], reading.labels[index]
    groups = label.groups if label is not None else {}
    counted = groups.get("count") or groups.get("counted")
    level = block.level if block.kind == "heading" else 2
    return Part(label.name if label is not None else SECTION, index, level, counted=int(counted) if counted else None)


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
    frames = list(frames_of(reading.blocks[index].frame))
    if any(frame.tag in ("td", "dd") for frame in frames):
        return True
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
    """Return the list items that only repeat the headings below them: a table of contents."""
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
        and (
            reading.blocks[index].is_link or any(frame.tag == "li" for frame in frames_of(reading.blocks[index].frame))
        )
        and index < headings.get(normalise(reading.blocks[index].text), -1)
    ]
    return set(items) if len(items) > 1 else set()


def _is_furniture_picture(reading: Reading, index: int) -> bool:
    alt = next((run.alt for run in reading.blocks[index].runs if run.alt), "")
    return bool(alt) and reading.patterns.boilerplate.match(alt) is not None


def _is_card_word(reading: Reading, index: int) -> bool:
    """Say whether "practice questions" is a link of the card "more resources", which stands beside its other words."""
    if reading.blocks[index].kind == "heading":
        return False
    near = [n for n in (index - 1, index + 1) if 0 <= n < len(reading.labels)]
    return any((label := reading.labels[n]) is not None and label.name == "more resources" for n in near)


def _belongs(reading: Reading, index: int, current: Part) -> bool:
    """Say whether a heading stands within a part: a question among questions, a word of the vocabulary."""
    block = reading.blocks[index]
    if current.name not in ("questions", "vocabulary") or current.heading is None:
        return False
    above = reading.blocks[current.heading]
    if above.kind != "heading" or block.level > above.level:
        return True
    return current.name == "questions" and block.level == above.level and block.text.rstrip().endswith("?")


def _ends_objectives(reading: Reading, index: int, current: Part) -> bool:
    """Say whether a block behind a list of objectives is none of them; where there is no list, prose ends them."""
    block = reading.blocks[index]
    if not current.blocks:
        return False
    listed = [any(f.tag == "li" for f in frames_of(reading.blocks[n].frame)) for n in current.blocks]
    if any(listed):
        return not any(frame.tag == "li" for frame in frames_of(block.frame))
    first = reading.blocks[current.blocks[0]]
    return block.shape != first.shape or len(block.text) > 250 or len(block.text.split()) < 3


# -- headings without a mark ---------------------------------------------------------------------------------------


def _find_lost_headings(reading: Reading, outline: GuideOutline) -> None:
    """Cut lead and sections where a paragraph is a heading that lost its mark; note where the signs disagree.

    A page that marks its sections' headings has lost none: there only what is all bold can be one more.
    """
    marked = any(part.name == SECTION for part in outline.parts)
    if marked:
        return
    known = frozenset(
        reading.blocks[part.heading].shape
        for part in outline.parts
        if part.heading is not None and reading.blocks[part.heading].line is None and reading.blocks[part.heading].shape
    )
    prose = {block.shape for block in reading.blocks if len(block.text) > 150}
    shapes = frozenset(known - prose)
    bullets = any(block.marker for block in reading.blocks) or any(
        frame.tag == "li"
        for part in outline.parts
        for index in part.blocks
        for frame in frames_of(reading.blocks[index].frame)
    )
    verdicts = _verdicts(reading, outline, shapes, bullets=bullets, sentence_case=False)
    statements = [index for index, _ in verdicts if not reading.blocks[index].text.endswith(("?", "!"))]
    if not any(verdict is Verdict.HEADING for _, verdict in verdicts) and len(statements) > 1:
        verdicts = _verdicts(reading, outline, shapes, bullets=bullets, sentence_case=True)
    headings = {index for index, verdict in verdicts if verdict is Verdict.HEADING}
    outline.parts = [piece for part in outline.parts for piece in _cut(part, headings)]
    outline.notes += [
        Note(
            "doubtful-heading",
            f"kept as a paragraph, but it may be a heading that lost its mark: {reading.blocks[index].text[:100]!r}",
            index,
        )
        for index, verdict in verdicts
        if verdict is Verdict.DOUBTFUL
    ]


def _verdicts(
    reading: Reading, outline: GuideOutline, shapes: frozenset[str], *, bullets: bool, sentence_case: bool
) -> list[tuple[int, Verdict]]:
    found: list[tuple[int, Verdict]] = []
    for part in outline.parts:
        if part.name not in (LEAD, SECTION, "objectives"):
            continue
        content = [reading.blocks[index] for index in part.blocks]
        for position, index in enumerate(part.blocks):
            if part.name == "objectives" and position == 0:
                continue
            around = Neighbours(
                content[position - 1] if position else None,
                content[position + 1] if position + 1 < len(content) else None,
                content[position + 2] if position + 2 < len(content) else None,
                bullets,
                shapes,
                sentence_case,
            )
            verdict = judge(content[position], around)
            if verdict is not Verdict.PARAGRAPH and (part.name != "objectives" or verdict is Verdict.HEADING):
                found.append((index, verdict))
    return found


def _cut(part: Part, headings: set[int]) -> Iterator[Part]:
    current = Part(part.name, part.heading, part.level, [], part.counted, part.inferred)
    for index in part.blocks:
        if index in headings:
            yield current
            current = Part(SECTION, index, 2, inferred=True)
        else:
            current.blocks.append(index)
    yield current
