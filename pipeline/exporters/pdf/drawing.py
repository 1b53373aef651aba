"""HTML to PDF with WeasyPrint, sealed: what is not in the document's own files does not exist."""

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from pipeline.exporters.pdf.setter import Document

__all__ = ["Draughtsman", "DrawingError", "Layout"]

_NO_GLYPH: Final = ".notdef glyph"
_MM_PER_PX: Final = 25.4 / 96


class DrawingError(Exception):
    """The document cannot be drawn as it was meant."""


class Draughtsman:
    """WeasyPrint with our fonts loaded, once for a process.

    The process must have been started with `FONTCONFIG_FILE` naming a configuration without any font: WeasyPrint
    falls back on system fonts without a word (measured). `SOURCE_DATE_EPOCH` keeps the clock out of cut fonts.
    """

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        with warnings.catch_warnings():
            # "No fonts configured": there are none until our faces are added, and that is meant.
            warnings.simplefilter("ignore")
            import weasyprint
            from weasyprint.text.fonts import FontConfiguration

        self._weasyprint = weasyprint
        self._fonts = fonts
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._configuration = FontConfiguration()

    def lay_out(self, document: Document) -> "Layout":
        """Return the document laid out on its pages."""
        fetcher = _sealed_fetcher(self._fonts, document.files)
        messages: list[str] = []
        with _listening(messages):
            css = self._weasyprint.CSS(string=document.css, url_fetcher=fetcher, font_config=self._configuration)
            source = self._weasyprint.HTML(string=document.html, url_fetcher=fetcher, base_url="handout:page")
            rendered = source.render(
                stylesheets=[css], font_config=self._configuration, presentational_hints=False, pdf_variant="pdf/ua-1"
            )
        return Layout(rendered, messages)


@dataclass(frozen=True, slots=True)
class Layout:
    """A document on its pages, before it is written."""

    rendered: Any
    messages: list[str]

    def heights(self) -> dict[str, float]:
        """Return the height in millimetres of each element with an id, as it was laid out."""
        return {name: box.height * _MM_PER_PX for name, box in self._named_boxes()}

    def move_down(self, distances: Mapping[str, float]) -> None:
        """Move elements, named by id, and all that is in them down by so many millimetres."""
        for name, box in self._named_boxes():
            if name in distances:
                box.translate(0, distances[name] / _MM_PER_PX)

    def _named_boxes(self) -> Iterator[tuple[str, Any]]:
        # WeasyPrint tells where things are, and lets them be moved, nowhere else than in its boxes.
        for page in self.rendered.pages:
            stack = [page._page_box]  # noqa: SLF001
            while stack:
                box = stack.pop()
                element = getattr(box, "element", None)
                name = None if element is None else element.get("id")
                if name is not None and box.element_tag == "div":
                    yield name, box
                    continue
                stack.extend(getattr(box, "children", ()))


    def write(self) -> bytes:
        """Return the tagged PDF. Raises DrawingError if a glyph is missing (characters are checked before)."""
        with _listening(self.messages):
            pdf: bytes = self.rendered.write_pdf(pdf_variant="pdf/ua-1")
        missing = [message for message in self.messages if _NO_GLYPH in message]
        if missing:
            raise DrawingError(missing[0])
        return pdf


def _sealed_fetcher(fonts: Mapping[str, bytes], files: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Sealed(URLFetcher):  # type: ignore[misc]  (WeasyPrint has no types)
        """Serves fonts, formulas and saved pictures from memory, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """Return what `handout:` addresses stand for. Raises ValueError for every other address."""
            name = url.removeprefix("handout:font/")
            data = fonts.get(name) if name != url else files.get(url)
            if data is None:
                message = f"nothing outside the records is read: {url}"
                raise ValueError(message)
            kind = "image/svg+xml" if url.startswith("handout:math/") else "application/octet-stream"
            return URLFetcherResponse(url, data, {"Content-Type": kind})

    return Sealed(allowed_protocols=("handout",), allow_redirects=False)


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
