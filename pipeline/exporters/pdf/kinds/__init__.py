"""What is printed of each kind of record, in which order, and where a course is cut into chunks."""

from pipeline.exporters.pdf.kinds.chunks import ChunkSize, cut
from pipeline.exporters.pdf.kinds.dispatch import credits_of, piece_of
from pipeline.exporters.pdf.kinds.ordering import grouped, print_order
from pipeline.exporters.pdf.kinds.piece import KindPiece, Passage, SheetPart
from pipeline.exporters.pdf.kinds.questions import answer_boxes, is_short

__all__ = [
    "ChunkSize",
    "KindPiece",
    "Passage",
    "SheetPart",
    "answer_boxes",
    "credits_of",
    "cut",
    "grouped",
    "is_short",
    "piece_of",
    "print_order",
]
