"""Drawn chunks joined into one file, with running heads, page numbers, bookmarks and an index."""

from pipeline.exporters.pdf.joining.documents import Joined, join
from pipeline.exporters.pdf.joining.finishing import Furniture, finish, heads_of, lines_of, metadata_of, stamp, write
from pipeline.exporters.pdf.joining.furniture import Line, LineSetter, drawn_text, shortened
from pipeline.exporters.pdf.joining.indexing import IndexEntry, gathered, index_letter

__all__ = [
    "Furniture",
    "IndexEntry",
    "Joined",
    "Line",
    "LineSetter",
    "drawn_text",
    "finish",
    "gathered",
    "heads_of",
    "index_letter",
    "join",
    "lines_of",
    "metadata_of",
    "shortened",
    "stamp",
    "write",
]
