"""A term with its definition, as it stands on the page."""

from dataclasses import dataclass
from typing import Final

from pipeline.blocks import Piece

__all__ = ["LONGEST_TERM", "PairDraft"]

LONGEST_TERM: Final = 120  # characters


@dataclass(frozen=True, slots=True)
class PairDraft:
    """A term's piece and its definition's pieces."""

    term: tuple[int, Piece]
    definition: tuple[tuple[int, Piece], ...] = ()
    separators: tuple[tuple[int, int, int], ...] = ()  # (block, start, end) of the colon between them
