"""The text layer of a page: what its glyphs say one by one, and where they cannot, what they say together.

A PDF gives each glyph one text (`ToUnicode`) and is read in the order of drawing. That says nothing right where a glyph
stands for several characters or is drawn before its neighbour (a vowel sign of Devanagari), where a font has one glyph
for two characters, or where a line runs from the right. There the text itself is written beside the glyphs, as
`ActualText` (PDF 32000-1, 14.9.4), which is what is copied, searched and read out.
"""

import importlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from pipeline.exporters.pdf.drawing.glyph_texts import GlyphTexts

__all__ = ["text_layer"]

_UNKNOWN: Final = 0x10000000  # Pango's flag for a character that no font has
_EMPTY: Final = 0x0FFFFFFF  # Pango's glyph for what is not drawn
_SHOWN: Final = re.compile("<([0-9a-f]*)>|([^<>]+)")  # what WeasyPrint shows: glyphs of four digits each, and moves
_DIGITS: Final = 4
# What a glyph says of which nothing is sure: Unicode's sign for that.
_UNSURE: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class _Run:
    """What Pango shaped in one go: glyph numbers, and at which byte of `text` each one's cluster begins."""

    font: Any
    glyphs: Sequence[int]
    clusters: Sequence[int]
    text: bytes
    offset: int  # of the text in the paragraph's, in bytes
    leftwards: bool

    def parts(self) -> Iterator[tuple[list[int], str]]:
        """Yield each cluster's glyphs, those that are drawn, and its text, in the order of drawing."""
        starts = sorted({*self.clusters, len(self.text)})
        ends = dict(pairwise(starts))
        drawn: dict[int, list[int]] = {cluster: [] for cluster in self.clusters}
        for glyph, cluster in zip(self.glyphs, self.clusters, strict=True):
            if glyph != _EMPTY:
                drawn[cluster].append(glyph)
        for cluster, glyphs in drawn.items():
            yield glyphs, self.text[cluster : ends[cluster]].decode()


@dataclass(frozen=True, slots=True)
class _Span:
    """The glyphs of a line, from the first to before `end`, that have a text together."""

    first: int
    end: int
    text: str


@contextmanager
def text_layer(texts: GlyphTexts) -> Iterator[None]:
    """Write, while WeasyPrint draws, what its glyphs say."""
    drawing: Any = importlib.import_module("weasyprint.draw.text")
    draw = drawing.draw_first_line
    teller = _Teller(texts)

    def drawn(stream: Any, textbox: Any, *args: Any) -> Any:
        spans = teller.spans(list(_runs(stream, textbox))) if textbox.text.strip() else []
        if not spans:
            return draw(stream, textbox, *args)
        show = stream.show_text
        stream.show_text = _Shower(stream, show, spans).show
        try:
            return draw(stream, textbox, *args)
        finally:
            del stream.show_text

    drawing.draw_first_line = drawn
    try:
        yield
    finally:
        drawing.draw_first_line = draw


def _runs(stream: Any, textbox: Any) -> Iterator[_Run]:
    """Yield the runs of a text's first line, which is all that is drawn of it, as they stand from left to right."""
    library: Any = importlib.import_module("weasyprint.text.ffi")
    library.pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)  # noqa: FBT003 (C)
    line, _ = textbox.pango_layout.get_first_line()
    text = textbox.pango_layout.text.encode()
    run = line.runs[0]
    while run != library.ffi.NULL:
        item, shaped = run.data.item, run.data.glyphs
        count = shaped.num_glyphs
        font, _ = stream.add_font(item.analysis.font)
        yield _Run(
            font,
            [info.glyph for info in shaped.glyphs[0:count]],
            list(shaped.log_clusters[0:count]),
            text[item.offset : item.offset + item.length],
            item.offset,
            bool(item.analysis.level % 2),
        )
        run = run.next


