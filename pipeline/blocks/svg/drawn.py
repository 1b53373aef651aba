"""How much a drawing draws: a few lines that refer to one another can draw more than any machine holds."""

import re
from collections.abc import Iterator
from typing import Any, Final

__all__ = ["HREFS", "drawn_elements"]

HREFS: Final = ("href", "{http://www.w3.org/1999/xlink}href")
_URL: Final = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")


def drawn_elements(root: Any, most: int) -> int:
    """Return how many elements are drawn, those that others refer to each time; of more than `most`, one more.

    References that have no end are more than any number. What a style sheet refers to is not followed.
    """
    by_id: dict[str, Any] = {}
    for element in root.iter():
        by_id.setdefault(element.get("id", ""), element)
    drawn: dict[Any, int | None] = {}  # None: it is being followed
    path = [(root, _drawn_by(root, by_id))]
    while path:
        element, parts = path[-1]
        part = next((part for part in parts if drawn.get(part, 0) is None or part not in drawn), None)
        if part is not None:
            if part in drawn:
                return most + 1
            drawn[part] = None
            path.append((part, _drawn_by(part, by_id)))
            continue
        path.pop()
        drawn[element] = min(most + 1, 1 + sum(drawn[part] or 0 for part in _drawn_by(element, by_id)))
    return drawn[root] or 0


def _drawn_by(element: Any, by_id: dict[str, Any]) -> Iterator[Any]:
    """Yield what is drawn with an element: its children, and what its attributes refer to."""
    yield from element
    for name, value in element.attrib.items():
        for one in [value[1:]] if name in HREFS and value.startswith("#") else _URL.findall(value):
            if one in by_id:
                yield by_id[one]
