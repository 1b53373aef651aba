"""Joins drawn documents into one PDF: pages, bookmarks, links and the structure tree stay whole.

`pages.extend` alone drops named destinations, bookmarks and structure (measured). QPDF remembers which of a source's
objects it has copied already, so copying the structure tree after the pages leads to the copied pages.
"""

import warnings
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.exporters.pdf.drawing import Drawn

__all__ = ["Joined", "Place", "join"]

_XREF: Final = "xref:"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something begins: the page's index, and the height above its lower edge in points."""

    page: int
    y: float
    title: str


@dataclass(slots=True)
class Joined:
    """One PDF made of several, and where each anchor is."""

    pdf: Pdf
    places: dict[str, Place] = field(default_factory=dict)
    bookmarks: list[tuple[str, Any]] = field(default_factory=list)


def join(parts: list[Drawn]) -> Joined:
    """Return the parts as one PDF, in order; `xref:` links lead to their anchors wherever these are.

    The list is emptied: a part is let go of when its pages are taken over, for all of them are large.
    A link to an anchor that no part has becomes plain text. Raises pikepdf.PdfError if a part is no PDF.
    """
    joined = Joined(Pdf.new())
    tree = _StructureTree(joined.pdf)
    parts.reverse()
    number = 0
    while parts:
        _append(joined, tree, number, parts.pop())
        number += 1
    tree.finish(_resolve_links(joined))
    _write_bookmarks(joined)
    return joined


def _destinations(root: Any) -> list[tuple[str, Any]]:
    flat = list(root.Names.Dests.Names) if "/Names" in root and "/Dests" in root.Names else []
    return [(str(name), destination) for name, destination in zip(flat[::2], flat[1::2], strict=True)]


def _append(joined: Joined, tree: "_StructureTree", number: int, part: Drawn) -> None:
    out = joined.pdf
    start = len(out.pages)
    with Pdf.open(BytesIO(part.pdf)) as source:
        with warnings.catch_warnings():
            # It warns that destinations are dropped; they are read below.
            warnings.simplefilter("ignore")
            out.pages.extend(source.pages)
        pages: dict[tuple[int, int], int] = {
            page.obj.objgen: index for index, page in enumerate(out.pages) if index >= start
        }
        if "/Outlines" in source.Root:
            titles = {
                (item.Dest[0].objgen, round(float(item.Dest[3]), 1)): str(item.Title)
                for item in _outline(source.Root.Outlines)
            }
            joined.bookmarks += (
                (str(item.Title), item.Dest) for item in _outline(out.copy_foreign(source.Root.Outlines))
            )
        else:
            titles = {}
        for name, destination in _destinations(source.Root):
            page, y = pages[out.copy_foreign(destination[0]).objgen], float(destination[3])
            title = titles.get((destination[0].objgen, round(y, 1)), "")
            joined.places.setdefault(name, Place(page, y, title))
        tree.append(source, start, number, unique_ids=part.has_table_heads)


def _outline(root: Any) -> list[Any]:
    """Return the bookmarks of a part, first to last: ours have but one level."""
    found = []
    item = root.get("/First")
    while item is not None:
        found.append(item)
        item = item.get("/Next")
    return found


class _StructureTree:
    """The structure trees of the parts, one after another under one root."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root, K=Array()))
        self.kids: list[Any] = []
        self.parents: list[tuple[int, Any]] = []
        self.next_key = 0

    def append(self, source: Pdf, start: int, number: int, *, unique_ids: bool) -> None:
        """Take over one part's tree; its keys are moved behind those that there are."""
        tree = source.Root.get("/StructTreeRoot")
        if tree is None:
            return
        copied = self.pdf.copy_foreign(tree)
        offset = self.next_key
        numbers = copied.ParentTree.Nums
        for key, value in zip(list(numbers)[::2], list(numbers)[1::2], strict=True):
            self.parents.append((offset + int(key), value))
            self.next_key = max(self.next_key, offset + int(key) + 1)
        for kid in copied.K[0].K:
            kid.P = self.document
            self.kids.append(kid)
            if unique_ids:
                _make_cell_ids_unique(kid, number)
        for page in list(self.pdf.pages)[start:]:
            if "/StructParents" in page.obj:
                page.obj.StructParents = offset + int(page.obj.StructParents)
            for annotation in page.obj.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent = offset + int(annotation.StructParent)

    def finish(self, dangling: set[int]) -> None:
        """Write the tree. `dangling` are the keys of annotations that are gone: their elements become spans."""
        numbers = Array()
        for key, value in self.parents:
            if key in dangling:
                if str(value.S) == "/Link":  # a picture within a link has a key of its own, and stays a picture
                    value.S = Name.Span
                value.K = Array([kid for kid in value.K if not _is_object_reference(kid)])
            else:
                numbers.append(key)
                numbers.append(value)
        self.document.K = Array(self.kids)
        self.root.K = Array([self.document])
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        self.root.ParentTreeNextKey = self.next_key
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)


def _is_object_reference(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == Name.OBJR


def _make_cell_ids_unique(element: Any, number: int) -> None:
    """Prefix the ids by which a table's cells name their headers with the part's number."""
    stack = [element]
    while stack:
        node = stack.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if "/ID" in node:
            node.ID = String(f"{number}-{node.ID}")
        headers = node.A.get("/Headers") if isinstance(node.get("/A"), pikepdf.Dictionary) else None
        if headers is not None:
            node.A.Headers = Array([String(f"{number}-{header}") for header in headers])
        kids = node.get("/K")
        if isinstance(kids, pikepdf.Array):
            stack.extend(kids)


def _resolve_links(joined: Joined) -> set[int]:
    """Turn `xref:` addresses into destinations; return the structure keys of those that lead nowhere."""
    dangling = set()
    pages = list(joined.pdf.pages)
    for page in pages:
        annotations = page.obj.get("/Annots")
        if annotations is None:
            continue
        kept = []
        for annotation in annotations:
            address = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
            if not address.startswith(_XREF):
                kept.append(annotation)
                continue
            place = joined.places.get(address.removeprefix(_XREF))
            if place is None:
                if "/StructParent" in annotation:
                    dangling.add(int(annotation.StructParent))
                continue
            del annotation["/A"]
            annotation.Dest = Array([pages[place.page].obj, Name.XYZ, 0, place.y, 0])
            annotation.Contents = String(place.title or "Link")
            kept.append(annotation)
        if kept:
            page.obj.Annots = Array(kept)
        else:
            del page.obj["/Annots"]
    return dangling


def _write_bookmarks(joined: Joined) -> None:
    if not joined.bookmarks:
        return
    pdf = joined.pdf
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=len(joined.bookmarks)))
    items = [
        pdf.make_indirect(Dictionary(Title=String(title), Dest=destination, Parent=root))
        for title, destination in joined.bookmarks
    ]
    for before, after in pairwise(items):
        before.Next, after.Prev = after, before
    root.First, root.Last = items[0], items[-1]
    pdf.Root.Outlines = root
