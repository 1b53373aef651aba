"""A PDF read back: the structure tree walked once, the text of each piece of it as pdfium reads it from the page."""

import ctypes
import importlib
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pikepdf

from pipeline.verify.pdf.equality import PICTURE, Said

__all__ = ["Bookmark", "Node", "PrintedFile", "UnreadableError", "opened"]


# Neither has types.
_pypdfium2: Any = importlib.import_module("pypdfium2")
pdfium: Any = importlib.import_module("pypdfium2.raw")

# A cell that is broken over pages goes on over all of them before its neighbour begins.
_PAGES_KEPT: Final = 12
_DEEPEST: Final = 200
_SCRIPTS: Final = {"/Sup": "^", "/Sub": "_"}


class UnreadableError(Exception):
    """The file is no PDF, or not one that can be read aloud."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark's title and the index of the page that it leads to, None if it leads nowhere."""

    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Node:
    """An element of the structure: its type, and in order what is in it."""

    kind: str  # "Sect", "Div", "H2"…
    page: int  # where it begins
    kids: tuple["Node | Said", ...]

    def said(self) -> list[Said]:
        """Return all that is said in it."""
        found: list[Said] = []
        for kid in self.kids:
            if isinstance(kid, Node):
                found += kid.said()
            else:
                found.append(kid)
        return found


@contextmanager
def opened(path: Path) -> Iterator["PrintedFile"]:
    """Open a tagged PDF. Raises UnreadableError, also while it is read, if it is none."""
    try:
        with (
            _pypdfium2.PdfDocument(path) as text,
            pikepdf.open(path, access_mode=pikepdf.AccessMode.mmap_only) as structure,
        ):
            yield PrintedFile(text, structure)
    except (_pypdfium2.PdfiumError, pikepdf.PdfError, OSError) as error:
        raise UnreadableError(str(error)) from error


class PrintedFile:
    """What a file says, as a screen reader would: marked content in the order of the structure tree.

    Running heads, page numbers, rules and cut marks are artifacts, and list labels ("1.", bullets) are no words of a
    record. Pages are read when the tree comes to them, and let go of behind it.
    """

    def __init__(self, text: Any, structure: pikepdf.Pdf) -> None:
        self._text = text
        self._structure = structure
        self._numbers = {page.obj.objgen: index for index, page in enumerate(structure.pages)}
        self._pages: OrderedDict[int, dict[int, list[str]]] = OrderedDict()
        self._marks: dict[int, Counter[int]] = {}  # of each page seen: how often each mark has yet to be read
        self.bookmarks = list(self._outline())

    def _outline(self) -> Iterator[Bookmark]:
        """Yield the bookmarks as they are written: pdfium makes spaces of some characters."""
        item = self._structure.Root.get("/Outlines", pikepdf.Dictionary()).get("/First")
        seen = set()
        while item is not None and item.objgen not in seen:
            seen.add(item.objgen)
            place = item.get("/Dest")
            page = self._numbers.get(place[0].objgen) if isinstance(place, pikepdf.Array) else None
            yield Bookmark(str(item.get("/Title", "")), page)
            item = item.get("/Next")

    def nodes(self) -> Iterator[Node]:
        """Yield the elements below the document's own, in order. Raises UnreadableError where the tree is broken."""
        try:
            document = self._structure.Root.StructTreeRoot.K[0]
            for kid in document.K:
                node = self._node(kid, 0, 0)
                if node is not None:
                    yield node
        except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
            raise UnreadableError(f"its structure tree is broken: {error}") from error

    def astray(self) -> Iterator[tuple[int, str]]:
        """Yield page and text of marked content that `nodes`, read to the end, did not come by, or came by twice."""
        for page in range(len(self._text)):
            if page not in self._marks:
                self._texts(page)
            for mark in sorted(mark for mark, left in self._marks[page].items() if left):
                said = "".join(self._texts(page)[mark])
                if said.strip():
                    yield page, said

    def _node(self, element: Any, page: int, depth: int, how: str = "") -> Node | None:
        """Return an element with what is in it; None for a list's label, and for a link's place on the page."""
        if depth > _DEEPEST:
            raise UnreadableError("its structure tree has no end")
        kind = str(element.get("/S", ""))[1:]
        if not kind:
            return None
        page = self._numbers[element.Pg.objgen] if "/Pg" in element else page
        attributes = element.get("/A")
        if kind == "Span" and isinstance(attributes, pikepdf.Dictionary):
            how += _SCRIPTS.get(str(attributes.get("/TextPosition", "")), "")
        kids: list[Node | Said] = []
        for kid in element.get("/K", ()):
            if isinstance(kid, int):
                kids += self._marked(page, kid, how)
            elif "/MCID" in kid:
                kids += self._marked(self._numbers[kid.Pg.objgen], int(kid.MCID), how)
            else:
                node = self._node(kid, page, depth + 1, how)
                if node is not None:
                    kids.append(node)
        if kind == "Lbl":
            return None
        if kind == "Figure":
            kids = [Said(str(element.get("/Alt", "")), PICTURE, page)]
        return Node(kind, page, tuple(kids))

    def _marked(self, page: int, mark: int, how: str) -> list[Said]:
        texts = self._texts(page)
        if mark in self._marks[page]:  # of a picture there is no text
            self._marks[page][mark] -= 1
        return [Said(text, how, page) for text in texts.get(mark, ())]

    def _texts(self, page: int) -> dict[int, list[str]]:
        if page not in self._pages:
            self._pages[page] = _marked_texts(self._text[page])
            self._marks.setdefault(page, Counter(self._pages[page].keys()))
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page]


def _marked_texts(page: Any) -> dict[int, list[str]]:
    """Return the texts of the page by the mark of their content; artifacts have none."""
    texts: dict[int, list[str]] = {}
    text_page = page.get_textpage()
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
        if mark >= 0 and pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
            said = _text(lambda buffer, size, item=item: pdfium.FPDFTextObj_GetText(item, text_page, buffer, size))
            # So pdfium gives a `-` at which a line was broken; a hyphen that the break brought in is a U+2010.
            texts.setdefault(mark, []).append(said.replace("\x02", "-"))
    text_page.close()
    page.close()
    return texts


def _text(read: Any) -> str:
    """Return what a pdfium function writes as UTF-16: it is asked for the size first."""
    size = read(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
