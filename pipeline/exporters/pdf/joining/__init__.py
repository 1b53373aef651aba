"""Drawn chunks joined into one file, with running heads, page numbers, bookmarks and an index."""

from pipeline.exporters.pdf.joining.documents import Joined, join
from pipeline.exporters.pdf.joining.finishing import Furniture, finish, stamp, write
from pipeline.exporters.pdf.joining.furniture import Line, LineSetter, shortened
from pipeline.exporters.pdf.joining.indexing import IndexEntry, gathered, index_letter

__all__ = [
    "Furniture",
    "IndexEntry",
    "Joined",
    "Line",
    "LineSetter",
    "finish",
    "gathered",
    "index_letter",
    "join",
    "shortened",
    "stamp",
    "write",
]
