"""The structure tree that WeasyPrint writes, put in the order of reading: that of screen readers, and of `verify`.

WeasyPrint makes the tree page by page: what is broken over pages is several elements, and of a table's row the rest of
the first cell stands behind the beginning of the last. It also takes a nested list out of its item, and does not say
that text is raised or lowered.
"""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

__all__ = ["boxes_noted", "put_in_order"]

_SCRIPTS: Final = {"sup": "/Sup", "sub": "/Sub"}
_LISTS: Final = frozenset(["ul", "ol"])


@contextmanager
def boxes_noted() -> Iterator[dict[int, Any]]:
    """Note, while WeasyPrint makes a tree, which box each of its elements is for: boxes by object number."""
    tags: Any = importlib.import_module("weasyprint.pdf.tags")
    build = tags._build_box_tree  # noqa: SLF001  (it tells nowhere else)
    boxes: dict[int, Any] = {}

    def noting(box: Any, *args: Any) -> Iterator[Any]:
        for element in build(box, *args):
            boxes.setdefault(element.number, box)
            yield element

    tags._build_box_tree = noting  # noqa: SLF001
    try:
        yield boxes
    finally:
        tags._build_box_tree = build  # noqa: SLF001


def put_in_order(pdf: Any, boxes: dict[int, Any]) -> None:
    """Put the tree of a document that is about to be written (`pydyf.PDF`) in the order of reading."""
    _Tree(pdf, boxes).put_in_order()


class _Tree:
    """The elements of one document by their references, and what they were made of."""

    def __init__(self, pdf: Any, boxes: dict[int, Any]) -> None:
        self._dictionaries: list[Any] = [item for item in pdf.objects if isinstance(item, dict)]
        self._elements: dict[Any, Any] = {
            item.reference: item for item in self._dictionaries if item.get("Type") == "/StructElem"
        }
        self._boxes = boxes
        self._owners: dict[Any, Any] = {}  # an element that is gone -> the one that has its content
        self._ends_on: dict[Any, Any] = {}  # an element -> the page on which its last part is
        self._heads: dict[Any, Any] = {}  # the id of a header cell's later part -> that of the cell

    def put_in_order(self) -> None:
        self._dissolve_leaves()
        for element in list(self._elements.values()):
            self._name_script(element)
            self._put_lists_into_items(element)
            if element["S"] == "/Link" and all(isinstance(kid, int) or kid in self._elements for kid in element["K"]):
                element["S"] = "/Span"  # it leads nowhere
        document = next(element for element in self._elements.values() if element["S"] == "/Document")
        kids = document["K"][:]
        document["K"][:] = []
        for kid in kids:
            self._append(document, kid)
        self._rename()

    def _dissolve_leaves(self) -> None:
        """Give each piece of text to the element around it: WeasyPrint wraps every line of text in a span of its own.

        These are half of all objects of a handout, and cost half the time and memory of joining (measured).
        """
        leaves = {
            reference: element
            for reference, element in self._elements.items()
            if element["S"] == "/Span"
            and element.number not in self._boxes
            and len(element["K"]) == 1
            and isinstance(element["K"][0], int)
        }
        for element in self._elements.values():
            element["K"][:] = [leaves[kid]["K"][0] if kid in leaves else kid for kid in element["K"]]
        for reference, leaf in leaves.items():
            self._owners[reference] = leaf["P"]
            leaf.free = "f"
            del self._elements[reference]

    def _name_script(self, element: Any) -> None:
        script = _SCRIPTS.get(self._tag(element))
        if script is not None:
            element["S"] = "/Span"
            element["A"] = importlib.import_module("pydyf").Dictionary({"O": "/Layout", "TextPosition": script})

    def _put_lists_into_items(self, item: Any) -> None:
        """Put the lists within a list's item back where they stand in it: they were made its neighbours."""
        box = self._boxes.get(item.number)
        if box is None or item["S"] != "/LI" or not any(child.element_tag in _LISTS for child in box.children):
            return
        made = {id(self._boxes[element.number]): reference for reference, element in self._near(item)}
        order = [made[id(child)] for child in box.children if id(child) in made]
        parent = self._elements[item["P"]]
        parent["K"][:] = [kid for kid in parent["K"] if kid not in order]
        item["K"][:] = [*(kid for kid in item["K"] if kid not in order), *order]
        for reference in order:
            self._elements[reference]["P"] = item.reference

    def _near(self, item: Any) -> Iterator[tuple[Any, Any]]:
        """Yield the elements within a list's item, and those beside it."""
        for kid in [*item["K"], *self._elements[item["P"]]["K"]]:
            if kid in self._elements and self._elements[kid].number in self._boxes and kid != item.reference:
                yield kid, self._elements[kid]

    def _append(self, parent: Any, kid: Any) -> None:
        """Append an element to a parent, or what is in it to the part of it that stands there already."""
        element = self._elements[kid]
        before = self._begun(parent, element)
        if before is None:
            parent["K"].append(kid)
            element["P"] = parent.reference
            self._ends_on[parent.reference] = self._last_page(element)
            return
        self._owners[kid] = before.reference
        if "ID" in element and "ID" in before:
            self._heads[str(element["ID"])] = before["ID"]
        marked: Any = importlib.import_module("pydyf").Dictionary
        for part in element["K"]:
            if isinstance(part, int):
                before["K"].append(marked({"Type": "/MCR", "Pg": element["Pg"], "MCID": part}))
            elif part in self._elements:
                self._append(before, part)
            else:
                before["K"].append(part)
        self._ends_on[before.reference] = self._last_page(element)
        element.free = "f"
        del self._elements[kid]

    def _begun(self, parent: Any, element: Any) -> Any | None:
        """Return the element, of those that `parent` has, of which `element` is the rest on a later page, or None."""
        box = self._boxes.get(element.number)
        if box is None or box.element is None:
            return None
        # The cells of a row go on beside each other; of all else only the last can go on.
        kids = [kid for kid in parent["K"] if not isinstance(kid, int | dict) and kid in self._elements]
        for kid in reversed(kids if parent["S"] == "/TR" else kids[-1:]):
            candidate = self._elements[kid]
            other = self._boxes.get(candidate.number)
            if (
                other is not None
                and other.element is box.element
                and other.element_tag == box.element_tag
                and candidate["S"] == element["S"]
                and self._last_page(candidate) != element["Pg"]
            ):
                return candidate
        return None

    def _last_page(self, element: Any) -> Any:
        return self._ends_on.get(element.reference, element["Pg"])

    def _rename(self) -> None:
        """Lead everything to elements that are left: the owners of marked content, of links, and header cells."""
        for item in self._dictionaries:
            numbers = item.get("Nums")
            if numbers is None:
                continue
            for index, owners in enumerate(numbers):
                if isinstance(owners, list):
                    owners[:] = [self._owner(owner) for owner in owners]
                elif not isinstance(owners, int):
                    numbers[index] = self._owner(owners)
        if self._heads:
            for element in self._elements.values():
                headers = element.get("A", {}).get("Headers")
                if headers:
                    headers[:] = dict.fromkeys(self._heads.get(str(header), header) for header in headers)

    def _owner(self, reference: Any) -> Any:
        while reference in self._owners:
            reference = self._owners[reference]
        return reference

    def _tag(self, element: Any) -> str:
        box = self._boxes.get(element.number)
        tag = None if box is None or box.element is None else box.element_tag
        return tag if isinstance(tag, str) else ""
