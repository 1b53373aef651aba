"""Questions and their answers, told apart by structure first, by their wording last."""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.blocks import Frame, Piece, frames_of
from pipeline.layouts.items import outer_frames, top_item
from pipeline.layouts.reading import Reading

__all__ = ["QuestionDraft", "asks", "questions_of"]

_LABEL: Final = re.compile(r"(?:(?P<q>q(?:uestion)?)|(?P<a>a(?:ns(?:wer)?)?))\s*\d*\s*[:.)]\s*", re.IGNORECASE)
_ANSWER_ALONE: Final = re.compile(r"(?:(?:sample|model|correct|suggested) )?(?:answer|solution)s?\s*:?", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[(#]?(\d{1,3})[.):]\s+(?=\S)")
_LONE_NUMBER: Final = re.compile(r"(?:q(?:uestion)?\s*)?[(#]?\d{1,3}[.):]?", re.IGNORECASE)
_ASKING: Final = re.compile(
    r"(?:how|what|why|when|where|which|who|whose|whom|in what|to what|is|are|was|were|do|does|did|can|could|should|"
    r"would|will|"
    r"analy[sz]e|assess|calculate|classify|compare|compute|consider|construct|contrast|critique|define|derive|describe|"
    r"design|determine|differentiate|discuss|distinguish|draw|estimate|evaluate|examine|explain|explore|find|give|"
    r"identify|illustrate|imagine|in \w+ words|interpret|investigate|justify|list|name|outline|predict|propose|prove|"
    r"reflect|show|sketch|solve|state|suggest|summari[sz]e|suppose|synthesi[sz]e|trace|use|using|write)\b",
    re.IGNORECASE,
)
# "…, calculate …", "… and explain why.", "… Draw a graph.", "Why? …": an exercise that begins with a story.
_EXERCISE: Final = re.compile(
    r"(?:[.?!:;,]|\b(?:and|then|to)\b)[\s”\"]+(?:please\s+)?"
    r"(?:analy[sz]e|assess|calculate|classify|compare|compute|"
    r"construct|contrast|"
    r"define|derive|describe|determine|discuss|distinguish|draw|estimate|evaluate|explain|find|graph|identify|illustrate|"
    r"interpret|justify|list|name|outline|predict|prove|show|sketch|solve|state|suggest|summari[sz]e)\b|\?[\s”\"]",
    re.IGNORECASE,
)
# What it counts for that blocks pair off: pages give an answer to each question, and most are one paragraph.
_IN_TURN: Final = 0.5


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question's pieces and its answer's, each with its block's number; labels and numbers are left out."""

    question: tuple[tuple[int, Piece], ...]
    answer: tuple[tuple[int, Piece], ...]
    below: Frame | None = None  # the container that holds both
    marks: tuple[tuple[int, int, int], ...] = ()  # (block, start, end) of "Q:", "Answer:", a number


def asks(text: str) -> bool:
    """Say whether a text is worded as a question or an exercise: by its first or last words, or within."""
    return _ends_asking(text) or bool(_ASKING.match(text)) or bool(_EXERCISE.search(text))


def questions_of(reading: Reading, blocks: Sequence[int], heading: int | None) -> tuple[list[QuestionDraft], list[int]]:
    """Return the questions that `blocks` are, and the blocks that belong to none (before the first question)."""
    marks: dict[int, tuple[str, int]] = {}
    lone: list[int] = []
    content: list[int] = []
    numbers = 0
    for index in blocks:
        text = reading.blocks[index].text
        if _ANSWER_ALONE.fullmatch(text):
            marks[index] = ("a", len(text))
        elif (label := _LABEL.match(text)) and (label.end() < len(text) or text.rstrip().endswith((":", "."))):
            marks[index] = ("q" if label["q"] else "a", label.end())
        if (index in marks and marks[index][1] >= len(text)) or _is_running_number(reading, index, numbers + 1):
            numbers += index not in marks
            lone.append(index)
        content.append(index)
    starts = _starts(reading, content, heading, marks, lone)
    if not starts:
        return [], list(blocks)
    return _drafts(reading, content, starts, marks, lone), [
        index for index in content if index < starts[0] and index not in lone
    ]


def _is_running_number(reading: Reading, index: int, expected: int) -> bool:
    """Say whether a block is nothing but the next question's number ("2", "Question 2")."""
    block = reading.blocks[index]
    match = _LONE_NUMBER.fullmatch(block.text.strip())
    in_cell = any(frame.tag in ("td", "th") for frame in frames_of(block.frame))
    return bool(match) and not in_cell and int(re.sub(r"\D", "", block.text) or 0) == expected


def _drafts(
    reading: Reading,
    content: Sequence[int],
    starts: Sequence[int],
    marks: dict[int, tuple[str, int]],
    lone: Sequence[int],
) -> list[QuestionDraft]:
    drafts = []
    bounds = [*(content.index(start) for start in starts), len(content)]
    ends = [_question_end(reading, content, start, end, marks) for start, end in itertools.pairwise(bounds)]
    previous = 0
    numbers = _running_numbers(reading, starts)
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
            parts[position >= middle].append((index, Piece(block, skip, len(block.text)) if skip else Piece(block)))
        previous = end
        if len(parts[0]) == 1 and not parts[1] and (split := _split_within(reading, *parts[0][0])):
            parts = [[split[0]], [split[1]]]
        drafts.append(QuestionDraft(tuple(parts[0]), tuple(parts[1]), None, tuple(spans)))
    return [draft for draft in drafts if draft.question]


def _split_within(reading: Reading, index: int, piece: Piece) -> tuple[tuple[int, Piece], tuple[int, Piece]] | None:
    """Return question and answer of one block that holds both: at the end of its bold words, or at a line break."""
    block = reading.blocks[index]
    bold = 0
    for run in block.runs:
        if not any(mark.tag == "strong" for mark in run.marks):
            break
        bold += len(run.text)
    for at in (bold, block.text.find("\n", piece.start)):
        if piece.start < at < len(block.text) and asks(block.text[piece.start : at].strip()):
            return (index, Piece(block, piece.start, at)), (index, Piece(block, at, len(block.text)))
    return None


def _running_numbers(reading: Reading, starts: Sequence[int]) -> dict[int, int]:
    """Return where the text begins in questions that are numbered 1, 2, 3… within their own text."""
    matches = [_NUMBER.match(reading.blocks[index].text) for index in starts]
    values = [int(match[1]) if match else 0 for match in matches]
    if len(starts) > 1 and values == list(range(1, len(starts) + 1)):
        return {index: match.end() for index, match in zip(starts, matches, strict=True) if match}
    seams = [reading.blocks[index].seams[:1] for index in starts]
    heads = [
        re.fullmatch(r"[(#]?(?:Q(?:uestion)?\s*)?(\d{1,3})[.):]?", reading.blocks[index].text[: seam[0]].strip(), re.I)
        if seam else None
        for index, seam in zip(starts, seams, strict=True)
    ]  # fmt: skip
    if [int(head[1]) if head else 0 for head in heads] == list(range(1, len(starts) + 1)):
        return {index: seam[0] for index, seam in zip(starts, seams, strict=True)}
    return {}


def _question_end(
    reading: Reading, content: Sequence[int], start: int, end: int, marks: dict[int, tuple[str, int]]
) -> int:
    """Return the position of the first block that is no longer the question: the answer's first.

    A nested list, the end of a summary or of a `dt`, or "Answer:" says where that is; else it is the second block.
    """
    positions = range(start + 1, end)
    for position in positions:
        if content[position] in marks and marks[content[position]][0] == "a":
            return position
    frames = list(frames_of(reading.blocks[content[start]].frame))
    for tag in ("summary", "dt"):
        if holder := next((frame for frame in frames if frame.tag == tag), None):
            return next((n for n in positions if holder not in frames_of(reading.blocks[content[n]].frame)), end)
    if item := next((frame for frame in frames if frame.tag == "li"), None):
        for position in positions:
            inner = next((f for f in frames_of(reading.blocks[content[position]].frame) if f.tag == "li"), None)
            if inner is not item:
                return position
    return min(start + 1, end)


def _signature(reading: Reading, index: int) -> tuple[str, ...]:
    """Return how a block is marked up: its kind, level, weight, containers and shape."""
    block = reading.blocks[index]
    containers = "/".join(frame.tag for frame in frames_of(block.frame) if frame.tag != "div")
    return block.kind, str(block.level), str(block.is_bold), containers, block.shape, str(block.hidden)


def _starts(
    reading: Reading,
    content: Sequence[int],
    heading: int | None,
    marks: dict[int, tuple[str, int]],
    lone: Sequence[int],
) -> list[int]:
    """Return the blocks with which a question begins: the first way of telling them that the page supports."""
    labelled = [index for index in content if index in marks and marks[index][0] == "q"]
    if (
        lone
        and len(lone) > 1
        and lone[0] == content[0]
        and any(_LONE_NUMBER.fullmatch(reading.blocks[i].text) for i in lone)
    ):
        numbered = [i for i in lone if _LONE_NUMBER.fullmatch(reading.blocks[i].text) and i not in marks]
        if starts := _after_lone(content, numbered):
            return starts
    if labelled and any(kind == "a" for kind, _ in marks.values()):
        return [index for index in labelled if index not in lone] or _after_lone(content, lone)
    blocks = [index for index in content if index not in lone]
    outside = outer_frames(reading, heading)
    ways: tuple[Callable[[], list[int]], ...] = (
        lambda: _first_of(reading, blocks, outside, ("details",)),
        lambda: _terms(reading, blocks, outside),
        lambda: _nested(reading, blocks, outside),
        lambda: _headed(reading, blocks),
        lambda: _carded(reading, blocks),
        lambda: _likeliest(reading, blocks),
    )
    for way in ways:
        if starts := way():
            return starts
    return []


def _after_lone(content: Sequence[int], lone: Sequence[int]) -> list[int]:
    return [after for index, after in itertools.pairwise(content) if index in lone and after not in lone]


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


def _nested(reading: Reading, blocks: Sequence[int], outside: set[Frame]) -> list[int]:
    """A list item asks; what is nested in it, or stands in it after its first block, answers."""
    starts = _first_of(reading, blocks, outside, ("li",))
    if not starts or len(starts) == len(blocks):
        return []
    items = [top_item(reading, index, outside) for index in blocks]
    inside = sum(1 for index, item in zip(blocks, items, strict=True) if item is not None and index not in starts)
    return (
        starts
        if inside or all(item is None or index in starts for index, item in zip(blocks, items, strict=True))
        else []
    )


def _headed(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """A heading, a bold paragraph, a summary or a button asks; anything else answers."""
    for kind in ("heading", "summary", "button"):
        starts = [index for index in blocks if reading.blocks[index].kind == kind]
        if starts and starts[0] == blocks[0] and len(starts) < len(blocks):
            return starts
    starts = [index for index in blocks if reading.blocks[index].is_bold]
    return starts if starts and starts[0] == blocks[0] and len(starts) < len(blocks) else []


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


def _likeliest(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """Blocks without structure: marked up alike, in turn, or by wording alone, whichever agrees best with the wording.

    A way is judged by how many of its questions are worded as such, and how many of its answers are not.
    """
    texts = {index: reading.blocks[index].text for index in blocks}
    ways = [
        _shaped(reading, blocks),
        list(blocks[::2]) if len(blocks) % 2 == 0 else [],
        [i for i in blocks if asks(texts[i])],
    ]
    best: list[int] = []
    best_score = -1.0
    for way, starts in enumerate(ways):
        if not starts or starts[0] != blocks[0]:
            continue
        answers = [index for index in blocks if index not in starts]
        asking = sum(asks(texts[index]) for index in starts) / len(starts)
        wrong = sum(_ends_asking(texts[index]) for index in answers) / len(answers) if answers else 0.5
        unanswered = sum(
            1 for first, second in zip(starts, [*starts[1:], None], strict=True) if _next(blocks, first) == second
        ) / len(starts)
        more = len(answers) / len(starts) - 1  # paragraphs of an answer beyond the first
        score = 2 * asking - wrong - unanswered - 0.5 * max(more, 0) + (_IN_TURN if way == 1 else 0)
        if score > best_score:
            best, best_score = starts, score
    return best or ([blocks[0]] if blocks and asks(texts[blocks[0]]) else [])


def _next(blocks: Sequence[int], index: int) -> int | None:
    position = blocks.index(index) + 1
    return blocks[position] if position < len(blocks) else None


def _ends_asking(text: str) -> bool:
    return text.rstrip(" \"'”’)").endswith("?")


def _shaped(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """Return the blocks that are marked up like the first one, if any are not."""
    shape = _signature(reading, blocks[0]) if blocks else ()
    starts = [index for index in blocks if _signature(reading, index) == shape]
    return starts if len(starts) < len(blocks) else []
