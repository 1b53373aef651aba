"""A canonical fragment made ready for print: mathematics drawn, characters checked, nesting bounded, no word lost."""

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from pipeline.exporters.pdf.content.formulas import FormulaSetter
from pipeline.exporters.pdf.content.lettering import MOST_INLINE, Letterer
from pipeline.exporters.pdf.content.mathematics import Drawing, Formula, Mathematician, split_mathematics
from pipeline.exporters.pdf.content.pictures import is_remote, printable_picture
from pipeline.exporters.pdf.content.tables import OpenTable, TableShape, tables_of
from pipeline.exporters.pdf.sheet import CARD_MEASURE, Measure

__all__ = ["Assets", "Printer", "number_indent"]

# Rows of a head stand among the others: a head that was a group of its own would be read out anew on each page, and
# WeasyPrint fails at one that is to stay with a row too high for the page.
_GROUPS: Final = frozenset(["thead", "tbody"])
_INDENTED: Final = frozenset(["ul", "ol", "blockquote"])
_INDENT: Final = 1.6  # ems
_SMALLEST_ROOM: Final = 4.0
_FIGURES: Final = 2  # of a list's numbers, for which there is room
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
_SCRIPTS: Final = frozenset(["sub", "sup"])
_MAX_SCRIPTS: Final = 2
# Empty, these are but white (a page may have thousands of empty paragraphs); cells and list items keep their place.
_NOTHING_IF_EMPTY: Final = frozenset(["p", "em", "strong", "sub", "sup", "code", "blockquote"])
_OWN_CLASSES: Final = frozenset(["blank", "term", "cue", "choices", "continued"])


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


class Printer:
    """Turns one record's fragments into markup for print, and collects what could not be drawn as it was written."""

    def __init__(
        self,
        assets: Assets,
        mathematician: Mathematician,
        media: Callable[[str], bytes | None],
        measure: Measure = CARD_MEASURE,
    ) -> None:
        self.assets = assets
        self.media = media
        self.measure = measure
        self.letters = Letterer()
        self.findings = self.letters.findings
        self.formulas = FormulaSetter(mathematician, assets.add_formula, self.letters.code, self.findings)

    def rich(self, fragment: str, room: float | None = None) -> str:
        """Return the markup of a canonical fragment, set in a place of so many ems, else in running text's."""
        self.letters.inline, self.letters.scripts = 0, ()
        if "<" not in fragment:
            return self.prose(html.unescape(fragment), room or self.measure.line)
        writer = _Writer(self, room)
        writer.feed(fragment)
        writer.close()
        return "".join(writer.out)

    def plain(self, text: str) -> str:
        """Return the markup of plain text: a course's title, a notice."""
        self.letters.inline, self.letters.scripts = 0, ()
        return self.letters.prose(text)

    def prose(self, text: str, room: float) -> str:
        """Return the markup of text with mathematics in it."""
        if "\\(" not in text and "\\[" not in text:
            return self.letters.prose(text)
        return "".join(
            self.formulas.markup(piece, room) if isinstance(piece, Formula) else self.letters.prose(piece)
            for piece in split_mathematics(text)
        )

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
            self.findings.append(f"pictures shown by their alternative texts: {source} ({problem})")
        return f'<span class="alt">{self.letters.prose(label)}</span>' if label else ""


def number_indent(items: int) -> str:
    """Return the style of an ordered list whose numbers need more room than those of others, else ""."""
    figures = len(str(items))
    return f"padding-left:{0.6 + 0.57 * figures:.2f}em" if figures > _FIGURES else ""


@dataclass(slots=True)
class _OpenList:
    """An ordered list that is being written: where its start tag is, how many items it has, how many came before it."""

    place: int
    before: int = 0
    items: int = 0


