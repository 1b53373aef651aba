"""What every document is set with: fonts, templates, and fragments made ready for print."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.exporters.pdf.content import Assets, Mathematician, Printer
from pipeline.exporters.pdf.sheet import CARD_MEASURE, Measure
from pipeline.records import RichText

__all__ = ["Document", "Setter", "family", "styles"]

_FALLBACK: Final = ("Text", "More Serif", "More Math", "More Symbols", "More Sans", "Label", "Code", "More Mono")


@dataclass(frozen=True, slots=True)
class Document:
    """One HTML document with its style sheet and everything that its addresses stand for."""

    html: str
    css: str
    files: dict[str, bytes] = field(default_factory=dict)
    findings: tuple[tuple[str, str], ...] = ()


def family(first: str) -> str:
    """Return a CSS font family list: the face wanted, then every other that may have a missing character."""
    names = (first, *(name for name in _FALLBACK if name != first))
    return ", ".join(f'"{name}"' for name in names)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pipeline.exporters.pdf", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=False,
    )


@cache
def styles() -> Environment:
    """Return the style sheets' templates."""
    loader = PackageLoader("pipeline.exporters.pdf", "styles")
    return Environment(loader=loader, undefined=StrictUndefined, autoescape=False)  # noqa: S701  (CSS, not HTML)


@dataclass(slots=True)
class Setter:
    """What the pieces of one document share: its assets, the formulas, the findings."""

    mathematician: Mathematician
    media: Callable[[str], bytes | None]
    measure: Measure = CARD_MEASURE
    assets: Assets = field(default_factory=Assets)
    findings: list[tuple[str, str]] = field(default_factory=list)

    def render(self, template: str, record_id: str, **values: Any) -> Markup:
        """Return a filled template; what cannot be drawn is noted for `record_id`."""
        printer = self._printer()

        def rich(text: RichText | str, room: float | None = None) -> Markup:
            fragment = text if isinstance(text, str) else text.html
            return Markup(printer.rich(fragment, room))  # noqa: S704  (made by Printer)

        def plain(text: str) -> Markup:
            return Markup(printer.plain(text))  # noqa: S704  (escaped by Printer)

        filled = _environment().get_template(template).render(rich=rich, plain=plain, **values)
        self._note(printer, record_id)
        return Markup(filled)  # noqa: S704  (an autoescaped template's result)

    def rich(self, fragment: str, record_id: str) -> Markup:
        """Return a canonical fragment ready for print; what cannot be drawn is noted for `record_id`."""
        printer = self._printer()
        markup = Markup(printer.rich(fragment))  # noqa: S704  (made by Printer)
        self._note(printer, record_id)
        return markup

    def _printer(self) -> Printer:
        return Printer(self.assets, self.mathematician, self.media, self.measure)

    def _note(self, printer: Printer, record_id: str) -> None:
        new = ((record_id, message) for message in printer.findings)
        self.findings += (finding for finding in new if finding not in self.findings)

    def document(self, bodies: Iterable[Markup], *, css: str, language: str, title: str, body_class: str) -> Document:
        """Return the whole document."""
        filled = (
            _environment()
            .get_template("document.html.j2")
            .render(language=language, title=title, body_class=body_class, body=Markup("\n").join(bodies))
        )
        return Document(filled, css, self.assets.files, tuple(self.findings))
