"""What the handouts have to know of one kind of record."""

from collections.abc import Iterator
from typing import Any, Literal, Protocol

from pipeline.exporters.pdf.kinds.chunks import ChunkSize
from pipeline.records import RichText

__all__ = ["KindPiece", "Passage", "SheetPart"]

SheetPart = Literal["handout", "answers"]
# What stands in one piece on a page: a record's text, or our own words.
Passage = RichText | str


class KindPiece(Protocol):
    """What the handouts have to know of one kind; its template is `templates/<kind>/handout.html.j2`."""

    @property
    def chunk_size(self) -> ChunkSize:
        """How many records of this kind are drawn together."""

    def place(self, record: Any) -> tuple[Any, ...]:
        """Return a sort key among all records that have a place, () for one that stands behind these by its id."""

    def group(self, record: Any) -> str:
        """Return the heading under which the contents list the record, where a course has more than one."""

    def heading(self, record: Any) -> RichText:
        """Return what the record is called, on the page, in the contents and the bookmarks."""

    def index_entries(self, record: Any) -> Iterator[tuple[str, RichText]]:
        """Yield what the index lists of the record: the key of a place in it ("" where it begins), and the entry."""

    def questions(self, record: Any) -> int:
        """Return how many questions it asks: a record with none is not in the answers."""

    def passages(self, record: Any, part: SheetPart) -> Iterator[Passage]:
        """Yield all that this part prints of the record, our own words as `str`, in the order of print.

        Verification looks for just this, and for nothing else between, before and behind; an empty one is not printed.
        """
