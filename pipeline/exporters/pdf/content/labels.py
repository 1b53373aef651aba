"""What a heading is called where only plain characters can stand: in bookmarks and in running heads."""

import html
import importlib
from html.parser import HTMLParser
from typing import Any, Final
from xml.etree import ElementTree

from pipeline.exporters.pdf.content.mathematics import Formula, split_mathematics
from pipeline.records import RichText

__all__ = ["label_of"]

# Longer TeX is not read: a label is a line, and what reads TeX takes its time with what is no formula.
_MAX_TEX: Final = 200
_BETWEEN: Final = {"mfrac": "/", "msup": "^", "msub": "_"}
_APART: Final = frozenset(["p", "br", "li", "td", "th", "pre", "blockquote", "div"])


class _Plain(HTMLParser):
    """Collects text, what its pictures are called, and how its formulas read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Separate words, and name a picture."""
        if tag == "img":
            self.parts.append(f" {dict(attrs).get('alt') or ''} ")
        elif tag in _APART:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.parts += (_read(piece.tex) if isinstance(piece, Formula) else piece for piece in split_mathematics(data))


def label_of(heading: RichText) -> str:
    r"""Return a heading on one line of plain characters: `\(\alpha\)-helix` is "α-helix"; never nothing."""
    if "<" not in heading.html and "\\" not in heading.html:
        return heading.text
    parser = _Plain()
    parser.feed(heading.html)
    parser.close()
    return " ".join("".join(parser.parts).split()) or "picture"


def _read(tex: str) -> str:
    r"""Return a formula as one would type it: `\frac{a}{b}` is "a/b"; TeX that nobody can read stays as it is."""
    if len(tex) > _MAX_TEX:
        return tex
    converter: Any = importlib.import_module("latex2mathml.converter")
    try:
        read = _typed(ElementTree.fromstring(html.unescape(converter.convert(tex))))  # noqa: S314  (our own library's)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (a library's parser, which fails in as many ways as there is TeX)
        return tex
    return " ".join(read.split()) or tex


def _typed(element: Any) -> str:
    name = element.tag.rpartition("}")[2]
    parts = [_typed(child) for child in element]
    if name in _BETWEEN and len(parts) == 2:
        joined = _BETWEEN[name].join(part if len(part) == 1 or part.isalnum() else f"({part})" for part in parts)
        return joined.replace("^∘", "°").replace("^′", "′")
    if name == "msqrt":
        inner = "".join(parts)
        return f"√{inner}" if len(inner) == 1 or inner.isalnum() else f"√({inner})"
    return (element.text or "") + "".join(parts)
