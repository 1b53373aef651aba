"""Sections that a page does not mark up: those under known headings, and under headings that lost their markup."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from pipeline.blocks import Block
from pipeline.layouts.lists import pair_of
from pipeline.layouts.questions import asks
from pipeline.layouts.reading import Note, Reading, is_inside
from pipeline.layouts.study_guide.headings import Neighbours, Verdict, is_possible, judge
from pipeline.layouts.study_guide.parts import LEAD, SECTION, GuideOutline, Part
from pipeline.layouts.study_guide.wording import Wording, wording_of

__all__ = ["find_sections"]

_PROSE: Final = 110  # characters of a paragraph that is no item, word or question
_LISTED: Final = ("li", "table", "dl", "details")
_PROSE_SENTENCE: Final = re.compile(r"[.!?][”\"’')]*\s+[“\"‘'(]*[A-Z]")


def find_sections(reading: Reading, outline: GuideOutline) -> None:
    """Make known headings over prose sections, and cut lead and sections where a heading lost its mark.

    A page that marks its sections' headings has lost none.
    """
    marked = any(part.name == SECTION for part in outline.parts)
    for part in outline.parts:
        if _is_prose(reading, part, marked=marked):
            part.name = SECTION
    if not marked:
        _find_lost_headings(reading, outline)


def _is_prose(reading: Reading, part: Part, *, marked: bool) -> bool:
    """Say whether a known heading stands over prose, and nothing of what it is known for.

    A section of a guide may be headed "Key Terms" or "Check Your Understanding". Where headings have no mark, the part
    goes on behind its prose; then what follows has to be a line that can be a heading, no list, word or question.
    """
    if part.heading is None or part.counted is not None or part.name not in ("objectives", "vocabulary", "questions"):
        return False
    if re.search(r"\basked\b|\bfaq", reading.text(part.heading), re.IGNORECASE):
        return False  # no section of a guide is called so
    texts = [index for index in part.blocks if reading.blocks[index].text]
    count = next((n for n, index in enumerate(texts) if not _is_prose_block(reading, index, part.name)), len(texts))
    if count == 0 or any(reading.blocks[index].hidden for index in texts[:count]):
        return False
    return count == len(texts) or (not marked and is_possible(reading.blocks[texts[count]]))


def _is_prose_block(reading: Reading, index: int, name: str) -> bool:
    """Say whether a block is prose: two sentences or more, no list item, no definition, no question."""
    block = reading.blocks[index]
    if len(block.text) <= _PROSE or is_inside(block, *_LISTED):
        return False
    if not block.text.rstrip(" ”\"’')]").endswith((".", "!")) or not _PROSE_SENTENCE.search(block.text):
        return False
    if name == "vocabulary":
        return pair_of(reading, index) is None
    return name != "questions" or not asks(block.text)


def _find_lost_headings(reading: Reading, outline: GuideOutline) -> None:
    """Cut lead and sections where a paragraph is a heading that lost its mark; note where the signs disagree."""
    known = frozenset(
        reading.blocks[part.heading].shape
        for part in outline.parts
        if part.heading is not None and reading.blocks[part.heading].line is None and reading.blocks[part.heading].shape
    )
    prose = {block.shape for block in reading.blocks if len(block.text) > 150}
    places = list(_places(reading, outline, known - prose))
    named = _verdicts(places, sentence_case=True)
    verdicts = named if _is_in_sentence_case(reading, named) else _verdicts(places, sentence_case=False)
    headings = {index for index, verdict in verdicts if verdict is Verdict.HEADING}
    outline.parts = [piece for part in outline.parts for piece in _cut(part, headings)]
    outline.notes += [
        Note(
            "doubtful-heading",
            f"kept as a paragraph, but it may be a heading that lost its mark: {reading.blocks[index].text[:100]!r}",
            index,
            signs=("two of three: worded as a heading, followed by text, and no part of what stands before it",),
        )
        for index, verdict in verdicts
        if verdict is Verdict.DOUBTFUL
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """A block that may be a heading, and what stands around it; `strict` where no doubt is to be told."""

    index: int
    block: Block
    around: Neighbours
    strict: bool


def _places(reading: Reading, outline: GuideOutline, shapes: frozenset[str]) -> Iterator[_Place]:
    parts = [part for part in outline.parts if part.name in (LEAD, SECTION, "objectives")]
    content = [reading.blocks[index] for part in parts for index in part.blocks]
    bullets = _prints_bullets(reading, outline)
    blank_lines = _prints_blank_lines(content)
    for part in parts:
        blocks = [None, *(reading.blocks[index] for index in part.blocks), None, None]
        for position, index in enumerate(part.blocks, 1):
            if part.name == "objectives" and position == 1:
                continue
            around = Neighbours(
                blocks[position - 1],
                blocks[position + 1],
                blocks[position + 2],
                prints_bullets=bullets,
                heading_shapes=shapes,
                prints_blank_lines=blank_lines,
            )
            yield _Place(index, reading.blocks[index], around, part.name == "objectives")


def _verdicts(places: Sequence[_Place], *, sentence_case: bool) -> list[tuple[int, Verdict]]:
    found: list[tuple[int, Verdict]] = []
    for place in places:
        verdict = judge(place.block, replace(place.around, sentence_case=sentence_case))
        if verdict is not Verdict.PARAGRAPH and (not place.strict or verdict is Verdict.HEADING):
            found.append((place.index, verdict))
    return found


def _is_in_sentence_case(reading: Reading, named: Sequence[tuple[int, Verdict]]) -> bool:
    """Say whether a page's headings capitalise only their first word: of those that show it, most do.

    One name is no habit, nor are two questions beside a title. A title of one word, such as "Overview", shows nothing.
    """
    texts = [reading.blocks[index].text for index, verdict in named if verdict is Verdict.HEADING]
    wordings = [wording_of(text) for text in texts]
    names, questions = wordings.count(Wording.NAME), wordings.count(Wording.QUESTION)
    titles = sum(
        1
        for text, wording in zip(texts, wordings, strict=True)
        if wording is Wording.TITLE and re.search(r"\S\s++\w{4}", text)
    )
    enough = 2 if names > 1 or Wording.TITLE not in wordings else 3
    return names + questions >= enough and names + questions > titles


def _prints_bullets(reading: Reading, outline: GuideOutline) -> bool:
    """Say whether a page's lists have their signs: it has some, or no short lines in a row behind a colon."""
    content = [[reading.blocks[index] for index in part.blocks] for part in outline.parts]
    if any(block.marker for block in reading.blocks) or any(
        is_inside(block, "li") for blocks in content for block in blocks
    ):
        return True
    return not any(
        blocks[n].text.endswith(":") and all(len(block.text) <= _PROSE // 2 for block in blocks[n + 1 : n + 3])
        for blocks in content
        for n in range(len(blocks) - 2)
    )


def _prints_blank_lines(content: Sequence[Block]) -> bool:
    """Say whether a text page has blank lines between nearly all of its paragraphs."""
    steps = [
        after.line - before.line
        for before, after in pairwise(content)
        if before.line is not None and after.line is not None and not (before.frame or after.frame)
    ]
    return len(steps) > 1 and sum(1 for step in steps if step > 1) > 2 * len(steps) // 3


def _cut(part: Part, headings: set[int]) -> Iterator[Part]:
    current = Part(part.name, part.heading, part.level, [], part.counted, part.inferred)
    for index in part.blocks:
        if index in headings:
            yield current
            current = Part(SECTION, index, 2, inferred=True)
        else:
            current.blocks.append(index)
    yield current
