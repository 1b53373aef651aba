"""When the text of a PDF says what a record says: the one place that knows what may differ, and what may not."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from pipeline.exporters.pdf.fonts import boxed_form, drawable

__all__ = ["PICTURE", "PrintedText", "Said"]

# Hyphens that a line's end brings in come back as U+2010, a soft hyphen as itself; a hyphenation point that ends a line
# is drawn as a hyphen (Pango). What Unicode calls default-ignorable is not drawn at all. None of them can be told from
# what the record has.
_IGNORED: Final = re.compile(
    "[\u00ad\u2010\u2011\u2027\ufeff\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\U000e0000-\U000e0fff]"
)
# How a piece of text is drawn; raised and lowered text is "^" and "_", twice where it is twice.
PICTURE: Final = "picture"
# Noncharacters, which no text has: before each character that is raised, lowered, or in the name of a picture. (A wide
# formula is drawn as several, one below the other, whose names are its parts.)
_MARKS: Final = {"^": "\ufdd1", "_": "\ufdd2", PICTURE: "\ufdd3"}
_FORMS: Final = {"<super>": "\ufdd1", "<sub>": "\ufdd2"}
_MARKED: Final = re.compile("[\ufdd1-\ufdd3]")
_SCRIPT: Final = re.compile("[\ufdd1\ufdd2]")


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of text, drawn in one go, and how: plainly, raised, lowered, or as a picture of which it is the name."""

    text: str
    how: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class _Canonical:
    """Characters without white space, and after which of them white space stands."""

    letters: str
    spaces: frozenset[int]


@lru_cache(maxsize=4096)
def _counting(char: str) -> str:
    """Return what of a character counts: a compatibility form taken apart, its being raised or lowered kept."""
    if char.isspace():
        return " "
    # NFKD, not NFKC: what composes must not depend on where a run of text happens to end.
    apart = unicodedata.normalize("NFKD", char)
    mark = _FORMS.get(unicodedata.decomposition(char).partition(" ")[0], "")
    return "".join(mark + part for part in apart) if mark else apart


def _canonical(said: Said, *, expected: bool) -> _Canonical:
    text, how = said.text, said.how
    if not (text.isascii() and text.isprintable()):
        if expected and how != PICTURE:
            text = "".join(char if drawable(char) or char.isspace() else boxed_form(char) for char in text)
        text = "".join(_counting(char) for char in _IGNORED.sub("", text))
    words = text.split()
    ends = list(accumulate(len(word) for word in words))
    spaces = set(ends[:-1])
    if text[:1].isspace():
        spaces.add(0)
    if words and text[-1].isspace():
        spaces.add(ends[-1])
    letters = "".join(words)
    if how:
        marks = _MARKS[how] if how == PICTURE else "".join(_MARKS[step] for step in how)
        wider = len(marks) + 1
        return _Canonical("".join(marks + letter for letter in letters), frozenset(space * wider for space in spaces))
    return _Canonical(letters, frozenset(spaces))


class _Joined:
    """Pieces of text one after another: their characters, where white space stands, and where pieces begin."""

    def __init__(self, pieces: Iterable[Said], *, expected: bool, scripts: bool) -> None:
        canonical = [_canonical(piece, expected=expected) for piece in pieces]
        if not scripts:
            canonical = [_without_scripts(piece) for piece in canonical]
        self.starts = [0, *accumulate(len(piece.letters) for piece in canonical)]
        joined = "".join(piece.letters for piece in canonical)
        # Marks in canonical order, so that two spellings of one character are one.
        self.letters = joined if joined.isascii() else unicodedata.normalize("NFKD", joined)
        self.spaces = {
            start + space for start, piece in zip(self.starts, canonical, strict=False) for space in piece.spaces
        }


def _without_scripts(piece: _Canonical) -> _Canonical:
    letters = _SCRIPT.sub("", piece.letters)
    spaces = frozenset(space - len(_SCRIPT.findall(piece.letters[:space])) for space in piece.spaces)
    return _Canonical(letters, spaces)


class PrintedText:
    """What a part of a PDF says, piece by piece: a piece is drawn in one go, so that words are apart within it.

    Equal are texts with the same characters in the same order, once compatibility forms (ligatures) are taken apart;
    raised and lowered ones (`<sup>`, "²") are so in both. A character that no font can draw equals its code point. A
    formula and a picture equal what they are called, and nothing that is set as text. White space: where the record
    has some, the print has some, or begins another piece (a line); where the print has some, the record has some too.
    Hyphens of a line's end, soft hyphens and invisible characters do not count.

    Without `scripts`, text is the same whether it is raised, lowered or neither.
    """

    def __init__(self, pieces: Sequence[Said], *, scripts: bool = True) -> None:
        self._pieces = pieces
        self._scripts = scripts
        self._text = _Joined(pieces, expected=False, scripts=scripts)
        self._breaks = frozenset(self._text.starts)

    def __len__(self) -> int:
        return len(self._text.letters)

    def says(self, passages: Iterable[Sequence[Said]]) -> bool:
        """Say whether this is just these passages, one after another, and nothing else."""
        joints = set()
        pieces: list[Said] = []
        for passage in passages:
            joints.add(len(pieces))
            pieces += passage
        wanted = _Joined(pieces, expected=True, scripts=self._scripts)
        if wanted.letters != self._text.letters:
            return False
        free = {wanted.starts[joint] for joint in joints} | {0, len(self)}
        return not (wanted.spaces ^ self._text.spaces) - self._breaks - free

    def find(self, passage: Sequence[Said], start: int) -> tuple[int, int] | None:
        """Return where a passage begins and ends, not before `start`; None if nowhere."""
        wanted = _Joined(passage, expected=True, scripts=self._scripts)
        length = len(wanted.letters)
        at = self._text.letters.find(wanted.letters, start)
        while at >= 0:
            inner = range(at + 1, at + length)
            if all(
                place in self._breaks or (place in self._text.spaces) == (place - at in wanted.spaces)
                for place in inner
            ):
                return at, at + length
            at = self._text.letters.find(wanted.letters, at + 1)
        return None

    def length_of(self, passage: Sequence[Said]) -> int:
        """Return how many characters a passage takes."""
        return len(_Joined(passage, expected=True, scripts=self._scripts).letters)

    def page_at(self, position: int) -> int:
        """Return the index of the page on which the character at a position stands."""
        for start, piece in zip(reversed(self._text.starts[:-1]), reversed(self._pieces), strict=True):
            if start <= position:
                return piece.page
        return 0

    def excerpt(self, start: int, end: int) -> str:
        """Return what stands between two positions, to be read by a person."""
        letters, spaces = self._text.letters, self._text.spaces | self._breaks
        shown = "".join((" " if at in spaces else "") + letters[at] for at in range(start, end))
        return " ".join(_MARKED.sub("", shown).split())
