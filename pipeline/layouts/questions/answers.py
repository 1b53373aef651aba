"""Questions and their answers: where one ends and the other begins, without labels and numbers."""

import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from pipeline.blocks import Frame, Piece, frames_of, turns_of
from pipeline.layouts.lists import numbered_rows, outer_frames
from pipeline.layouts.questions.asking import asks, ends_asking
from pipeline.layouts.questions.draft import QuestionDraft
from pipeline.layouts.questions.starts import LONE_NUMBER, Mark, break_of, is_count, question_starts
from pipeline.layouts.reading import Reading, innermost, is_inside

__all__ = ["questions_of"]

_ANSWER_ALONE: Final = re.compile(r"(?:(?:sample|model|correct|suggested) )?(?:answer|solution)s?\s*:?", re.IGNORECASE)
# What heads all answers of a section behind all of its questions.
_ANSWERS_HEAD: Final = re.compile(rf"{_ANSWER_ALONE.pattern}|(?:answer )?key\s*:?", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[(#]?(\d{1,3})[.):]\s+(?=\S)")
# Heads of a table whose rows are a question and its answer.
_COLUMN: Final = re.compile(r"(?:review )?questions?|(?:sample )?answers?|solutions?|#|no\.?", re.IGNORECASE)


def questions_of(
    reading: Reading, blocks: Sequence[int], heading: int | None, *, number: int = 1
) -> tuple[list[QuestionDraft], list[int]]:
    """Return the questions that `blocks` are, and the blocks that belong to none (before the first question).

    `number` is the first question's, where a page numbers them.
    """
    if drafts := _answered_apart(reading, blocks):
        last = drafts[-1].answer[-1][0]
        return drafts, [index for index in blocks if index > last]
    marks, lone = _marks(reading, blocks, heading)
    starts = question_starts(reading, blocks, heading, marks, lone)
    if not starts:
        return [], list(blocks)
    numbers = _running_numbers(reading, starts, number)
    alone = frozenset(lone)
    return _drafts(reading, blocks, starts, marks, alone, numbers=numbers), [
        index for index in blocks if index < starts[0] and index not in alone
    ]


def _answered_apart(reading: Reading, blocks: Sequence[int]) -> list[QuestionDraft]:
    """Return the questions of a section that has all of them first, and behind the word "Answers" all answers."""
    alone = [n for n, index in enumerate(blocks) if _ANSWERS_HEAD.fullmatch(reading.blocks[index].text)]
    if len(alone) != 1:
        return []
    (middle,) = alone
    asked, answers = blocks[:middle], blocks[middle + 1 :]
    listed = [index for index in answers if is_inside(reading.blocks[index], "li")]
    if len(listed) == len(asked) and listed == list(answers[: len(listed)]):
        answers = listed  # what stands behind the list is no answer
    elif len(_running_numbers(reading, answers[: len(asked)], 1)) == len(asked):
        answers = answers[: len(asked)]
    wording = sum(asks(reading.blocks[index].text) for index in asked)
    if not 1 < len(asked) == len(answers) or not (2 * wording > len(asked) and is_count(reading, asked, wording)):
        return []
    word = (blocks[middle], 0, len(reading.blocks[blocks[middle]].text))
    begin = {**_running_numbers(reading, asked, 1), **_running_numbers(reading, answers, 1)}
    drafts: list[QuestionDraft] = []
    for q, a in zip(asked, answers, strict=True):
        numbers = tuple((index, 0, begin[index]) for index in (q, a) if index in begin)
        pieces = [reading.piece(index, begin.get(index, 0), len(reading.blocks[index].text)) for index in (q, a)]
        drafts.append(QuestionDraft((pieces[0],), (pieces[1],), marks=numbers if drafts else (word, *numbers)))
    return drafts


def _marks(reading: Reading, blocks: Sequence[int], heading: int | None) -> tuple[dict[int, Mark], list[int]]:
    """Return the labels at the head of blocks, and the blocks that are nothing but a label, a number, a column's head.

    A bare number counts questions only if it is the first thing that the section says: else it is a word of the text.
    """
    marks: dict[int, Mark] = {}
    numbers: list[int] = []
    lone: list[int] = []
    heads = _column_heads(reading, blocks)
    _, numbered, _ = numbered_rows(reading, blocks, outer_frames(reading, heading))
    counts = {index for row in numbered for index in row}
    turns = turns_of([reading.blocks[index].text for index in blocks])
    for index, turn in zip(blocks, turns, strict=True):
        text = reading.blocks[index].text
        if index in heads or index in counts:
            lone.append(index)
            continue
        if _ANSWER_ALONE.fullmatch(text):
            marks[index] = ("a", len(text))
        elif turn is not None:
            marks[index] = (turn.side, turn.end)
        if index in marks and marks[index][1] >= len(text):
            lone.append(index)
        elif index not in marks and _is_running_number(reading, index, len(numbers) + 1):
            numbers.append(index)
    first = next((index for index in blocks if index not in heads), None)
    if numbers and (numbers[0] == first or not reading.blocks[numbers[0]].text[:1].isdigit()):
        lone += numbers
    return marks, sorted(lone)


def _column_heads(reading: Reading, blocks: Sequence[int]) -> set[int]:
    """Return the cells "Question" and "Answer" that head a table's columns."""
    row = innermost(reading.blocks[blocks[0]], "tr") if blocks else None
    heads = [index for index in blocks if row is not None and row in frames_of(reading.blocks[index].frame)]
    named = len(heads) > 1 and all(_COLUMN.fullmatch(reading.blocks[index].text) for index in heads)
    return set(heads) if named else set()


def _is_running_number(reading: Reading, index: int, expected: int) -> bool:
    """Say whether a block is nothing but the next question's number ("2", "Question 2")."""
    block = reading.blocks[index]
    match = LONE_NUMBER.fullmatch(block.text.strip())
    return bool(match) and not is_inside(block, "td", "th") and int(re.sub(r"\D", "", block.text) or 0) == expected


def _drafts(
    reading: Reading,
    content: Sequence[int],
    starts: Sequence[int],
    marks: dict[int, Mark],
    lone: Collection[int],
    *,
    numbers: Mapping[int, int],
) -> list[QuestionDraft]:
    drafts = []
    begun = set(starts)
    bounds = [*(place for place, index in enumerate(content) if index in begun), len(content)]
    ends = [_question_end(reading, content, start, end, marks) for start, end in itertools.pairwise(bounds)]
    previous = 0
    for start, middle, end in zip(bounds, ends, bounds[1:], strict=False):
        spans: list[tuple[int, int, int]] = []
        parts: list[list[tuple[int, Piece]]] = [[], []]
        lead = [index for index in content[previous:start] if index in lone] if start == bounds[0] else []
        for position, index in [*((start, n) for n in lead), *((n, content[n]) for n in range(start, end))]:
            block = reading.blocks[index]
            if index in lone:
                spans.append((index, 0, len(block.text)))
                continue
            skip = marks[index][1] if index in marks else numbers.get(index, 0)
            if skip:
                spans.append((index, 0, skip))
            parts[position >= middle].append(reading.piece(index, skip, len(block.text) if skip else None))
        previous = end
        if len(parts[0]) == 1 and not parts[1] and (split := _split_within(reading, *parts[0][0])):
            parts = [[split[0]], [split[1]]]
        drafts.append(QuestionDraft(tuple(parts[0]), tuple(parts[1]), marks=tuple(spans)))
    return [draft for draft in drafts if draft.question]


def _split_within(reading: Reading, index: int, piece: Piece) -> tuple[tuple[int, Piece], tuple[int, Piece]] | None:
    """Return question and answer of one block that holds both: at the end of its bold words, or at a line break."""
    at = break_of(reading, index, piece.start)
    if at is None:
        return None
    return reading.piece(index, piece.start, at), reading.piece(index, at, len(reading.blocks[index].text))


def _running_numbers(reading: Reading, starts: Sequence[int], number: int) -> dict[int, int]:
    """Return where the text begins in questions that are numbered `number`, … within their own text."""
    expected = list(range(number, number + len(starts)))
    matches = [_NUMBER.match(reading.blocks[index].text) for index in starts]
    if [int(match[1]) if match else 0 for match in matches] == expected:
        return {index: match.end() for index, match in zip(starts, matches, strict=True) if match}
    seams = [reading.blocks[index].seams[:1] for index in starts]
    heads = [
        re.fullmatch(r"[(#]?(?:Q(?:uestion)?\s*)?(\d{1,3})[.):]?", reading.blocks[index].text[: seam[0]].strip(), re.I)
        if seam else None
        for index, seam in zip(starts, seams, strict=True)
    ]  # fmt: skip
    if [int(head[1]) if head else 0 for head in heads] == expected:
        return {index: seam[0] for index, seam in zip(starts, seams, strict=True)}
    return {}


def _question_end(reading: Reading, content: Sequence[int], start: int, end: int, marks: dict[int, Mark]) -> int:
    """Return the position of the first block that is no longer the question: the answer's first.

    A nested list, the end of a summary, of a `dt` or a cell, or "Answer:" says where that is; else it is the second
    block. So it is in a list item whose first paragraph alone is bold, or asks: there the list is within the answer.
    """
    positions = range(start + 1, end)
    for position in positions:
        if content[position] in marks and marks[content[position]][0] == "a":
            return position
    first = reading.blocks[content[start]]
    for tag in ("summary", "dt", "td", "th"):
        holder = innermost(first, tag)
        # A cell around all of the section only sets the page out.
        if holder and any(holder not in frames_of(reading.blocks[index].frame) for index in content):
            return next((n for n in positions if holder not in frames_of(reading.blocks[content[n]].frame)), end)
    if item := innermost(first, "li"):
        if _is_set_off(reading, content, start, item, positions):
            return start + 1
        for position in positions:
            if innermost(reading.blocks[content[position]], "li") is not item:
                return position
    return min(start + 1, end)


def _is_set_off(reading: Reading, content: Sequence[int], start: int, item: Frame, positions: Sequence[int]) -> bool:
    """Say whether an item's first paragraph is the question, and those behind it, in the item itself, answer."""
    behind = [reading.blocks[content[n]] for n in positions]
    own = [block for block in behind if innermost(block, "li") is item]
    first = reading.blocks[content[start]]
    if not own or own[0].kind != "paragraph":
        return False  # the code or the picture that the question is about
    by_wording = ends_asking(first.text) and not any(asks(one.text) for one in own)
    return (first.is_bold and not own[0].is_bold) or by_wording
