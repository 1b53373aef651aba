"""When the text of a PDF says what a record says: the one place that knows what may differ, and what may not."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate
from typing import Final

from pipeline.exporters.pdf.characters import boxed_form, drawable

__all__ = ["PrintedText", "spoken"]

# Hyphens that a line's end brings in come back as U+2010 or U+FFFE (pdfium), a soft hyphen as itself; what Unicode
# calls default-ignorable is not drawn at all. None of them can be told from what the record has.
_IGNORED: Final = re.compile(
    "[\u00ad\u2010\u2011\ufffe\ufeff\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\U000e0000-\U000e0fff]"
)
# Mathematics is drawn: its alternative text is TeX without the delimiters, unless it had to be set as text.
_DELIMITERS: Final = re.compile(r"\\[()\[\]]")


class _Spoken(HTMLParser):
    """Collects what a fragment says: its text, and what its pictures are called."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Separate words, and name a picture."""
        if tag == "img":
            self.parts.append(f" {dict(attrs).get('alt') or ''} ")
        elif tag in {"p", "br", "li", "td", "th", "pre", "blockquote", "div"}:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Separate words."""
        if tag in {"p", "li", "td", "th", "pre", "blockquote", "div"}:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.parts.append(data)


def spoken(fragment: str) -> str:
    """Return what a canonical fragment says: its text with TeX in its place, and its pictures' alternative text."""
    parser = _Spoken()
    parser.feed(fragment)
    parser.close()
    return "".join(parser.parts)


def _characters(text: str, can_draw: Callable[[str], bool] | None) -> list[str]:
    """Return for each character of `text` what of it counts: compatibility forms taken apart, ignored ones empty."""
    if can_draw is not None:
        text = "".join(char if can_draw(char) or char.isspace() else boxed_form(char) for char in text)
    text = _IGNORED.sub("", _DELIMITERS.sub("", text))
    # NFKD, not NFKC: what composes must not depend on where a run of text happens to end.
    return [" " if char.isspace() else unicodedata.normalize("NFKD", char) for char in text]


@dataclass(frozen=True, slots=True)
class _Canonical:
    """Characters without white space, and after which of them white space stands."""

    letters: str
    spaces: frozenset[int]


def _canonical(text: str, can_draw: Callable[[str], bool] | None) -> _Canonical:
    letters: list[str] = []
    spaces: set[int] = set()
    length = 0
    for char in _characters(text, can_draw):
        visible = "".join(char.split())
        if len(visible) < len(char):
            spaces.add(length)
        if visible:
            letters.append(visible)
            length += len(visible)
    # Marks in canonical order, so that two spellings of one character are one.
    return _Canonical(unicodedata.normalize("NFKD", "".join(letters)), frozenset(spaces))


class PrintedText:
    """What a PDF says, in runs: a run is drawn in one go, so that words within it are apart as they are printed."""

    def __init__(self, runs: list[str]) -> None:
        canonical = [_canonical(run, None) for run in runs]
        self.starts = [0, *accumulate(len(run.letters) for run in canonical)]
        self._letters = "".join(run.letters for run in canonical)
        self._breaks = frozenset(self.starts)
        self._spaces = frozenset(
            start + space for start, run in zip(self.starts, canonical, strict=False) for space in run.spaces
        )

    def __len__(self) -> int:
        return len(self._letters)

    def find(
        self,
        expected: str,
        start: int,
        within: int,
        can_draw: Callable[[str], bool] = drawable,
    ) -> tuple[int, int] | None:
        """Return where `expected` begins and ends, at most `within` characters behind `start`; None if nowhere.

        Equal are texts with the same characters in the same order, once compatibility forms (ligatures, superior
        figures) are taken apart; a character that `can_draw` denies equals its code point. White space: where the
        record has some, the print has some, or begins another run (a line); where the print has some, the record has
        some too. Hyphens of a line's end, soft hyphens, invisible characters and the delimiters of mathematics do
        not count.
        """
        wanted = _canonical(expected, can_draw)
        end = start + within + len(wanted.letters)
        at = self._letters.find(wanted.letters, start, end)
        while at >= 0:
            if self._same_words(wanted, at):
                return at, at + len(wanted.letters)
            at = self._letters.find(wanted.letters, at + 1, end)
        return None

    def _same_words(self, wanted: _Canonical, at: int) -> bool:
        inner = range(1, len(wanted.letters))
        return all(
            (at + place in self._breaks) or ((place in wanted.spaces) == (at + place in self._spaces))
            for place in inner
        )

    def run_at(self, position: int) -> int:
        """Return the number of the run that holds the character at `position`."""
        return max(0, bisect_left(self.starts, position + 1) - 1)
