"""Labels before texts that ask and answer in turn: `Q:` and `A:`, `Frage:` and `Antwort:`, any two that alternate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from pipeline.blocks.inline import slice_runs, strip_runs
from pipeline.blocks.model import Block, text_of

__all__ = ["Turn", "turns_apart", "turns_of"]

_ASKING: Final = "q|qn|question|prompt|frage|pregunta|pergunta|domanda|pytanie|вопрос|問|问"
_ANSWERING: Final = (
    "a|ans|(?:(?:the )?(?:correct|right|sample|model|suggested|possible|example|expected|best) )?answer|reply|response|"
    "solution|antwort|respuesta|resposta|risposta|réponse|odpowiedź|ответ|答"
)
_LABEL: Final = re.compile(
    rf"(?:(?P<q>{_ASKING})|(?P<a>{_ANSWERING}))(?:[ ]?\d{{1,3}}[ ]?[:：.)]|(?!\w)[ ]?(?:[:：]|[.)](?=\s|$)))\s*",
    re.IGNORECASE,
)
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
    return turns if any(turns) else _alternating(texts)


def _known(text: str) -> Turn | None:
    label = _LABEL.match(text)
    if label is None or (label.end() == len(text) and not text.rstrip().endswith((":", "：", "."))):
        return None
    return Turn("q" if label["q"] else "a", label.end())


def _alternating(texts: Sequence[str]) -> list[Turn | None]:
    matches = [_ANY.match(text) for text in texts]
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
        starts = _starts(block) if ":" in block.text or "：" in block.text or "." in block.text else []
        if not starts:
            yield block
            continue
        for start, end in pairwise(sorted({0, *starts, len(block.text)})):
            runs = strip_runs(slice_runs(block.runs, start, end))
            if runs:
                yield replace(block, runs=runs, text=text_of(runs), seams=(), halves=0, indents=())


def _starts(block: Block) -> list[int]:
    """Return where the labels of a block's lines stand, if the first asks and another answers."""
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
    if sides[:1] != ["q"] or "a" not in sides or any(map(_CHOICE.match, lines)):
        return []
    return [start for start, turn in zip(ordered, turns, strict=True) if turn is not None]
