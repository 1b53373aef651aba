"""On which line of a TOML file a key stands: `tomllib` does not keep it, an error has to name it."""

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["line_of"]

_HEADER: Final = re.compile(r"\s*+(\[\[?)([^\[\]]+)\]{1,2}\s*+(?:#.*)?$")
_ASSIGNMENT: Final = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PART: Final = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(double or single or bare for double, single, bare in _PART.findall(dotted))


def _places(text: str) -> Iterator[tuple[int, tuple[int | str, ...]]]:
    """Yield line and location of each table header and each assignment; `[[name]]` counts from 0."""
    table: tuple[int | str, ...] = ()
    seen: dict[tuple[str, ...], int] = {}
    quotes = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not quotes:
            header = _HEADER.match(line)
            assignment = _ASSIGNMENT.match(line)
            if header:
                names = _parts(header.group(2))
                if header.group(1) == "[[":
                    seen[names] = seen.get(names, -1) + 1
                    # An array within it begins anew with each of its items.
                    seen = {
                        other: count for other, count in seen.items() if other[: len(names)] != names or other == names
                    }
                table = _numbered(names, seen)
                yield number, table
            elif assignment:
                yield number, (*table, *_parts(assignment.group(1)))
        for mark in ('"""', "'''"):
            if line.count(mark) % 2 and quotes in {"", mark}:
                quotes = "" if quotes else mark


def _numbered(names: tuple[str, ...], seen: dict[tuple[str, ...], int]) -> tuple[int | str, ...]:
    location: list[int | str] = []
    for end, name in enumerate(names, 1):
        location.append(name)
        if names[:end] in seen:
            location.append(seen[names[:end]])
    return tuple(location)


def line_of(text: str, location: tuple[int | str, ...]) -> int | None:
    """Return the line (from 1) of the key at `location`, or of the nearest thing around it; None if there is none.

    `location` is what pydantic gives: names, and numbers within arrays: `("defaults", 1, "path")`.
    """
    best: tuple[int, int] | None = None
    for number, place in _places(text):
        shared = 0
        for ours, theirs in zip(place, location, strict=False):
            if ours != theirs:
                break
            shared += 1
        if shared and shared == min(len(place), len(location)) and (best is None or shared > best[0]):
            best = (shared, number)
    return best[1] if best else None
