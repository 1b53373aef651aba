"""Pictures that a page loads late: their true address, or the picture for readers without scripts in their place."""

import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["picture_address", "settle_late_pictures"]

_BLANK_PIXEL: Final = "data:image/gif;base64,R0lGOD"
_BLANK_DRAWING: Final = re.compile(
    r"data:image/svg\+xml[^,]{0,40},(?:\s*<(?:/?svg|\?xml)\b[^<>]*>)+\s*\Z", re.IGNORECASE
)
_SOURCES: Final = ("data-src", "data-lazy-src")
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_LONGEST_DRAWING: Final = 1000
_SIZE: Final = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)[wx]")


def picture_address(attribute: Callable[[str], object]) -> str:
    """Return the address of an `img`, as written: its own if it is no place-holder, else what is to be loaded late.

    An empty string if it has none. `attribute` returns its attributes by name.
    """
    src = str(attribute("src") or "").strip()
    if src and not _is_blank(src):
        return src
    late = next((value for name in _SOURCES if (value := str(attribute(name) or "").strip())), "")
    return late or _from_sets(attribute) or src


def settle_late_pictures(tree: LexborHTMLParser) -> None:
    """Give each picture that has no address of its own the one of its sources, or of `noscript`.

    What a `noscript` shows is taken out of it, where it stands for a picture without an address, or for none at all.
    Without a picture beside it, it has to have a text in its place: a counter of visits has none.
    """
    for source in tree.css("picture > source"):
        picture = source.parent.css_first("img") if source.parent is not None else None
        late = _from_sets(source.attributes.get)
        if late and picture is not None and _is_blank(picture_address(picture.attributes.get)):
            picture.attrs["src"] = late
    for node in tree.css("noscript:has(img)"):
        beside = next(iter(_pictures_beside(node)), None)
        if beside is not None and not _is_blank(picture_address(beside.attributes.get)):
            continue
        for picture in node.css("img"):
            if beside is not None:
                beside.insert_before(picture, move=True)
            elif (picture.attributes.get("alt") or "").strip() and not _is_counter(picture):
                node.insert_before(picture, move=True)
        if beside is not None:
            beside.decompose()


def _pictures_beside(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the pictures that are, or are all of, the elements before and behind `node`."""
    for step in ("prev", "next"):
        neighbour = getattr(node, step)
        while neighbour is not None and neighbour.is_text_node and not neighbour.text().strip():
            neighbour = getattr(neighbour, step)
        if neighbour is None or not neighbour.is_element_node or neighbour.tag == "noscript":
            continue
        pictures = [neighbour] if neighbour.tag == "img" else neighbour.css("img")
        if len(pictures) == 1 and not neighbour.text().strip():
            yield pictures[0]


def _is_counter(picture: LexborNode) -> bool:
    return any((picture.attributes.get(side) or "").strip() in ("0", "1") for side in ("width", "height"))


def _is_blank(address: str) -> bool:
    if not address or address.startswith(_BLANK_PIXEL):
        return True
    return len(address) <= _LONGEST_DRAWING and _BLANK_DRAWING.match(unquote(address)) is not None


def _from_sets(attribute: Callable[[str], object]) -> str:
    """Return the largest picture that a `srcset` offers, the first of those of one size."""
    offered = [candidate for name in _SETS for candidate in _candidates(str(attribute(name) or ""))]
    return max(offered, key=lambda candidate: candidate[1], default=("", 0.0))[0]


def _candidates(srcset: str) -> Iterator[tuple[str, float]]:
    """Yield (address, size) as HTML reads them: an address ends at white space, a comma within belongs to it."""
    address, size = "", 1.0
    for word in srcset.split():
        if not address:
            address, is_last = word.strip(","), word.endswith(",")
            rest = ""
        else:
            descriptor, comma, rest = word.partition(",")
            found = _SIZE.fullmatch(descriptor)
            size, is_last = float(found[1]) if found else size, bool(comma)
        if is_last and address:
            yield address, size
            address, size = rest, 1.0
    if address:
        yield address, size
