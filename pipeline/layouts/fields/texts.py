"""Rich text of pieces of a page, as the fields of records have it."""

from collections.abc import Sequence

from pipeline.blocks import Piece, rich_text
from pipeline.layouts.reading import unmarked
from pipeline.records import RichText

__all__ = ["name_text", "prose_text", "short_text"]


def prose_text(pieces: Sequence[tuple[int, Piece]]) -> RichText:
    """Return the text of pieces with all of their marks."""
    return rich_text([piece for _, piece in pieces])


def name_text(piece: Piece) -> RichText:
    """Return a name without the weight and the links that are only the page's way of showing it."""
    return rich_text([unmarked(piece)], below=piece.block.frame)


def short_text(pieces: Sequence[tuple[int, Piece]]) -> RichText:
    """Return the text of pieces; of one alone as of a name: its weight says that it is a question, or a choice."""
    return name_text(pieces[0][1]) if len(pieces) == 1 else prose_text(pieces)
