"""A PDF read back: the structure tree walked once, the text of each piece of it as it stands on the page."""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pikepdf

from pipeline.verify.pdf.equality import PICTURE, Said
from pipeline.verify.pdf.page_text import FontTexts, PageText, page_text

__all__ = ["Bookmark", "Node", "PrintedFile", "UnreadableError", "opened"]

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
        with pikepdf.open(path, access_mode=pikepdf.AccessMode.mmap_only) as file:
            yield PrintedFile(file)
    except (pikepdf.PdfError, OSError) as error:
        raise UnreadableError(str(error)) from error


class PrintedFile:
    """What a file says, as a screen reader would: marked content in the order of the structure tree.

    Running heads, page numbers, rules and cut marks are artifacts, and list labels ("1.", bullets) are no words of a
    record. Pages are read when the tree comes to them, and let go of behind it.
    """

    def __init__(self, file: pikepdf.Pdf) -> None:
        self._structure = file
        self._sheets = list(file.pages)
        self._fonts = FontTexts()
        self._numbers = {page.obj.objgen: index for index, page in enumerate(self._sheets)}
        self._pages: OrderedDict[int, PageText] = OrderedDict()
        self._marks: dict[int, Counter[int]] = {}  # of each page seen: how often each mark has yet to be read
        self._loose: dict[int, str] = {}  # of each page seen: the text without any mark, if there is some
        self.bookmarks = list(self._outline())

    def _outline(self) -> Iterator[Bookmark]:
        """Yield the bookmarks."""
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
        """Yield page and text of content that `nodes`, read to the end, did not come by, or came by twice."""
        for page in range(len(self._sheets)):
            if page not in self._marks:
                self._texts(page)
            for mark in sorted(mark for mark, left in self._marks[page].items() if left):
                said = "".join(self._texts(page).marked[mark])
                if said.strip():
                    yield page, said
            if page in self._loose:
                yield page, self._loose[page]

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
        if kind == "Figure" and kids:  # else it is not on the page
            kids = [Said(str(element.get("/Alt", "")), PICTURE, page)]
        return Node(kind, page, tuple(kids))

    def _marked(self, page: int, mark: int, how: str) -> list[Said]:
        texts = self._texts(page).marked
        if mark in self._marks[page]:
            self._marks[page][mark] -= 1
        return [Said(text, how, page) for text in texts.get(mark, ())]

    def _texts(self, page: int) -> PageText:
        if page not in self._pages:
            try:
                found = page_text(self._sheets[page], self._fonts)
            except (AttributeError, LookupError, TypeError, ValueError) as error:
                raise UnreadableError(f"page {page + 1} is broken: {error}") from error
            self._pages[page] = found
            self._marks.setdefault(page, Counter(found.marked.keys()))
            if "".join(found.unmarked).strip():
                self._loose[page] = "".join(found.unmarked)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page]
