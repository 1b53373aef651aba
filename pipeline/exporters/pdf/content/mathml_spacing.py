"""White around operators and in matrices as TeX sets it, written into MathML before it is drawn.

latex2mathml leaves it to the renderer to tell a sign (`= -3`) from an operation (`5 - 3`), and ziamath takes every
operator within a row for an operation, as MathML's dictionary says. TeX's rule (The TeXbook, appendix G, rules 5 and 6)
is that a binary operator with nothing to its left that it could work on is a sign. ziamath's rows of a matrix are apart
by their ink alone, which leaves less than TeX's line height.
"""

from typing import Any, Final

__all__ = ["space_as_tex"]

_SIGNS: Final = frozenset("+-\u2212±∓")
# Operators behind which an operand has ended, so that a sign there is an operation.
_CLOSING: Final = frozenset(")]}⟩⌋⌉!%′″‴∞…⋯⋮⋱")
_BARS: Final = frozenset("|∣‖∥")
# Behind these TeX sets a thin space, MathML's dictionary a wide one.
_PUNCTUATION: Final = frozenset(",;")
_ROWS: Final = frozenset(["math", "mrow", "mtd", "mstyle", "msqrt", "mpadded", "mphantom", "menclose"])
_SCRIPTED: Final = frozenset(["msub", "msup", "msubsup", "munder", "mover", "munderover"])
_THIN: Final = "thinmathspace"
_BETWEEN_ROWS: Final = "0.5em"
_BETWEEN_COLUMNS: Final = "0.75em"


def space_as_tex(mathml: Any) -> None:
    """Mark signs as such, narrow the white behind commas and open matrices, in an `xml.etree` element and all in it."""
    for element in mathml.iter():
        name = _name(element)
        if name in _ROWS and len(element) > 1:
            _space_row(list(element))
        elif name == "mtable":
            element.set("rowspacing", _BETWEEN_ROWS)
            element.attrib.setdefault("columnspacing", _BETWEEN_COLUMNS)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _space_row(row: list[Any]) -> None:
    operand_before = False
    bars: list[str] = []  # open ones
    for element in row:
        text = (element.text or "").strip()
        # latex2mathml writes ± as an identifier.
        if _name(element) != "mo" and text not in _SIGNS:
            operand_before = _is_operand(element) or (operand_before and _name(element) == "mspace")
            continue
        if text in _SIGNS and not operand_before:
            element.set("form", "prefix")
        if text in _PUNCTUATION:
            element.set("rspace", _THIN)
        if text in _BARS:
            closes = bars[-1:] == [text] and operand_before
            bars = bars[:-1] if closes else [*bars, text]
            operand_before = closes
        else:
            operand_before = text in _CLOSING


def _is_operand(element: Any) -> bool:
    """Say whether an element that is no operator is something to work on: a sum's sign with its limits is not."""
    name = _name(element)
    if name in _SCRIPTED and len(element):
        base = element[0]
        return _name(base) != "mo" or (base.text or "").strip() in _CLOSING
    return name != "mspace"
