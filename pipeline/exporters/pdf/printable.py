"""A canonical fragment made ready for print: mathematics drawn, characters checked, nesting bounded, no word lost."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from pipeline.exporters.pdf.characters import boxed_form, drawable
from pipeline.exporters.pdf.mathematics import Drawing, Formula, Mathematician, split_mathematics
from pipeline.exporters.pdf.pictures import is_remote, printable_picture
from pipeline.exporters.pdf.tables import TableShape, tables_of

__all__ = ["Assets", "Printer"]

_BLOCKS: Final = frozenset(["p", "div", "blockquote", "ul", "ol", "li", "table", "thead", "tbody", "tr", "pre"])
_CELLS: Final = frozenset(["td", "th"])
_VOID: Final = frozenset(["br", "img"])
# What only makes sense within its parent: where that is flattened, so is this.
_PARTS: Final = frozenset(["li", "thead", "tbody", "tr", "td", "th"])
# How many levels of a PDF's structure an element takes, and needs below it to be of use. pdfium reads no more than 32
# levels (measured), and our own elements around a record's text take up to eight; WeasyPrint recurses into each level
# and takes seconds for a few hundred. What is nested deeper than anybody writes by hand is set at the deepest level
# that there is, each piece on a line of its own.
_LEVELS: Final = {"table": 2, "li": 2}
_NEEDS: Final = {"table": 6, "ul": 4, "ol": 4}
_MAX_LEVELS: Final = 22
_MAX_SCRIPTS: Final = 2
_SHOWN: Final = 80  # characters of a formula in a message
# Empty, these are but white (a page may have thousands of empty paragraphs); cells and list items keep their place.
_NOTHING_IF_EMPTY: Final = frozenset(["p", "em", "strong", "sub", "sup", "code", "blockquote"])
# Marks that turn the direction of what follows, up to the end of the block: no font here has a script that needs them.
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OWN_CLASSES: Final = frozenset(["blank", "term", "cue", "choices", "continued"])
# A table with more columns than this cannot be read on a sheet of paper: its rows are set as lines.
_MAX_COLUMNS: Final = 12
_WIDE: Final = 5
# Where the longest words of all columns make a line of more than so many characters, words may be broken anywhere.
_TIGHT: Final = 50
# WeasyPrint lays the rest of a word out anew for each line that it is broken over (measured: minutes for 100,000
# letters), so a word longer than several lines is cut into blocks.
_LONG_WORD: Final = 300
_PIECE: Final = 80
# Within one block, the time that lines take grows with the square of the number of inline elements (measured: 5,000
# line breaks take three minutes): beyond so many, tags are dropped and a line break is a space.
_MOST_INLINE: Final = 400
_LONG: Final = re.compile(rf"\S{{{_LONG_WORD},}}")


@dataclass(slots=True)
class Assets:
    """What a document's addresses stand for: bytes by `handout:` address."""

    files: dict[str, bytes] = field(default_factory=dict)

    def add_formula(self, drawing: Drawing) -> str:
        """Return the address of a formula's drawing."""
        data = drawing.svg.encode()
        # Numbered by content, so that the same formula is one picture.
        address = f"handout:math/{hash_of(data)}"
        self.files[address] = data
        return address


def hash_of(data: bytes) -> str:
    """Return 16 hex digits of the content, for an address within one document."""
    import hashlib

    return hashlib.sha256(data).hexdigest()[:16]


@dataclass(slots=True)
class Printer:
    """Turns one record's fragments into markup for print, and collects what could not be drawn as it was written."""

    assets: Assets
    mathematician: Mathematician
    media: Callable[[str], bytes | None]
    findings: list[str] = field(default_factory=list)
    _missing: set[str] = field(default_factory=set)

    def rich(self, fragment: str) -> str:
        """Return the markup of a canonical fragment."""
        if "<" not in fragment:
            return self._prose(html.unescape(fragment))
        writer = _Writer(self, tables_of(fragment))
        writer.feed(fragment)
        writer.close()
        return "".join(writer.out)

    def plain(self, text: str) -> str:
        """Return the markup of plain text: a course's title, a notice."""
        return self._characters(text)

    def _prose(self, text: str) -> str:
        if "\\(" not in text and "\\[" not in text:
            return self._characters(text)
        return "".join(
            self._formula(piece) if isinstance(piece, Formula) else self._characters(piece)
            for piece in split_mathematics(text)
        )

    def _formula(self, formula: Formula) -> str:
        drawing = self.mathematician.draw(formula)
        opening, closing = ("\\[", "\\]") if formula.display else ("\\(", "\\)")
        if drawing is None:
            shown = formula.tex if len(formula.tex) <= _SHOWN else formula.tex[: _SHOWN - 1] + "…"
            self.findings.append(f"TeX that cannot be drawn, set as text: {opening}{shown}{closing}")
            return f'<code class="tex">{self._characters(opening + formula.tex + closing)}</code>'
        style = f"width:{drawing.width:.3f}em;vertical-align:{-drawing.depth:.3f}em"
        image = (
            f'<img class="math" src="{self.assets.add_formula(drawing)}" '
            f'alt="{html.escape(formula.tex)}" style="{style}">'
        )
        return f'<span class="display">{image}</span>' if formula.display else image

    def picture(self, source: str, alt: str) -> str:
        """Return the markup of an image: the picture if it was saved with the page, else its alternative text."""
        label = alt.strip()
        if source and not is_remote(source):
            data = self.media(source)
            problem = printable_picture(data)
            if data is not None and problem is None:
                address = f"handout:media/{hash_of(data)}"
                self.assets.files[address] = data
                return f'<img class="picture" src="{address}" alt="{html.escape(label or "picture")}">'
            self.findings.append(f"picture {source} is shown by its alternative text: {problem}")
        return f'<span class="alt">{self._characters(label)}</span>' if label else ""

    def _characters(self, text: str) -> str:
        text = _TURNS.sub("", text)
        if len(text) >= _LONG_WORD and _LONG.search(text):
            pieces = _LONG.sub(_pieces, text.replace(_CUT, "")).split(_CUT)
            return "".join(f'<span class="piece">{self._drawn(piece)}</span>' for piece in pieces if piece)
        return self._drawn(text)

    def _drawn(self, text: str) -> str:
        markup = []
        for char in text:
            if drawable(char):
                markup.append(char if char not in "&<>" else html.escape(char))
            else:
                if char not in self._missing:
                    self._missing.add(char)
                    self.findings.append(f"no bundled font has {char!r} ({boxed_form(char)}): its code point is drawn")
                markup.append(f'<span class="boxed">{boxed_form(char)}</span>')
        return "".join(markup)