class _Writer(HTMLParser):
    """Writes a canonical fragment anew, in one pass and without recursion."""

    def __init__(self, printer: Printer, room: float | None) -> None:
        super().__init__(convert_charrefs=True)
        self.printer = printer
        self.letters = printer.letters
        self.room = room
        self.shapes: Iterator[TableShape] = iter(())
        self.tables: list[OpenTable] = []  # the written ones, which are open
        self.lists: list[_OpenList] = []
        self.out: list[str] = []
        self.open: list[tuple[str, bool]] = []  # every open element, and whether it was written
        self.written: list[str] = []
        self.text: list[str] = []

    def feed(self, data: str) -> None:
        """Write the whole fragment, whose tables are measured first."""
        self.shapes = iter(tables_of(data, self.printer.formulas.width))
        super().feed(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write the element if it fits, or flatten it to a line."""
        self._flush()
        if tag in _BLOCKS or tag in _CELLS:
            self.letters.inline = 0
        else:
            self.letters.inline += 1
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
        if not written:
            self._apart(tag)
            return
        self.written.pop()
        if tag in _NOTHING_IF_EMPTY and self.out[-1] == f"<{tag}>":
            self.out.pop()
        elif tag == "table":
            self.tables.pop()
            self.out.append("</table></div>")
        elif tag == "ol":
            self._indent(self.lists.pop())
            self.out.append("</ol>")
        elif tag not in _GROUPS:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep text; it is written when its run ends, so that mathematics is seen whole."""
        self.text.append(data)

    def close(self) -> None:
        """Write what is left."""
        super().close()
        self._flush()

    def _flush(self) -> None:
        self.letters.scripts = tuple(tag for tag in self.written if tag in _SCRIPTS)
        if not self.text:
            return
        text = "".join(self.text)
        self.text.clear()
        code = any(tag in {"code", "pre"} for tag in self.written)
        self.out.append(self.letters.code(text) if code else self.printer.prose(text, self._room()))

    def _fits(self, tag: str) -> bool:
        if tag == "table":
            plan = next(self.shapes).plan(self._room(table=True))
            if plan.as_lines:
                return False
        if tag in _PARTS and not (self.open and self.open[-1][1]):
            return False
        levels = sum(_LEVELS.get(name, 1) for name in self.written)
        if levels + _NEEDS.get(tag, 1) > _MAX_LEVELS or self.letters.inline > MOST_INLINE:
            return False
        if tag in _SCRIPTS:
            return sum(1 for name in self.written if name in _SCRIPTS) < _MAX_SCRIPTS
        if tag == "table":
            self.tables.append(OpenTable(plan))
        return True

    def _start(self, tag: str, attrs: dict[str, str | None]) -> str:
        if tag == "a" and attrs.get("href"):
            return f'<a href="{html.escape(attrs["href"] or "")}">'
        if tag == "table":
            return self.tables[-1].start()
        if tag in _GROUPS:
            return ""
        if tag == "tr":
            return self.tables[-1].start_row(self.printer.measure, is_head=self.written[-1] == "thead")
        if tag in _CELLS:
            self.tables[-1].column += 1
        if tag == "ol":
            self.lists.append(_OpenList(len(self.out), before=int(attrs.get("start") or 1) - 1))
        if tag == "li" and self.written[-1] == "ol":
            self.lists[-1].items += 1
        # Records have no classes (the sanitiser drops them); these are what notes are marked with.
        if attrs.get("class") in _OWN_CLASSES:
            return f'<{tag} class="{attrs["class"]}">'
        return f"<{tag}>"

    def _room(self, *, table: bool = False) -> float:
        """Return how wide the present place is, in ems of its text; a table may stand out beyond running text."""
        within = self.written
        if self.tables:
            room = self.tables[-1].room
            within = within[len(within) - within[::-1].index("table") :]
        else:
            wide = table and not within
            room = self.room or (self.printer.measure.full if wide else self.printer.measure.line)
        return max(_SMALLEST_ROOM, room - _INDENT * sum(1 for name in within if name in _INDENTED))

    def _indent(self, finished: "_OpenList") -> None:
        """Let a list count on where it goes on, and make room for numbers of a hundred or more."""
        styles = [number_indent(finished.before + finished.items)]
        if finished.before:  # a list that goes on: see `parting`
            styles.append(f"counter-reset:list-item {finished.before}")
        style = ";".join(filter(None, styles))
        if style:
            self.out[finished.place] = f'{self.out[finished.place][:-1]} style="{style}">'

    def _apart(self, tag: str) -> None:
        """Keep a flattened element's text apart from its neighbours'."""
        if tag in _CELLS:
            self.out.append(" ")
        elif tag in _BLOCKS and self.out and self.out[-1] != "<br>":
            self.letters.inline += 1
            self._line_break()

    def _line_break(self) -> None:
        self.out.append("<br>" if self.letters.inline <= MOST_INLINE else " ")
