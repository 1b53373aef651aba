"""The lines of a page's blocks; the source is searched only when the first one is asked for."""

from collections.abc import Sequence

from pipeline.blocks import Block, LineFinder, Page

__all__ = ["SourceLines"]


class SourceLines:
    """Tells on which line of the decoded source each of `blocks` begins."""

    def __init__(self, page: Page, blocks: Sequence[Block], *, media_type: str) -> None:
        self._page = page
        self._blocks = blocks
        self._markup = media_type in ("text/html", "application/xhtml+xml")
        self._lines: list[int | None] | None = None

    def of_block(self, index: int | None) -> int | None:
        """Return the line (from 1) on which a block begins, or None where it is not to be found."""
        if index is None:
            return None
        if self._blocks[index].line is not None:
            return self._blocks[index].line
        if self._lines is None:
            finder = LineFinder(self._page.source, markup=self._markup)
            self._lines = finder.find_all(block.text for block in self._blocks)
        return self._lines[index]
