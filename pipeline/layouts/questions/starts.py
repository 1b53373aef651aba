"""Which blocks of a section begin a question: recognised by structure first, by wording last."""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from itertools import pairwise
from typing import Final

from pipeline.blocks import Frame, frames_of
from pipeline.layouts.lists import headed, outer_frames, top_item
from pipeline.layouts.questions.asking import asking, asks, ends_asking
from pipeline.layouts.reading import Reading, end_of_marked, innermost

__all__ = ["LONE_NUMBER", "Mark", "break_of", "is_count", "question_starts"]

Mark = tuple[str, int]  # "q" or "a", and where the text behind the label begins
LONE_NUMBER: Final = re.compile(r"(?:q(?:uestion)?\s*)?[(#]?\d{1,3}[.):]?", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"[(#]?(\d{1,3})[.):]\s+(?=\S)")
# Points for blocks that alternate: pages answer each question, and most answers are one paragraph.
_IN_TURN: Final = 0.5
_WORDING: Final = 3.0  # points if all questions are worded as questions
_MORE: Final = 0.25  # points lost for each paragraph of an answer beyond the first
# What is answered by telling somebody to do something.
_HOW_TO: Final = re.compile(r"(?:how|what) (?:do|can|should|would|could|must) (?:i|you|we|one)\b", re.IGNORECASE)
# A block inside one of these is part of an answer, unless the first question is inside one as well.
_PARTS: Final = ("li", "td", "th", "blockquote")


def question_starts(
    reading: Reading,
    content: Sequence[int],
    heading: int | None,
    marks: Mapping[int, Mark],
    lone: Sequence[int],
) -> list[int]:
    """Return the blocks that begin a question, by the first of several methods that finds any.

    `marks` are labels ("Q:", "Answer:") at the head of blocks, `lone` blocks that are nothing but a label or a number.
    """
    labelled = [index for index in content if index in marks and marks[index][0] == "q"]
    if (
        lone
        and len(lone) > 1
        and lone[0] == content[0]
        and any(LONE_NUMBER.fullmatch(reading.blocks[i].text) for i in lone)
    ):
        numbered = [i for i in lone if LONE_NUMBER.fullmatch(reading.blocks[i].text) and i not in marks]
        if starts := _after_lone(content, numbered):
            return starts
    answers = {index for index, (kind, _) in marks.items() if kind == "a"}
    alone = set(lone)
    told = [index for index in labelled if index not in alone] or _after_lone(content, lone)
    if not labelled:
        return _counted(reading, content, answers, alone) or _by_structure(reading, content, heading, alone)
    if not answers:
        return _by_structure(reading, content, heading, alone)
    # Some may have lost their labels, or never had any: then all others stand as those do that have one.
    starts = _by_structure(reading, content, heading, alone) if content[0] not in told or len(told) == 1 else []
    agree = len(starts) > len(told) and answers.isdisjoint(starts) and set(told) <= set(starts)
    return starts if agree else told


def _by_structure(reading: Reading, content: Sequence[int], heading: int | None, lone: Set[int]) -> list[int]:
    """Return the blocks that begin a question by what stands around them, labels left aside."""
    blocks = [index for index in content if index not in lone]
    outside = outer_frames(reading, heading)
    ways: tuple[Callable[[], list[int]], ...] = (
        lambda: _first_of(reading, blocks, outside, ("details",)),
        lambda: _terms(reading, blocks, outside),
        lambda: _rows(reading, blocks, outside),
        lambda: _nested(reading, blocks, outside),
        lambda: _broken(reading, blocks),
        lambda: _headed(reading, blocks),
        lambda: _carded(reading, blocks),
        lambda: _likeliest(reading, blocks, outside),
    )
    for way in ways:
        if starts := way():
            return starts
    return []


def break_of(reading: Reading, index: int, start: int = 0) -> int | None:
    """Return where the answer begins in a block that holds both: behind its bold words, or at a line break; or None."""
    block = reading.blocks[index]
    bold = end_of_marked(block, "strong")
    for at in (bold, block.text.find("\n", start)):
        is_line = "\n" in block.text[at - 1 : at + 1]
        if start < at < len(block.text) and (asks(block.text[start:at].strip()) or (bold == at and is_line)):
            return at
    return None


