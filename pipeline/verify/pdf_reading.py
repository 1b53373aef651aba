"""A PDF read back with pdfium: its text run by run, pictures as their alternative text, artifacts left out."""

import ctypes
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Bookmark", "PrintedPage", "read_pdf"]


# Neither has types.
_pypdfium2: Any = importlib.import_module("pypdfium2")
pdfium: Any = importlib.import_module("pypdfium2.raw")


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page's runs of text, in the order in which they are drawn."""

    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark's title and the index of the page that it leads to, None if it leads nowhere."""

    title: str
    page: int | None


def read_pdf(path: Path) -> tuple[list[PrintedPage], list[Bookmark]]:
    """Return the pages and the bookmarks of a tagged PDF.

    Only marked content is read, as a screen reader would: running heads, page numbers, rules and cut marks are
    artifacts, and list labels ("1.", bullets) are no words of a record. Raises pypdfium2.PdfiumError if it is no PDF.
    """
    with _pypdfium2.PdfDocument(path) as document:
        pages = [PrintedPage(tuple(_runs(document[index]))) for index in range(len(document))]
        bookmarks = [Bookmark(item.get_title(), _page_of(item)) for item in document.get_toc()]
    return pages, bookmarks


def _page_of(item: Any) -> int | None:
    destination = item.get_dest()
    return None if destination is None else destination.get_index()


def _runs(page: Any) -> Iterator[str]:
    """Yield what the page's structure says, in its order: that of reading, where drawing puts floats first."""
    texts = _marked_texts(page)
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        # Elements still to be read, the next one last; marked content stands as its number.
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        stack: list[Any] = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, index) for index in reversed(range(count))]
        while stack:
            item = stack.pop()
            if isinstance(item, int):
                yield from texts.get(item, ())
            elif item:
                stack.extend(reversed(list(_content(item))) if not (said := _alternative(item)) else [])
                if said:
                    yield said
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _alternative(element: Any) -> str:
    if _text(lambda buffer, size: pdfium.FPDF_StructElement_GetType(element, buffer, size)) != "Figure":
        return ""
    return _text(lambda buffer, size: pdfium.FPDF_StructElement_GetAltText(element, buffer, size))


def _content(element: Any) -> Iterator[Any]:
    """Yield an element's children: elements, and the numbers of marked content; nothing of a list's label."""
    if _text(lambda buffer, size: pdfium.FPDF_StructElement_GetType(element, buffer, size)) == "Lbl":
        return
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        yield mark if mark >= 0 else pdfium.FPDF_StructElement_GetChildAtIndex(element, index)


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
    return texts


def _text(read: Any) -> str:
    """Return what a pdfium function writes as UTF-16: it is asked for the size first."""
    size = read(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    try:
        read(pointer, size)
    except ctypes.ArgumentError:
        read(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