# A noncharacter, which no font has: it marks where a long word is cut.
_CUT: Final = "\ufdd0"


def _pieces(match: re.Match[str]) -> str:
    word = match[0]
    return _CUT + _CUT.join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE)) + _CUT


class _Writer(HTMLParser):
    """Writes a canonical fragment anew, in one pass and without recursion."""

    def __init__(self, printer: Printer, tables: list[TableShape]) -> None:
        super().__init__(convert_charrefs=True)
        self.printer = printer
        self.tables = iter(tables)
        self.table = TableShape()
        self.out: list[str] = []
        self.open: list[tuple[str, bool]] = []  # every open element, and whether it was written
        self.written: list[str] = []
        self.inline = 0  # inline elements in the present block
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write the element if it fits, or flatten it to a line."""
        self._flush()
        if tag in _BLOCKS or tag in _CELLS:
            self.inline = 0
        else:
            self.inline += 1
        if tag == "br":
            self._line_break()
        elif tag == "img":
            values = dict(attrs)
            self.out.append(self.printer.picture(values.get("src") or "", values.get("alt") or ""))
        else:
            written = self._fits(tag)
            if written:
                self.out.append(self._start(tag, dict(attrs)))
                self.written.append(tag)
            else:
                self._apart(tag)
            self.open.append((tag, written))

    def handle_endtag(self, tag: str) -> None:
        """Close what was written."""
        self._flush()
        if tag in _VOID or not self.open:
            return
        _, written = self.open.pop()
        if written:
            self.written.pop()
            if tag in _NOTHING_IF_EMPTY and self.out[-1] == f"<{tag}>":
                self.out.pop()
                return
            self.out.append("</table></div>" if tag == "table" else f"</{tag}>")
        else:
            self._apart(tag)

    def handle_data(self, data: str) -> None:
        """Keep text; it is written when its run ends, so that mathematics is seen whole."""
        self.text.append(data)

    def close(self) -> None:
        """Write what is left."""
        super().close()
        self._flush()

    def _flush(self) -> None:
        if not self.text:
            return
        text = "".join(self.text)
        self.text.clear()
        code = any(tag in {"code", "pre"} for tag in self.written)
        self.out.append(self.printer.plain(text) if code else self.printer._prose(text))  # noqa: SLF001  (its own half)

    def _fits(self, tag: str) -> bool:
        if tag == "table":
            self.table = next(self.tables)
            if self.table.columns > _MAX_COLUMNS:
                return False
        if tag in _PARTS and not (self.open and self.open[-1][1]):
            return False
        levels = sum(_LEVELS.get(name, 1) for name in self.written)
        if levels + _NEEDS.get(tag, 1) > _MAX_LEVELS or self.inline > _MOST_INLINE:
            return False
        if tag in {"sub", "sup"}:
            return sum(1 for name in self.written if name in {"sub", "sup"}) < _MAX_SCRIPTS
        return True

    def _start(self, tag: str, attrs: dict[str, str | None]) -> str:
        if tag == "a" and attrs.get("href"):
            return f'<a href="{html.escape(attrs["href"] or "")}">'
        if tag == "table":
            wide = " wide" if self.table.columns > _WIDE else ""
            tight = " tight" if sum(self.table.longest) > _TIGHT else ""
            return f'<div class="table{wide}{tight}"><table>'
        if tag == "ol" and attrs.get("start"):  # a list that goes on: see `parting`
            start = f' style="counter-reset:list-item {int(attrs["start"] or 1) - 1}"'
            return f'<ol class="choices"{start}>' if attrs.get("class") == "choices" else f"<ol{start}>"
        # Records have no classes (the sanitiser drops them); these are what notes are marked with.
        if attrs.get("class") in _OWN_CLASSES:
            return f'<{tag} class="{attrs["class"]}">'
        return f"<{tag}>"

    def _apart(self, tag: str) -> None:
        """Keep a flattened element's text apart from its neighbours'."""
        if tag in _CELLS:
            self.out.append(" ")
        elif tag in _BLOCKS and self.out and self.out[-1] != "<br>":
            self.inline += 1
            self._line_break()

    def _line_break(self) -> None:
        self.out.append("<br>" if self.inline <= _MOST_INLINE else " ")