def is_count(reading: Reading, blocks: Sequence[int], wording: int) -> bool:
    """Say whether blocks are questions that a numbered list counts, or all of them are worded as such (`wording`)."""
    items = [innermost(reading.blocks[index], "li") for index in blocks]
    lists = [innermost(reading.blocks[index], "ol", "ul") for index in blocks]
    is_list = all(items) and all(one is not None and one.tag == "ol" for one in lists)
    return wording == len(blocks) or (is_list and len(set(items)) == len(items))


def _counted(reading: Reading, content: Sequence[int], answers: Set[int], lone: Set[int]) -> list[int]:
    """Return the blocks whose numbers count on, if the first is one and each has one answer with its label."""
    starts: list[int] = []
    answered = last = 0
    for index in content:
        if index in answers:
            answered += 1
        elif index not in lone and answered == len(starts):
            number = _number_of(reading, index)
            if number is not None and (not starts or number == last + 1):
                last = number
                starts.append(index)
    return starts if starts and starts[0] == content[0] and answered == len(starts) else []


def _number_of(reading: Reading, index: int) -> int | None:
    """Return the number that stands before a block, in its text or as a list sign."""
    block = reading.blocks[index]
    match = _NUMBERED.match(block.text)
    said = match[1] if match else block.marker.strip("()[].")
    return int(said) if said.isdecimal() else None


def _after_lone(content: Sequence[int], lone: Sequence[int]) -> list[int]:
    alone = set(lone)
    return [after for index, after in pairwise(content) if index in alone and after not in alone]


def _first_of(reading: Reading, blocks: Sequence[int], outside: set[Frame], tags: Sequence[str]) -> list[int]:
    """Each container of one of `tags` begins a question with its first block."""
    frames = [top_item(reading, index, outside, tags) for index in blocks]
    if not frames or frames[0] is None:
        return []
    starts, last = [], None
    for index, frame in zip(blocks, frames, strict=True):
        if frame is not None and frame is not last:
            starts.append(index)
            last = frame
    return starts


def _terms(reading: Reading, blocks: Sequence[int], outside: set[Frame]) -> list[int]:
    """`dt` asks, `dd` answers."""
    starts = _first_of(reading, blocks, outside, ("dt",))
    return starts if starts and any(top_item(reading, index, outside, ("dd",)) for index in blocks) else []


def _rows(reading: Reading, blocks: Sequence[int], outside: set[Frame]) -> list[int]:
    """The first cell of a table's row asks, the others answer."""
    starts = _first_of(reading, blocks, outside, ("tr",))
    in_rows = all(top_item(reading, index, outside, ("tr",)) for index in blocks)
    cells = {top_item(reading, index, outside, ("td", "th")) for index in blocks}
    return starts if in_rows and 2 * len(starts) <= len(cells) else []


def _nested(reading: Reading, blocks: Sequence[int], outside: set[Frame]) -> list[int]:
    """A list item asks; what is nested in it, or stands in it after its first block, answers."""
    starts = _first_of(reading, blocks, outside, ("li",))
    if not starts or len(starts) == len(blocks):
        return []
    asked = set(starts)
    inside = any(index not in asked and top_item(reading, index, outside) is not None for index in blocks)
    # A list of questions alone, and answers between its items, for which the list was broken off.
    return starts if inside or all(asks(reading.blocks[index].text) for index in starts) else []


