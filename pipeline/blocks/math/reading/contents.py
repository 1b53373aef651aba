r"""What is read otherwise than a formula's line: the words of a `\text{…}`, and an environment's rows of cells."""

from collections.abc import Callable
from typing import Final

from pipeline.blocks.math.reading.names import ESCAPED
from pipeline.blocks.math.reading.pieces import Reading
from pipeline.blocks.math.reading.signatures import ENVIRONMENTS

__all__ = ["read_environment", "read_words"]

_WITH_COLUMNS: Final = ("array", "subarray", "darray", "alignedat", "alignat", "alignat*")


def read_words(text: str, start: int, element: Callable[[int], Reading | None]) -> Reading | None:
    """Return the words in the braces that open at `start`: their spaces show. `element` reads TeX among them."""
    if text[start : start + 1] != "{":
        return None
    shown, at = "", start + 1
    while at < len(text) and text[at] != "}":
        char = text[at]
        if char == "\\" and text[at + 1 : at + 2] in ESCAPED:
            at += 1
            char = text[at]
        elif char in "\\${":
            inner = element(at) if char != "$" else None
            if inner is None:
                return None
            shown, at = shown + inner.linear, inner.end
            continue
        shown += " " if char.isspace() or char == "~" else char
        at += 1
    return Reading(shown, shown, at + 1) if at < len(text) else None


def read_environment(text: str, start: int, cell: Callable[[int], Reading | None]) -> Reading | None:
    """Return the rows of the environment whose name stands in the braces at `start`; `cell` reads up to a cell's end.

    MathML reads them one after the other, KaTeX's HTML column by column.
    """
    name_end = text.find("}", start)
    name = text[start + 1 : name_end] if text[start : start + 1] == "{" else ""
    if name not in ENVIRONMENTS:
        return None
    at = name_end + 1
    if name in _WITH_COLUMNS and text[at : at + 1] == "{":
        at = text.find("}", at) + 1
    rows: list[list[Reading]] = [[]]
    while True:
        inner = cell(at)
        if inner is None:
            return None
        rows[-1].append(inner)
        at = inner.end
        if text.startswith("&", at):
            at += 1
        elif text.startswith("\\\\", at):
            rows.append([])
            at += 2
        else:
            break
    closing = f"\\end{{{name}}}"
    if not text.startswith(closing, at):
        return None
    opened, closed = ENVIRONMENTS[name]
    width = max(map(len, rows))
    linear = "".join(one.linear for row in rows for one in row)
    drawn = "".join(row[column].drawn for column in range(width) for row in rows if column < len(row))
    return Reading(opened + linear + closed, opened + drawn + closed, at + len(closing))
