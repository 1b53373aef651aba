"""The elements of a page that a selector can name, for those who write one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Part", "parts_of"]

_LONGEST: Final = 5000  # characters of a text that are compared
_NAMES: Final = ("main", "article", "h1")  # elements that are named without a class
# Names that a program made up for one page or one build: they hold for no other.
_MADE_UP: Final = re.compile(r"\d{3}|[0-9a-f]{6}|^(?:css|sc|jsx|style)-|__|^[a-z]{1,2}\d+$", re.IGNORECASE)
_IDENTIFIER: Final = re.compile(r"[A-Za-z][\w-]*")


@dataclass(frozen=True, slots=True)
class Part:
    """An element: a selector that names it, how many it names, and the text of the first."""

    selector: str
    count: int
    text: str


def parts_of(source: str) -> Iterator[Part]:
    """Yield the elements of an HTML page that a class, an id or their rank names, in page order, each selector once."""
    tree = LexborHTMLParser(source)
    if tree.body is None:
        return
    tree.strip_tags(["script", "style", "svg", "template", "noscript"])
    found: dict[str, list[LexborNode]] = {}
    # A node that two of the selectors find is found twice.
    named = {node.mem_id: node for node in tree.css("body [class], body [id], main, article, h1")}
    for node in named.values():
        for selector in _selectors(node):
            found.setdefault(selector, []).append(node)
    for selector, nodes in found.items():
        text = " ".join(nodes[0].text(separator=" ").split())
        if text:
            yield Part(selector, len(nodes), text[:_LONGEST])


def _selectors(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    if node.tag in _NAMES:
        yield node.tag
    for name in (attributes.get("class") or "").split()[:4]:
        if _IDENTIFIER.fullmatch(name) and not _MADE_UP.search(name):
            yield f".{name}"
    name = attributes.get("id") or ""
    if _IDENTIFIER.fullmatch(name) and not _MADE_UP.search(name):
        yield f"#{name}"
