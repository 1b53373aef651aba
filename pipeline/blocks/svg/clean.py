"""From an SVG file to one that only draws: what is known to be harmless, by name, in a document of our own."""

import re
from typing import Any, Final

from lxml import etree

from pipeline.blocks.svg.drawn import HREFS, drawn_elements
from pipeline.blocks.svg.names import ANIMATIONS, ATTRIBUTES, ELEMENTS, PROPERTIES
from pipeline.blocks.svg.styles import clean_declarations, clean_sheet, is_harmless

__all__ = ["clean_svg"]

_SVG: Final = "http://www.w3.org/2000/svg"
_NAMESPACES: Final = {None: _SVG, "xlink": "http://www.w3.org/1999/xlink"}
# Attributes that are read as style, by themselves or in an animation.
_STYLED: Final = PROPERTIES | {"from", "to", "by", "values"}
_XML: Final = frozenset(f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("lang", "space"))
# A picture that draws more than this, its `use` elements followed, costs minutes, or all memory, wherever it is shown.
_MOST_DRAWN: Final = 100_000
_BITMAP: Final = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*")
# With these a document tells a parser where to fetch more; none is followed here.
_PARSER: Final = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}


def clean_svg(data: bytes) -> bytes | None:
    """Return an SVG file with what draws, or describes what is drawn, alone; None if it is none, or draws too much.

    Gone are scripts, handlers of events, foreign content, links and all references that lead out of the file, imports
    of style, entities and the document type; pictures within it stay if they are bitmaps. What is clean stays as it is.
    """
    try:
        root: Any = etree.fromstring(data, etree.XMLParser(**_PARSER, remove_pis=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    # A drawing that was copied out of a page has lost its namespace, and is to have it.
    namespace = f"{{{_SVG}}}" if root.tag == f"{{{_SVG}}}svg" else ""
    if root.tag != f"{namespace}svg":
        return None
    clean = _cleaned(root, namespace)
    if drawn_elements(clean, _MOST_DRAWN) > _MOST_DRAWN:
        return None
    etree.cleanup_namespaces(clean)
    written: bytes = etree.tostring(clean, encoding="utf-8")
    return written


def _cleaned(root: Any, namespace: str) -> Any:
    """Return a new tree of what is kept."""
    clean: Any = etree.Element(f"{{{_SVG}}}svg", _attributes(root, "svg"), _NAMESPACES)
    pairs = [(root, clean)]
    while pairs:
        source, target = pairs.pop()
        last: Any = None
        texts = [source.text]
        for child in source:
            name = child.tag.removeprefix(namespace) if isinstance(child.tag, str) else ""
            if name in ELEMENTS and child.tag == namespace + name and _is_kept(child, name):
                _put(texts, target, last)
                last = etree.SubElement(target, f"{{{_SVG}}}{name}", _attributes(child, name))
                if name == "style":
                    last.text = clean_sheet("".join(child.itertext()))
                else:
                    pairs.append((child, last))
            texts.append(child.tail)
        _put(texts, target, last)
    return clean


def _put(texts: list[str | None], target: Any, last: Any) -> None:
    """Let the texts stand in an element behind its last child, or, without one, at its beginning."""
    text = "".join(filter(None, texts))
    texts.clear()
    if text and last is not None:
        last.tail = text
    elif text:
        target.text = text


def _is_kept(element: Any, name: str) -> bool:
    if name in ANIMATIONS:  # of a reference, it would lead out after all
        return element.get("attributeName", "transform") in ATTRIBUTES - {"href", "style"}
    return name != "style" or element.get("type", "text/css") == "text/css"


def _attributes(element: Any, name: str) -> dict[str, str]:
    kept = {}
    for key, value in element.attrib.items():
        if key in HREFS:
            if name != "a" and (value.startswith("#") or (name in ("image", "feImage") and _BITMAP.fullmatch(value))):
                kept[key] = value
        elif key == "style":
            if style := clean_declarations(value):
                kept[key] = style
        elif key in _XML or (key in ATTRIBUTES and (key not in _STYLED or is_harmless(value))):
            kept[key] = value
    return kept
