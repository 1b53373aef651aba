"""TeX as it is kept: without delimiters, comments and wrappers that belong to where it was found."""

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["MathSpan", "clean_tex", "is_group"]

_COMMENT: Final = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n\s*+|(?P<end>\Z))")
_LONE_PERCENT: Final = re.compile(r"(?<!\\)((?:\\\\)*)%")
_STYLE: Final = re.compile(r"\\(?:displaystyle|textstyle)(?![A-Za-z])\s*")
_DELIMITED: Final = re.compile(r"\$\$(.+)\$\$|\$(.+)\$|\\\((.+)\\\)|\\\[(.+)\\\]", re.DOTALL)
_LABEL: Final = re.compile(r"\\label\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class MathSpan:
    """A formula in a text: what stands from `start` to `end` is shown as the formula `tex`, without delimiters."""

    start: int
    end: int
    tex: str
    display: bool


def clean_tex(raw: str) -> str:
    r"""Return TeX on one line, without delimiters, comments, labels and Wikipedia's `{\displaystyle …}`.

    A `%` that no line end closes is no comment but a sign of the text, and is escaped: on one line it would hide
    everything after it.
    """
    tex = _COMMENT.sub(lambda comment: comment[1] if comment["end"] is None else comment[0], raw.replace("\r", "\n"))
    tex = _LONE_PERCENT.sub(r"\1\\%", tex)
    tex = " ".join(_LABEL.sub("", tex).split())
    if (delimited := _DELIMITED.fullmatch(tex)) and "$" not in (inner := next(filter(None, delimited.groups()))):
        tex = inner.strip()
    if (style := _STYLE.match(tex, 1)) and is_group(tex):
        tex = tex[style.end() : -1].strip()
    return _without_broken_end(tex)


def is_group(tex: str) -> bool:
    """Say whether all of `tex` is one group in braces."""
    if not tex.startswith("{") or not tex.endswith("}"):
        return False
    depth, position = 0, 0
    while position < len(tex):
        char = tex[position]
        if char == "\\":
            position += 1
        elif char in "{}":
            depth += 1 if char == "{" else -1
            if depth == 0:
                return position == len(tex) - 1
        position += 1
    return False


def _without_broken_end(tex: str) -> str:
    r"""Drop the backslash of a `\ ` whose space went with the white space around the formula."""
    backslashes = len(tex) - len(tex.rstrip("\\"))
    return tex[:-1].rstrip() if backslashes % 2 else tex
