"""Running heads and page numbers, written into the finished pages as artifacts: they are no part of the text.

They are the only thing that an edit elsewhere in the course may change on a page, so no chunk is drawn for them. The
text is set in the default instance of the label font, cut to the characters that occur, without shaping: heads are
names and numbers.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from pipeline.exporters.pdf.fonts import boxed_form, cut_font, measures

__all__ = ["Line", "LineSetter", "MissingGlyphError", "shortened"]

# In the order in which a character is looked for; all but the first only lend what that one lacks.
_FILES: Final = (
    "inter/Inter[opsz,wght].ttf",
    "stixtwomath/STIXTwoMath-Regular.ttf",
    "notosanssymbols2/NotoSansSymbols2-Regular.ttf",
    "notosans/NotoSans[wdth,wght].ttf",
    "notosansmono/NotoSansMono[wdth,wght].ttf",
)
_ELLIPSIS: Final = "…"
# What Unicode calls default-ignorable: without shaping a font's picture of it would be drawn (a hyphen, a box).
_IGNORED: Final = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


class MissingGlyphError(Exception):
    """Our own furniture has a character that the fonts lack: a defect of ours."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text on one page: its baseline's start (or end, if `right`) in points from the lower left."""

    text: str
    x: float
    y: float
    size: float
    right: bool = False
    max_width: float | None = None


@cache
def _font_of(char: str) -> int:
    """Return the number of the first font that has the character. Raises MissingGlyphError if none has."""
    for number, file in enumerate(_FILES):
        if ord(char) in measures(file).advances:
            return number
    message = f"no bundled font has {char!r} for a running head"
    raise MissingGlyphError(message)


def _settable(text: str) -> str:
    """Return a record's text with code points for the characters that no font has, without those never drawn."""
    out = []
    for char in _IGNORED.sub("", " ".join(text.split())):
        try:
            _font_of(char)
        except MissingGlyphError:
            out.append(boxed_form(char))
        else:
            out.append(char)
    return "".join(out)


class LineSetter:
    """Collects lines for the pages of one PDF, then writes them all with one font each."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._lines: dict[int, list[Line]] = {}

    def add(self, page: int, line: Line) -> None:
        """Set a line on the page of that index; what is wider than `max_width` ends in an ellipsis."""
        text = _settable(line.text)
        if line.max_width is not None:
            text = shortened(text, line.max_width / line.size)
        if text:
            self._lines.setdefault(page, []).append(Line(text, line.x, line.y, line.size, line.right))

    def write(self) -> None:
        """Write all lines into their pages, each page's as one artifact behind what it holds."""
        used: dict[int, set[str]] = {}
        for lines in self._lines.values():
            for char in {char for line in lines for char in line.text}:
                used.setdefault(_font_of(char), set()).add(char)
        fonts = {number: _embedded(self._pdf, number, chars) for number, chars in sorted(used.items())}
        pages = list(self._pdf.pages)
        extended: dict[tuple[int, int], Any] = {}  # a part's pages share their resources, and go on doing so
        for index, lines in sorted(self._lines.items()):
            page = pages[index]
            own_resources = page.obj.Resources
            if own_resources.objgen not in extended:
                extended[own_resources.objgen] = _with_fonts(self._pdf, own_resources, fonts)
            page.obj.Resources = extended[own_resources.objgen]
            content = b"".join(_operators(line, fonts) for line in lines)
            # What the page's own content leaves behind must not move or colour ours: it is put within q and Q.
            before = self._pdf.make_stream(b"q\n")
            after = self._pdf.make_stream(b"\nQ\n/Artifact << /Type /Pagination >> BDC\n" + content + b"EMC\n")
            own = page.obj.Contents
            page.obj.Contents = Array([before, *(own if isinstance(own, Array) else [own]), after])


@dataclass(frozen=True, slots=True)
class _Embedded:
    name: str
    reference: Any
    glyphs: Mapping[str, int]


@cache
def _width(text: str) -> float:
    return sum(measures(_FILES[_font_of(char)]).advances[ord(char)] for char in text)


def shortened(text: str, ems: float) -> str:
    """Return a text that is no wider than so many ems of the label font: what is wider ends in an ellipsis."""
    if _width(_settable(text)) <= ems:
        return text
    room = ems - _width(_ELLIPSIS)
    kept = 0.0
    for index, char in enumerate(text):
        kept += _width(" " if char.isspace() else _settable(char))
        if kept > room:
            return text[:index].rstrip() + _ELLIPSIS
    return text


def _operators(line: Line, fonts: dict[int, _Embedded]) -> bytes:
    x = line.x - _width(line.text) * line.size if line.right else line.x
    parts = [f"BT 0 g 1 0 0 1 {x:.3f} {line.y:.3f} Tm"]
    for number, run in _runs(line.text):
        font = fonts[number]
        codes = "".join(f"{font.glyphs[char]:04x}" for char in run)
        parts.append(f"{font.name} {line.size:g} Tf <{codes}> Tj")
    return (" ".join(parts) + " ET\n").encode("ascii")


def _runs(text: str) -> Iterable[tuple[int, str]]:
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or _font_of(text[index]) != _font_of(text[start]):
            yield _font_of(text[start]), text[start:index]
            start = index


def _with_fonts(pdf: Pdf, resources: Any, fonts: dict[int, _Embedded]) -> Any:
    """Return the pages' resources with ours beside their own."""
    own: Any = Dictionary(resources)
    merged: Any = Dictionary(own.get("/Font") or {})
    for font in fonts.values():
        merged[font.name] = font.reference
    own.Font = merged
    return pdf.make_indirect(own)


def _embedded(pdf: Pdf, number: int, chars: set[str]) -> _Embedded:
    """Return the font of that number in the PDF, cut to `chars` (PDF 32000-1, 9.7: a composite TrueType font)."""
    cut = cut_font(_FILES[number], chars)
    file = Stream(pdf, cut.data)
    file.Length1 = len(cut.data)
    base = Name("/" + "".join(chr(65 + (number * 7 + step) % 26) for step in range(6)) + f"+Furniture{number}")
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=base,
            Flags=4,
            FontBBox=Array([-200, -300, 1200, 1000]),
            ItalicAngle=0,
            Ascent=968,
            Descent=-241,
            CapHeight=727,
            StemV=80,
            FontFile2=pdf.make_indirect(file),
        )
    )
    order = sorted(cut.widths)
    descendant = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=base,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            CIDToGIDMap=Name.Identity,
            FontDescriptor=descriptor,
            W=Array([item for glyph in order for item in (glyph, Array([round(cut.widths[glyph], 3)]))]),
        )
    )
    to_unicode = Stream(pdf, _to_unicode(cut.glyphs))
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=base,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([descendant]),
        ToUnicode=pdf.make_indirect(to_unicode),
    )
    return _Embedded(f"/GPF{number}", pdf.make_indirect(font), cut.glyphs)


def _to_unicode(glyphs: Mapping[str, int]) -> bytes:
    pairs = sorted((glyph, char) for char, glyph in glyphs.items())
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):
        batch = pairs[start : start + 100]
        lines.append(f"{len(batch)} beginbfchar")
        lines += (f"<{glyph:04x}> <{char.encode('utf-16-be').hex()}>" for glyph, char in batch)
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
