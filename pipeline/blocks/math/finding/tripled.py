"""Formulas whose three copies are the same: `O(n)O(n)O(n)`, and single letters (`xxx`) where the page proves the habit.

KaTeX's three copies differ as soon as a formula has a command, a script or a space (see `doubled`); these have none.
"""

import re
from typing import Final

from pipeline.blocks.math.tex import MathSpan

__all__ = ["find_tripled"]

_TOKEN: Final = re.compile(r"(?<![^\s(“\"'—–])(?P<once>[^\s\\]{1,40}?)(?P=once){2}(?=[\s.,;:!?)”\"'’—–-]|\Z)")
_OPERATOR: Final = re.compile(r"[(=<>+*/|]")
_LETTER: Final = re.compile(r"[A-Za-z]")
# A letter, or a number and a letter; not "iii" and "www", nor what stands three times in words written in capitals.
_VARIABLE: Final = re.compile(r"\d{0,3}[a-hj-vx-z]!?")


def find_tripled(text: str, *, variables: bool) -> list[MathSpan]:
    """Return the formulas of a text that stand three times without a difference, in order.

    What has a letter and an operator stands so for no other reason. `variables`: the page is known to hold its
    formulas three times, so that `xxx` is `x`.
    """
    return [
        MathSpan(match.start(), match.end(), match["once"], display=False)
        for match in _TOKEN.finditer(text)
        if _is_formula(match["once"]) or (variables and _VARIABLE.fullmatch(match["once"]))
    ]


def _is_formula(once: str) -> bool:
    """Say whether a text is a term or a relation of letters: brackets closed, nothing open at its ends."""
    return (
        len(once) > 2
        and _LETTER.search(once) is not None
        and _OPERATOR.search(once) is not None
        and _is_balanced(once)
        and once[0].isalnum()
        and (once[-1].isalnum() or once[-1] == ")")
    )


def _is_balanced(once: str) -> bool:
    depth = 0
    for char in once:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0
