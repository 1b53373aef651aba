"""A question as it stands on the page, with its answer."""

from dataclasses import dataclass

from pipeline.blocks import Piece

__all__ = ["QuestionDraft"]


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """The pieces of a question and of its answer, each with its block's number; labels and numbers are left out."""

    question: tuple[tuple[int, Piece], ...]
    answer: tuple[tuple[int, Piece], ...] = ()
    choices: tuple[tuple[int, Piece], ...] = ()
    explanation: tuple[tuple[int, Piece], ...] = ()
    right: int | None = None  # the choice that is the answer
    letter: tuple[tuple[int, Piece], ...] = ()  # where the page says so, if by a letter
    marks: tuple[tuple[int, int, int], ...] = ()  # (block, start, end) of "Q:", "Answer:", a number

    @property
    def is_answered(self) -> bool:
        """Say whether the page gives the answer."""
        return self.right is not None or bool(self.answer)
