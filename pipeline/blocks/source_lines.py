"""Where a block stands in its source: found only when a line is to be shown (lxml under BeautifulSoup keeps none)."""

from bisect import bisect_right
from collections.abc import Iterable
from html.parser import HTMLParser

__all__ = ["LineFinder"]


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


class _Stream(HTMLParser):
    """Collects a page's letters and digits, with the line of each piece."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.lines: list[int] = []
        self._length = 0
        self._skipping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "svg") or (tag == "script" and not dict(attrs).get("type", "").startswith("math/")):  # type: ignore[union-attr]
            self._skipping = self._skipping or tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._skipping:
            self._skipping = ""

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        first = self.getpos()[0]
        for offset, line in enumerate(data.split("\n")):
            self.add(line, first + offset)

    def add(self, text: str, line: int) -> None:
        """Add the letters of a piece of text that stands on `line`."""
        letters = _letters(text)
        if letters:
            self.pieces.append(letters)
            self.starts.append(self._length)
            self.lines.append(line)
            self._length += len(letters)


class LineFinder:
    """Finds texts of one page in its source, in the order in which they stand there."""

    def __init__(self, source: str, *, markup: bool) -> None:
        stream = _Stream()
        if markup:
            stream.feed(source)
            stream.close()
        else:
            for number, line in enumerate(source.split("\n"), 1):
                stream.add(line, number)
        self._letters = "".join(stream.pieces)
        self._starts = stream.starts
        self._lines = stream.lines
        self._last = 0

    def find(self, text: str) -> int | None:
        """Return the line (from 1) on which `text` begins: the first after the last one found, else any; or None."""
        letters = _letters(text)[:80]
        if not letters:
            return None
        at = self._letters.find(letters, self._last)
        if at < 0:
            at = self._letters.find(letters)
        if at < 0:
            return None
        self._last = at + len(letters)
        return self._lines[bisect_right(self._starts, at) - 1]

    def find_all(self, texts: Iterable[str]) -> list[int | None]:
        """Return the line of each of `texts`, which stand in this order."""
        return [self.find(text) for text in texts]