def _broken(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """Each block holds both, the question above a line break."""
    return list(blocks) if blocks and all(break_of(reading, index) is not None for index in blocks) else []


def _headed(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """A heading, a bold paragraph, a summary or a button asks; anything else answers."""
    bold = [index for index in blocks if reading.blocks[index].is_bold]
    for starts in (headed(reading, blocks), bold):
        if starts and starts[0] == blocks[0] and len(starts) < len(blocks):
            return starts
    return []


def _carded(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """Each question stands with its answer in a container of its own: its first block asks."""
    chains = [list(frames_of(reading.blocks[index].frame))[::-1] for index in blocks]
    if not chains:
        return []
    shared = 0
    while all(len(chain) > shared and chain[shared] is chains[0][shared] for chain in chains):
        shared += 1
    cards: list[list[int]] = []
    last: Frame | None = None
    for index, chain in zip(blocks, chains, strict=True):
        card = chain[shared] if len(chain) > shared else None
        if card is None:
            return []
        if card is not last:
            cards.append([])
        cards[-1].append(index)
        last = card
    return [card[0] for card in cards] if len(cards) > 1 and all(len(card) > 1 for card in cards) else []


def _likeliest(reading: Reading, blocks: Sequence[int], outside: set[Frame]) -> list[int]:
    """Without structure: blocks marked up alike, every second block, or by wording: whichever fits the wording best.

    A guess is judged by how many of its questions are worded as questions, and how many of its answers are not.
    List items, cells and quotations begin no question, unless the first question is one too.
    """
    texts = {index: _NUMBERED.sub("", reading.blocks[index].text, count=1) for index in blocks}
    told = sum(asking(texts[index]) == 1 for index in blocks)
    ended = sum(ends_asking(texts[index]) for index in blocks)
    if 2 * told > len(blocks) > 1 and is_count(reading, blocks, ended):
        return list(blocks)
    able = [index for index in blocks if _may_begin(reading, index, blocks[0], outside)]
    if able == list(blocks) and _all_ask([texts[index] for index in blocks]):
        return able
    ways = [
        _shaped(reading, able),
        able[::2] if len(able) % 2 == 0 else [],
        [index for index in able if asks(texts[index])],
        [index for index in able if asking(texts[index]) == 1],
    ]
    best: list[int] = []
    best_score = -1.0
    can_ask = set(able)
    for way, starts in enumerate(ways):
        if not starts or starts[0] != blocks[0]:
            continue
        asked = set(starts)
        answers = [index for index in blocks if index not in asked]
        wording = sum(asking(texts[index]) for index in starts) / len(starts)
        wrong = sum(ends_asking(texts[index]) for index in answers) / len(answers) if answers else 0.5
        # The last one of all is answered by nothing either.
        unanswered = (blocks[-1] in asked) + sum(
            first in asked and second in asked for first, second in pairwise(blocks)
        )
        more = sum(index in can_ask for index in answers) / len(starts) - 1
        score = (
            _WORDING * wording - wrong - unanswered / len(starts) - _MORE * max(more, 0) + (_IN_TURN if way == 1 else 0)
        )
        if score > best_score:
            best, best_score = starts, score
    return best or ([blocks[0]] if blocks and asks(texts[blocks[0]]) else [])


def _all_ask(texts: Sequence[str]) -> bool:
    """Say whether texts are questions and none answers: all are worded so, and what would answer in turn surely so."""
    behind = [asking(text) for text in texts[1::2]]
    if not any(map(ends_asking, texts[1::2])) and all(map(_HOW_TO.match, texts[::2])):
        return False
    return all(map(asks, texts)) and 2 * behind.count(1.0) >= len(behind) > 0


def _may_begin(reading: Reading, index: int, first: int, outside: set[Frame]) -> bool:
    """Say whether a block may begin a question: it is as deep in lists, tables and code as the first question."""

    def place(index: int) -> tuple[str, int]:
        frame = top_item(reading, index, outside, _PARTS)
        inside = "pre" if reading.blocks[index].kind == "pre" else ""
        depth = sum(1 for one in frames_of(reading.blocks[index].frame) if one.tag in _PARTS)
        return frame.tag if frame is not None else inside, depth

    return place(index) == place(first)


def _signature(reading: Reading, index: int) -> tuple[str, ...]:
    """Return how a block is marked up: its kind, level, weight, containers and shape."""
    block = reading.blocks[index]
    containers = "/".join(frame.tag for frame in frames_of(block.frame) if frame.tag != "div")
    return block.kind, str(block.level), str(block.is_bold), containers, block.shape, str(block.hidden)


def _shaped(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """Return the blocks that are marked up like the first one, if any are not."""
    shape = _signature(reading, blocks[0]) if blocks else ()
    starts = [index for index in blocks if _signature(reading, index) == shape]
    return starts if len(starts) < len(blocks) else []
