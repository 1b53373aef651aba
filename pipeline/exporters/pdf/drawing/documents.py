"""HTML to PDF with WeasyPrint, sealed: what is not in the document's own files does not exist."""

import importlib
import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from pipeline.exporters.pdf.content import mend_line_breaks
from pipeline.exporters.pdf.drawing.glyph_texts import GlyphTexts
from pipeline.exporters.pdf.drawing.jobs import Drawn
from pipeline.exporters.pdf.drawing.setter import Document
from pipeline.exporters.pdf.drawing.structure import boxes_noted, put_in_order
from pipeline.exporters.pdf.drawing.text_layer import text_layer

__all__ = ["Draughtsman", "DrawingError", "Layout"]

_NO_GLYPH: Final = ".notdef glyph"
_MM_PER_PX: Final = 25.4 / 96
_RULE_WIDTH: Final = 1 / 3  # pixels: a quarter of a point. Grey would come out of a laser printer as dots


class DrawingError(Exception):
    """The document cannot be drawn as it was meant."""


class Draughtsman:
    """WeasyPrint with our fonts loaded, once for a process.

    The process must have been started with `FONTCONFIG_FILE` naming a configuration without any font: WeasyPrint
    falls back on system fonts without a word (measured). `SOURCE_DATE_EPOCH` keeps the clock out of cut fonts.
    """

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        # The last style sheet, parsed, and the list marks that it defines: a worker's jobs nearly all have the same.
        self._css: tuple[str, Any, Any] = ("", None, None)
        with warnings.catch_warnings():
            # "No fonts configured": there are none until our faces are added, and that is meant.
            warnings.simplefilter("ignore")
            self._weasyprint: Any = importlib.import_module("weasyprint")
            self._configuration: Any = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
            mend_line_breaks(importlib.import_module("weasyprint.layout.inline"))
            self._marks: Any = importlib.import_module("weasyprint.css.counters").CounterStyle
        self._fonts = fonts
        self._texts = GlyphTexts()

    def lay_out(self, document: Document) -> "Layout":
        """Return the document laid out on its pages."""
        fetcher = _sealed_fetcher(self._fonts, document.files)
        messages: list[str] = []
        with _listening(messages):
            if self._css[0] != document.css:
                marks = self._marks()
                parsed = self._weasyprint.CSS(
                    string=document.css, url_fetcher=fetcher, font_config=self._configuration, counter_style=marks
                )
                self._css = document.css, parsed, marks
            source = self._weasyprint.HTML(string=document.html, url_fetcher=fetcher, base_url="handout:page")
            rendered = source.render(
                stylesheets=[self._css[1]],
                font_config=self._configuration,
                counter_style=self._css[2],
                presentational_hints=False,
                pdf_variant="pdf/ua-1",
            )
        return Layout(rendered, messages, "<th" in document.html, document.findings, self._texts)


