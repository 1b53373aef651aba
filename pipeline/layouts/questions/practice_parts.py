"""What a section of questions is cut into."""

import re
from dataclasses import dataclass, field
from typing import Final

from pipeline.blocks import Piece
from pipeline.layouts.reading import Reading

__all__ = ["LETTER", "Atom", "PracticeDraft", "letter_at", "part_of", "piece_of"]

LETTER: Final = re.compile(r"(?:\((?P<a>[A-H])\)|(?P<b>[A-H])[.):])(?:\s+|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Atom:
    """A line of the section: a block, or a part of one between line breaks or printed letters."""

    block: int
    start: int
    end: int
    text: str


@dataclass(slots=True)
class PracticeDraft:
    """A question with choices; `marks` are letters, numbers and "Answer:"."""

    question: list[Atom] = field(default_factory=list)
    choices: list[Atom] = field(default_factory=list)
    answer: list[Atom] = field(default_factory=list)
    explanation: list[Atom] = field(default_factory=list)
    right: int | None = None  # which choice
    letter: Atom | None = None  # where the page says so, if by a letter
    marks: list[Atom] = field(default_factory=list)

    @property
    def is_answered(self) -> bool:
        """Say whether it is known which choice is right, or what the answer is."""
        return self.right is not None or bool(self.answer)


def letter_at(text: str) -> str | None:
    """Return the capital of the letter that a line begins with as a mark ("B.", "(b)"), or is; else None."""
    if match := LETTER.match(text):
        return str(match["a"] or match["b"]).upper()
    return text.upper() if re.fullmatch("[A-H]", text, re.IGNORECASE) else None


def part_of(atom: Atom, start: int, end: int) -> Atom:
    """Return what of a line stands between two offsets in it."""
    return Atom(atom.block, atom.start + start, atom.start + end, atom.text[start:end])


def piece_of(reading: Reading, atom: Atom) -> Piece:
    """Return a line as a piece of its block."""
    return Piece(reading.blocks[atom.block], atom.start, atom.end)
