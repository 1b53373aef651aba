r"""A formula too wide for its line, broken before relations and operators: `a = b`, then `+ c`, then `+ d`."""

import re
from collections.abc import Callable, Iterator
from typing import Final

__all__ = ["broken_lines", "continued"]

_SYMBOL: Final = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_RELATIONS: Final = frozenset(
    [
        *["=", "<", ">", "\\le", "\\leq", "\\ge", "\\geq", "\\ne", "\\neq", "\\approx", "\\equiv", "\\sim", "\\simeq"],
        *["\\cong", "\\to", "\\rightarrow", "\\Rightarrow", "\\implies", "\\iff", "\\Leftrightarrow", "\\mapsto"],
        *["\\leftrightarrow", "\\longrightarrow", "\\rightleftharpoons", "\\propto", "\\in", "\\subset", "\\subseteq"],
    ]
)
_OPERATORS: Final = frozenset(["+", "-", "\\pm", "\\mp", "\\cdot", "\\times", "\\cup", "\\cap", "\\wedge", "\\vee"])
_OPENING: Final = frozenset(["{", "\\left", "\\begin"])
_CLOSING: Final = frozenset(["}", "\\right", "\\end"])
_PARENTHESES: Final = frozenset("([")
_CLOSED: Final = frozenset(")]")
# Behind these, a sign belongs to what follows or to what is before, and is no operation.
_HOLDING: Final = frozenset(
    ["^", "_", "(", "[", "|", ",", ";", "\\not", "\\left", "\\{", "&", *_RELATIONS, *_OPERATORS]
)
# These work on all that is before and behind them.
_WHOLE: Final = frozenset(["\\over", "\\atop", "\\choose", "\\brack", "\\brace", "&", "\\\\"])


def broken_lines(tex: str, room: float, width_of: Callable[[str], float]) -> list[str]:
    """Return a formula in lines of at most that width, as their TeX; a piece that cannot be broken may be wider.

    `width_of` gives the width of a formula, in the unit of `room`. Parentheses are broken only if nothing else helps.
    """
    if _WHOLE & set(_SYMBOL.findall(tex)):
        return [tex]
    lines = _packed(list(_pieces(tex, within_parentheses=False)), room, width_of)
    if any(width_of(line) > room for line in lines):
        lines = _packed(list(_pieces(tex, within_parentheses=True)), room, width_of)
    return lines


def _packed(pieces: list[str], room: float, width_of: Callable[[str], float]) -> list[str]:
    lines, used = pieces[:1], width_of(pieces[0])
    for piece in pieces[1:]:
        width = width_of(continued(piece))
        if used + width <= room:
            lines[-1] += piece
            used += width
        else:
            lines.append(piece)
            used = width
    return lines


def continued(tex: str) -> str:
    """Return what is drawn for a line that is not the first: its operator works on what stood before."""
    return "{}" + tex


def _pieces(tex: str, *, within_parentheses: bool) -> Iterator[str]:
    """Yield the formula in pieces, each but the first beginning with a relation or an operator."""
    piece: list[str] = []
    depth = 0
    before = ""
    for symbol in _SYMBOL.findall(tex):
        if depth == 0 and before and before not in _HOLDING and symbol in _RELATIONS | _OPERATORS:
            yield "".join(piece)
            piece = []
        if symbol in _OPENING or (symbol in _PARENTHESES and not within_parentheses):
            depth += 1
        elif symbol in _CLOSING or (symbol in _CLOSED and not within_parentheses):
            depth -= 1
        piece.append(symbol)
        before = symbol if not symbol.isspace() else before
    yield "".join(piece)