@dataclass(frozen=True, slots=True)
class Layout:
    """A document on its pages, before it is written."""

    rendered: Any
    messages: list[str]
    has_table_heads: bool
    findings: tuple[tuple[str, str], ...]
    texts: GlyphTexts

    def heights(self) -> dict[str, float]:
        """Return the height in millimetres of each element with an id, as it was laid out."""
        return {name: box.height * _MM_PER_PX for name, box in self._named_boxes()}

    def move_down(self, distances: Mapping[str, float]) -> None:
        """Move elements, named by id, and all that is in them down by so many millimetres."""
        for name, box in self._named_boxes():
            if name in distances:
                box.translate(0, distances[name] / _MM_PER_PX)

    def unlink(self, pages: Iterable[int]) -> None:
        """Make plain text of the links on the pages of these indices."""
        for index in pages:
            self.rendered.pages[index].links.clear()

    def _named_boxes(self) -> Iterator[tuple[str, Any]]:
        # WeasyPrint tells where things are, and lets them be moved, nowhere else than in its boxes. What is within a
        # named box is not looked at: anonymous boxes in it belong to the same element.
        for page in self.rendered.pages:
            stack = [page._page_box]  # noqa: SLF001
            while stack:
                box = stack.pop()
                element = getattr(box, "element", None)
                name = None if element is None else element.get("id")
                if name is not None and box.element_tag == "div":
                    yield name, box
                else:
                    stack.extend(getattr(box, "children", ()))

    def write(self) -> Drawn:
        """Return the tagged PDF. Raises DrawingError if a glyph is missing (characters are checked before)."""
        for page in self.rendered.pages:
            rules = _rules(page._page_box)  # noqa: SLF001
            if rules:
                page.paint = partial(_paint_with_rules, page.paint, rules)
        with _listening(self.messages), text_layer(self.texts), boxes_noted() as boxes:
            pdf: bytes = self.rendered.write_pdf(
                pdf_variant="pdf/ua-1", finisher=lambda _, written: put_in_order(written, boxes)
            )
        missing = [message for message in self.messages if _NO_GLYPH in message]
        if missing:
            raise DrawingError(missing[0])
        pages = self.rendered.pages
        anchors = {name: index for index, page in reversed(list(enumerate(pages))) for name in page.anchors}
        return Drawn(pdf, len(pages), anchors, self.has_table_heads, self.findings)


def _boxes(root: Any) -> Iterator[Any]:
    stack = [root]
    while stack:
        box = stack.pop()
        yield box
        stack.extend(getattr(box, "children", ()))


def _rules(page_box: Any) -> list[tuple[float, float, float]]:
    """Return the ruled lines of a page as (left, right, y) in its pixels: `<div class="lines" data-count="3">`.

    One empty box for all lines of a question is laid out in a third of the time of as many boxes with a border.
    """
    rules = []
    for box in _boxes(page_box):
        element = getattr(box, "element", None)
        if element is not None and "lines" in element.get("class", "").split():
            count = int(element.get("data-count"))
            left, right = box.content_box_x(), box.content_box_x() + box.width
            step = box.height / count
            rules += [(left, right, box.content_box_y() + step * number) for number in range(1, count + 1)]
    return rules


def _paint_with_rules(paint: Any, rules: list[tuple[float, float, float]], stream: Any, scale: float = 1) -> None:
    """Paint a page, and before it its ruled lines, which are no part of the text."""
    with stream.artifact(), stream.stacked():
        stream.transform(a=scale, d=scale)
        stream.set_line_width(_RULE_WIDTH)
        stream.set_color_rgb(0, 0, 0, stroke=True)
        for left, right, y in rules:
            stream.move_to(left, y)
            stream.line_to(right, y)
        stream.stroke()
    paint(stream, scale)


def _sealed_fetcher(fonts: Mapping[str, bytes], files: Mapping[str, bytes]) -> Any:
    urls: Any = importlib.import_module("weasyprint.urls")

    class Sealed(urls.URLFetcher):  # type: ignore[misc]
        """Serves fonts, formulas and saved pictures from memory, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """Return what `handout:` addresses stand for. Raises ValueError for every other address."""
            name = url.removeprefix("handout:font/")
            data = fonts.get(name) if name != url else files.get(url)
            if data is None:
                message = f"nothing outside the records is read: {url}"
                raise ValueError(message)
            kind = "image/svg+xml" if url.startswith("handout:math/") else "application/octet-stream"
            return urls.URLFetcherResponse(url, data, {"Content-Type": kind})

    fetcher: Any = Sealed
    return fetcher(allowed_protocols=("handout",), allow_redirects=False)


@contextmanager
def _listening(messages: list[str]) -> Iterator[None]:
    """Collect what WeasyPrint has to say, instead of printing it."""

    class Collector(logging.Handler):
        """Keeps each message."""

        def emit(self, record: logging.LogRecord) -> None:
            """Keep it."""
            messages.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    handlers, propagate = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [Collector(logging.WARNING)], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = handlers, propagate