class _Teller:
    """Notes what each glyph says, and finds where that is not what is written."""

    def __init__(self, texts: GlyphTexts) -> None:
        self._texts = texts
        self._characters: dict[Any, Mapping[int, str]] = {}  # by the font: to look at its bytes takes long

    def spans(self, runs: Sequence[_Run]) -> list[_Span]:
        """Return where the glyphs of a line, each by itself, do not say its text."""
        spans: list[_Span] = []
        at = 0
        blank = ""  # white space for which no glyph is drawn: a tab
        for run in runs:
            known = self._known(run)
            if not blank and "".join(known.get(glyph, "") for glyph in run.glyphs) == run.text.decode():
                at += sum(1 for glyph in run.glyphs if glyph != _EMPTY)
                continue
            for glyphs, text in run.parts():
                if not glyphs:
                    blank += text if text.isspace() else ""
                    continue
                self._name(run.font, glyphs, text)
                said = "".join(known.get(glyph, text) for glyph in glyphs)
                if blank or not _same(said, text):
                    spans.append(_Span(at, at + len(glyphs), blank + text))
                at += len(glyphs)
                blank = ""
        return [_Span(0, at, _line(runs))] if any(run.leftwards for run in runs) else spans

    def _known(self, run: _Run) -> dict[int, str]:
        """Return what the glyphs of a run's font say, as it will be written: what is sure is never changed later."""
        if run.font not in self._characters:
            self._characters[run.font] = self._texts.of(run.font.file_content)
        characters = self._characters[run.font]
        known: dict[int, str] = run.font.to_unicode
        known.update((glyph, characters[glyph]) for glyph in run.glyphs if glyph in characters and glyph not in known)
        return known

    def _name(self, font: Any, glyphs: Sequence[int], text: str) -> None:
        """Note what a cluster's glyphs say that have no character: if it is but one, what the others leave."""
        known, characters = font.to_unicode, self._characters[font]
        unsure = [
            glyph
            for glyph in glyphs
            if glyph not in characters and known.get(glyph, _UNSURE) == _UNSURE and not glyph & _UNKNOWN
        ]
        left = text
        for glyph in glyphs:
            left = left.replace(known.get(glyph, ""), "", 1)
        known.update((glyph, left if left and len(unsure) == 1 else _UNSURE) for glyph in unsure)


def _same(said: str, text: str) -> bool:
    return said == text or (
        said.isspace() == text.isspace()
        and (said.isspace() or unicodedata.normalize("NFC", said) == unicodedata.normalize("NFC", text))
    )


def _line(runs: Sequence[_Run]) -> str:
    """Return a line's text in the order in which it is read: the order of its bytes in the paragraph."""
    return b"".join(run.text for run in sorted(runs, key=lambda run: run.offset)).decode()


class _Shower:
    """Shows a line's glyphs, those of a span within marks that hold its text."""

    def __init__(self, stream: Any, show: Any, spans: Sequence[_Span]) -> None:
        self._stream = stream
        self._show = show
        self._first: Mapping[int, _Span] = {span.first: span for span in spans}
        self._ends = frozenset(span.end for span in spans)
        self._at = 0

    def show(self, string: str) -> None:
        """Show what WeasyPrint wants to be shown: `<00120034>-20<0056>`."""
        part = ""
        for glyphs, move in _SHOWN.findall(string):
            part += f" {move}" if move else ""
            for start in range(0, len(glyphs), _DIGITS):
                span = self._first.get(self._at)
                if span is not None:
                    part = self._flush(part)
                    self._begin(span.text)
                part += f"<{glyphs[start : start + _DIGITS]}>"
                self._at += 1
                if self._at in self._ends:
                    part = self._flush(part)
                    self._stream.end_marked_content()
        self._flush(part)

    def _flush(self, part: str) -> str:
        if part:
            self._show(part.replace("><", ""))
        return ""

    def _begin(self, text: str) -> None:
        pydyf: Any = importlib.import_module("pydyf")
        self._stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(text)}))
