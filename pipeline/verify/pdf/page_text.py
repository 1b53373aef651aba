"""What a page's content says, read as it is written: each glyph's text, and by which mark it belongs to what.

A reader's guesses are no part of it: pdfium, asked for a text, sees a space where kerning sets two letters wide
("(df)"), beside accents, and in the middle of words (measured). The glyphs that are drawn, spaces among them, and what
the file says of each, leave nothing to guess.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf

__all__ = ["FontTexts", "PageText", "page_text"]

_OPERATORS: Final = "BMC BDC EMC Tf Tj TJ ' \" q Q"
_SHOWING: Final = frozenset(["Tj", "TJ", "'", '"'])
_MEANING: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
# What a glyph says of which the file says nothing: it is drawn, and so it counts.
_UNNAMED: Final = "\ufffd"


class FontTexts:
    """What the glyphs of a file's fonts say, each font read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[int, Mapping[int, str]]] = {}

    def of(self, font: Any) -> tuple[int, Mapping[int, str]]:
        """Return how many bytes a glyph's number has in a font, and the texts by number."""
        if font.objgen not in self._known:
            stream = font.get("/ToUnicode")
            texts = {} if stream is None else _meanings(stream.read_bytes())
            self._known[font.objgen] = (2 if font.get("/Subtype") == "/Type0" else 1), texts
        return self._known[font.objgen]


def _meanings(cmap: bytes) -> dict[int, str]:
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for section in cmap.split(b"beginbfchar")[1:]
        for glyph, text in _MEANING.findall(section.partition(b"endbfchar")[0])
    }


@dataclass(slots=True)
class PageText:
    """A page's texts by the mark of their content, one for each time that it is marked; and those without any mark.

    What is marked as an artifact (a running head, a cut mark) is left out.
    """

    marked: dict[int, list[str]] = field(default_factory=dict)
    unmarked: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Content:
    """Marked content that is open: its mark, or that it is an artifact, or which text stands for its glyphs."""

    mark: int | None = None
    is_artifact: bool = False
    actual: str | None = None
    said: list[str] = field(default_factory=list)


def page_text(page: pikepdf.Page, fonts: FontTexts) -> PageText:
    """Return what a page says. Raises ValueError or LookupError if its content is broken."""
    reader = _Reader(page, fonts)
    for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
        reader.do(str(instruction.operator), instruction.operands)
    return reader.found


class _Reader:
    """Goes through a page's content, operator by operator."""

    def __init__(self, page: pikepdf.Page, fonts: FontTexts) -> None:
        self._resources: Any = page.obj.get("/Resources", pikepdf.Dictionary())
        self._fonts = fonts
        self._font: tuple[int, Mapping[int, str]] = (1, {})
        self._saved: list[tuple[int, Mapping[int, str]]] = []
        self._open: list[_Content] = []
        self.found = PageText()

    def do(self, operator: str, operands: Any) -> None:
        if operator in _SHOWING:
            self._show(operands[-1])
        elif operator == "Tf":
            self._font = self._fonts.of(self._resources.Font[str(operands[0])])
        elif operator in {"BDC", "BMC"}:
            self._begin(operands)
        elif operator == "EMC":
            self._end()
        elif operator == "q":
            self._saved.append(self._font)
        elif operator == "Q":
            self._font = self._saved.pop()

    def _show(self, shown: Any) -> None:
        width, texts = self._font
        strings = [shown] if isinstance(shown, pikepdf.String) else shown
        codes = b"".join(bytes(string) for string in strings if isinstance(string, pikepdf.String))
        for at in range(0, len(codes), width):
            self._say(texts.get(int.from_bytes(codes[at : at + width], "big")) or _UNNAMED)

    def _begin(self, operands: Any) -> None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = self._resources.Properties[str(properties)]
        content = _Content(is_artifact=str(operands[0]) == "/Artifact")
        if isinstance(properties, pikepdf.Dictionary):
            content.mark = int(properties.MCID) if "/MCID" in properties else None
            content.actual = str(properties.ActualText) if "/ActualText" in properties else None
        if content.mark is not None:
            self.found.marked.setdefault(content.mark, [])
        self._open.append(content)

    def _end(self) -> None:
        content = self._open.pop()
        said = "".join(content.said)
        if content.actual is not None and _may_be(content.actual, said):
            said = content.actual
        if content.mark is not None:
            self.found.marked[content.mark].append(said)
        elif not content.is_artifact and said:
            self._say(said)

    def _say(self, text: str) -> None:
        if self._open:
            self._open[-1].said.append(text)
        elif text:
            self.found.unmarked.append(text)


def _may_be(actual: str, drawn: str) -> bool:
    """Say whether a text may be that of glyphs: most of what they say is in it, and most of its letters are drawn.

    Not all: a dotless i is drawn below an accent, a circle below an accent that stands alone, and a bracket of a line
    from the right as its mirror image. Of some glyphs that only stand beside others it is not known what they say.
    """
    said, meant = _letters(drawn.replace(_UNNAMED, "")), _letters(actual)
    common = (said & meant).total()
    letters = sum(count for letter, count in meant.items() if letter.isalnum())
    return 2 * common >= (said.total() if _UNNAMED in drawn else max(said.total(), letters))


def _letters(text: str) -> Counter[str]:
    apart = unicodedata.normalize("NFKD", text)
    return Counter(letter for letter in apart if not letter.isspace() and not unicodedata.mirrored(letter))
