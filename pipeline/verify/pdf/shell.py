"""A PDF around its pages' content: what the file says of itself, what a page is, and what lies upon it.

What a file of ours has is known by name. Whatever else there is (an action when it is opened, a file within it, a page
that is turned) is a difference, and so are bytes that do not unpack, or by which a reader has to guess.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pikepdf
from fontTools.ttLib import TTLibError
from fontTools.ttLib.sfnt import SFNTReader
from lxml import etree

from pipeline.exporters.pdf.joining import metadata_of

__all__ = ["Expected", "shell_differences"]

_OF_THE_FILE: Final = {"/Lang", "/MarkInfo", "/Metadata", "/Outlines", "/Pages", "/StructTreeRoot", "/Type"}
_OF_A_PAGE: Final = {"/Annots", "/Contents", "/Parent", "/Resources", "/StructParents", "/Tabs", "/Type"}
_BOXES: Final = ("/MediaBox", "/BleedBox", "/TrimBox")
_OF_A_LINK: Final = {"/BS", "/Contents", "/Dest", "/Rect", "/StructParent", "/Subtype", "/Type"}
_PRODUCER: Final = "guidepress (WeasyPrint, pikepdf)"
_POINT: Final = 0.01


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file is: its title and language, and the size of its pages in points."""

    title: str
    language: str
    width: float
    height: float


def shell_differences(file: pikepdf.Pdf, expected: Expected) -> Iterator[str]:
    """Yield everything in which the file, but for its pages' content, is not what it is expected to be."""
    yield from _bytes(file)
    yield from _of_itself(file, expected)
    size = (0.0, 0.0, expected.width, expected.height)
    for number, page in enumerate(file.pages, start=1):
        for key in sorted(page.obj.keys() - _OF_A_PAGE - {*_BOXES}):
            yield f"page {number} has what no page of ours has: {key}"
        for key in _BOXES:
            box = [float(side) for side in page.obj.get(key, ())]
            if len(box) != 4 or any(abs(one - other) > _POINT for one, other in zip(box, size, strict=True)):
                yield f"page {number} is not of the paper's size: {key} is {box}"
        for link in page.obj.get("/Annots", ()):
            yield from (f"a link on page {number} {message}" for message in _link(file, link, size))


def _bytes(file: pikepdf.Pdf) -> Iterator[str]:
    """Yield what of the file does not unpack, and what a reader has to guess."""
    for thing in file.objects:
        if isinstance(thing, pikepdf.Stream):
            if thing.get("/Filter") == "/FlateDecode":
                unpacker = zlib.decompressobj()
                try:
                    unpacker.decompress(thing.read_raw_bytes())
                    whole = unpacker.eof
                except zlib.error:
                    whole = False
                if not whole:
                    yield f"the stream {thing.objgen[0]} is damaged"
        elif isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/CIDFontType2":
            yield from _font(thing)
    first, last = file.trailer.get("/ID", ("", "-"))
    if str(first) != str(last):
        yield "it was written again by another program"
    yield from file.get_warnings()


def _font(font: Any) -> Iterator[str]:
    """Yield if the glyphs of the embedded font are not those that the text is set in, going by their widths."""
    try:
        advances = _advances(font.FontDescriptor.FontFile2.read_bytes())
        for start, row in _pairs(font.W):
            if any(abs(advances(start + at) - float(width)) > 1.5 for at, width in enumerate(row)):
                yield f"the glyphs of the font {font.BaseFont} are not its own"
                return
    except (TTLibError, struct.error, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        yield f"the font {font.get('/BaseFont')} cannot be read: {error}"


def _advances(font: bytes) -> Callable[[int], float]:
    """Return what gives the width of each glyph, in thousandths of an em (OpenType, `hmtx`)."""
    reader = SFNTReader(BytesIO(font))  # type: ignore[no-untyped-call]
    table = reader["hmtx"]
    (count,) = struct.unpack_from(">H", reader["hhea"], 34)
    (units,) = struct.unpack_from(">H", reader["head"], 18)
    return lambda glyph: struct.unpack_from(">H", table, 4 * min(glyph, count - 1))[0] * 1000 / units


def _pairs(widths: Any) -> Iterator[tuple[int, list[Any]]]:
    """Yield the first glyph and the widths of each run (ISO 32000-2, 9.7.4.3; ours have no ranges of equal ones)."""
    entries = list(widths)
    for start, row in zip(entries[::2], entries[1::2], strict=True):
        yield int(start), list(row)


def _of_itself(file: pikepdf.Pdf, expected: Expected) -> Iterator[str]:
    root = file.Root
    for key in sorted(root.keys() - _OF_THE_FILE - {"/ViewerPreferences"}):
        yield f"the file has what no file of ours has: {key}"
    said = {str(key): str(value) for key, value in file.docinfo.items()}
    if said != {"/Title": expected.title, "/Producer": _PRODUCER}:
        yield f"it says of itself {said}"
    metadata = root.get("/Metadata")
    wanted = metadata_of(expected.title, expected.language)
    if not isinstance(metadata, pikepdf.Stream) or _said_in(metadata.read_bytes()) != _said_in(wanted):
        yield "its metadata are not those of its title and language"
    if str(root.get("/Lang", "")) != expected.language:
        yield f"its language is {str(root.get('/Lang', ''))!r}, not {expected.language!r}"


def _said_in(xmp: bytes) -> list[tuple[str, str]] | None:
    """Return what a packet of metadata says, by element: it may be written in other words."""
    try:
        elements = etree.fromstring(xmp.strip(), etree.XMLParser(resolve_entities=False, no_network=True)).iter("{*}*")
        return [(element.tag, element.text) for element in elements if (element.text or "").strip()]
    except etree.XMLSyntaxError:
        return None


def _link(file: pikepdf.Pdf, link: Any, size: tuple[float, ...]) -> Iterator[str]:
    for key in sorted(link.keys() - _OF_A_LINK):
        yield f"has what no link of ours has: {key}"
    if link.get("/Subtype") != "/Link":
        yield f"is none, but {link.get('/Subtype')}"
    target = link.get("/Dest")
    pages = {page.obj.objgen for page in file.pages}
    if not isinstance(target, pikepdf.Array) or not len(target) or target[0].objgen not in pages:
        yield "leads nowhere"
    rectangle = [float(side) for side in link.get("/Rect", ())]
    sides = zip(rectangle, (size[2], size[3]) * 2, strict=False)
    if len(rectangle) != 4 or not all(-1 <= side <= most + 1 for side, most in sides):
        yield "does not lie on it"
