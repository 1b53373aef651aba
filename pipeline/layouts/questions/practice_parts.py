"""What a section of questions is cut into."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.blocks import Piece
from pipeline.layouts.questions.draft import QuestionDraft
from pipeline.layouts.reading import Reading

__all__ = ["LETTER", "Atom", "PracticeDraft", "letter_at", "part_of", "without_letter"]

LETTER: Final = re.compile(r"(?:\((?P<a>[A-H])\)|(?P<b>[A-H])[.):])(?:\s+|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Atom:
    """A line of the section: a block, or a part of one between line breaks or printed letters."""

    block: int
    start: int
    end: int
    text: str
    box: str = ""  # the list sign that is to be ticked


@dataclass(slots=True)
class PracticeDraft:
    """A question with choices while it is read; `marks` are letters, numbers and "Answer:"."""

    question: list[Atom] = field(default_factory=list)
    choices: list[Atom] = field(default_factory=list)
    answer: list[Atom] = field(default_factory=list)
    explanation: list[Atom] = field(default_factory=list)
    right: int | None = None  # which choice
    letter: Atom | None = None  # where the page says so, if by a letter
    marks: list[Atom] = field(default_factory=list)

    def finished(self, reading: Reading) -> QuestionDraft:
        """Return the question in the form that all questions have."""

        def pieces(atoms: Sequence[Atom]) -> tuple[tuple[int, Piece], ...]:
            return tuple(reading.piece(atom.block, atom.start, atom.end) for atom in atoms)

        return QuestionDraft(
            pieces(self.question),
            pieces(self.answer),
            pieces(self.choices),
            pieces(self.explanation),
            self.right,
            pieces([self.letter] if self.letter else []),
            tuple((atom.block, atom.start, atom.end) for atom in self.marks),
        )

    @property
    def is_answered(self) -> bool:
        """Say whether it is known which choice is right, or what the answer is."""
        return self.right is not None or bool(self.answer)


def letter_at(text: str) -> str | None:
    """Return the capital of the letter that a line begins with as a mark ("B.", "(b)"), or is; else None."""
    if match := LETTER.match(text):
        return str(match["a"] or match["b"]).upper()
    return text.upper() if re.fullmatch("[A-H]", text, re.IGNORECASE) else None


def without_letter(text: str) -> str:
    """Return a choice's text behind its letter, if it has one."""
    match = LETTER.match(text)
    return text[match.end() :] if match else text


def part_of(atom: Atom, start: int, end: int) -> Atom:
    """Return what of a line stands between two offsets in it."""
    return Atom(atom.block, atom.start + start, atom.start + end, atom.text[start:end], atom.box)
