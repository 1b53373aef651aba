"""What the readers of terms with their definitions give."""

from dataclasses import dataclass

from pipeline.blocks import Piece

__all__ = ["PairDraft"]


@dataclass(frozen=True, slots=True)
class PairDraft:
    """A term's piece and its definition's pieces."""

    term: tuple[int, Piece]
    definition: tuple[tuple[int, Piece], ...]
    separators: tuple[tuple[int, int, int], ...] = ()  # (block, start, end) of the colon between them
