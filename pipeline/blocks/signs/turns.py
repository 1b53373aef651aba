"""Labels before texts that ask and answer in turn: `Q:` and `A:`, `Frage:` and `Antwort:`, any two that alternate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from pipeline.blocks.inline import slice_runs, strip_runs
from pipeline.blocks.model import Block, text_of

__all__ = ["Turn", "begins_answer", "begins_question", "turns_apart", "turns_of"]

_ASKING: Final = "q|qn|question|prompt|frage|pregunta|pergunta|domanda|pytanie|вопрос|問|问"
_ANSWERING: Final = (
    "a|ans|(?:(?:the )?(?:correct|right|sample|model|suggested|possible|example|expected|best) )?answer|reply|response|"
    "solution|antwort|respuesta|resposta|risposta|réponse|odpowiedź|ответ|答"
)
_LABEL: Final = re.compile(
    rf"(?:(?P<q>{_ASKING})|(?P<a>{_ANSWERING}))"
    r"(?:[ ]?\d{1,3}[ ]?(?:[:：.)]|[–—-](?=\s))|(?!\w)[ ]?(?:[:：]|[.)](?=\s|$)))\s*",
    re.IGNORECASE,
)
# A drawn sign before a text, a colon, or the sign of a quotation; those that ask are known.
_SIGN: Final = re.compile(
    r"(?P<word>[:：>](?=\s)|[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?)\s*(?=\S)"
)
_ASKS: Final = re.compile("[❓❔🤔🙋]")
_LETTER: Final = re.compile(r"[qa] ?[.)]", re.IGNORECASE)
# A label whose word is not known: believed where two of them alternate.
_ANY: Final = re.compile(r"(?P<word>[^\W\d_]{1,12}) ?(?:\d{1,3} ?)?[:：]\s*(?=\S)")
_CHOICE: Final = re.compile(r"[Bb][.)]\s")
# An answer in the line of its question.
_WITHIN: Final = re.compile(rf"(?<=[?.!:”\"’)])\s+(?=(?:{_ANSWERING})(?!\w)[ ]?\d{{0,3}}[ ]?[:：]\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """A label at the head of a text: whether it asks or answers, and where the text behind it begins."""

    side: Literal["q", "a"]
    end: int


def turns_of(texts: Sequence[str]) -> list[Turn | None]:
    """Return the label that each text begins with, or is; None for a text without.

    "A." is the label of an answer only where "Q." is that of a question. Words that are not known as labels are ones
    where just two of them stand before texts, in turn and more than once.
    """
    turns = [_known(text) for text in texts]
    letters = [n for n, text in enumerate(texts) if turns[n] is not None and _LETTER.match(text)]
    if len({turn.side for n in letters if (turn := turns[n]) is not None}) == 1:
        turns = [None if n in letters else turn for n, turn in enumerate(turns)]
    return turns if any(turns) else _signed(texts) or _alternating(texts, _ANY)


def begins_answer(line: str, question: str) -> bool:
    """Say whether a line answers the one above it, which asks: it begins with a label, or with a drawn sign."""
    if not question.rstrip().endswith("?"):
        return False
    turn = None if _LETTER.match(line) else _known(line)
    return turn.side == "a" if turn is not None else _SIGN.match(line) is not None


def begins_question(line: str) -> bool:
    """Say whether a line begins with a label that asks."""
    turn = _known(line)
    return turn.side == "q" if turn is not None else _ASKS.match(line) is not None


def _known(text: str) -> Turn | None:
    label = _LABEL.match(text)
    if label is None or (label.end() == len(text) and not text.rstrip().endswith((":", "：", "."))):
        return None
    return Turn("q" if label["q"] else "a", label.end())


def _signed(texts: Sequence[str]) -> list[Turn | None]:
    """Return the signs that texts begin with, if one stands before those that ask and another before those that answer.

    A question may have no sign: the one before what answers it is enough, where there are two of them.
    """
    matches = [_SIGN.match(text) for text in texts]
    found = [match for match in matches if match]
    if not found:
        return []
    if len(found) == 2 and _ASKS.match(found[0]["word"]) and not _ASKS.match(found[1]["word"]):
        first, second = (n for n, match in enumerate(matches) if match)
        return [
            Turn("q" if n == first else "a", match.end()) if match and n in (first, second) else None
            for n, match in enumerate(matches)
        ]
    if any(turns := _alternating(texts, _SIGN)):
        return turns
    asked = [n for n, text in enumerate(texts) if matches[n] is None and text.rstrip().endswith("?")]
    words = {match["word"] for match in found}
    is_told = len(words) == 1 and len(asked) == len(found) and (len(asked) > 1 or words <= {":", "："})
    if is_told and all(n + 1 < len(texts) and matches[n + 1] for n in asked):
        return [
            Turn("a", match.end()) if match else Turn("q", 0) if n in asked else None for n, match in enumerate(matches)
        ]
    return []


def _alternating(texts: Sequence[str], label: re.Pattern[str]) -> list[Turn | None]:
    matches = [label.match(text) for text in texts]
    words = [match["word"].casefold() for match in matches if match]
    first, second = (*dict.fromkeys(words), "", "")[:2]
    if len(words) < 4 or len(words) % 2 or words != [first, second] * (len(words) // 2):
        return [None] * len(texts)
    return [
        Turn("q" if match["word"].casefold() == first else "a", match.end()) if match else None for match in matches
    ]


def turns_apart(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, one in whose lines a question and its answer have labels cut where these stand."""
    for block in blocks:
        starts = _starts(block) if "\n" in block.text or ":" in block.text or "：" in block.text else []
        if not starts:
            yield block
            continue
        for start, end in pairwise(sorted({0, *starts, len(block.text)})):
            runs = strip_runs(slice_runs(block.runs, start, end))
            if runs:
                yield replace(block, runs=runs, text=text_of(runs), seams=(), halves=0, indents=())


def _starts(block: Block) -> list[int]:
    """Return where the labels of a block's lines stand, if the first asks (by label or wording) and one answers."""
    if block.kind == "pre":
        return []
    cuts = {0, *(match.end() for match in re.finditer("\n", block.text))}
    if _known(block.text):
        cuts |= {match.end() for match in _WITHIN.finditer(block.text)}
    ordered = sorted(cuts)
    if len(ordered) < 2:
        return []
    lines = [block.text[start:end].rstrip("\n") for start, end in pairwise([*ordered, len(block.text)])]
    turns = turns_of(lines)
    sides = [turn.side for turn in turns if turn is not None]
    if any(map(_CHOICE.match, lines)):
        return []
    if sides == ["a"] and len(lines) == 2 and begins_answer(lines[1], lines[0]):
        return ordered[1:]  # "Which pores drain first?", and below it "Answer: the widest"
    if sides[:1] != ["q"] or "a" not in sides:
        return []
    return [start for start, turn in zip(ordered, turns, strict=True) if turn is not None]
