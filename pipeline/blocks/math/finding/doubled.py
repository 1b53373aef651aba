"""Formulas that a text extraction holds twice or three times: what is seen, then its TeX, then what is seen again.

KaTeX writes MathML, the TeX as an annotation, and HTML, one after the other, and an extractor that keeps all text keeps
`E=mc2E = mc^2E=mc2`. Where the TeX read as characters is what stands right before it, all of it is one formula. Where
it is not, nothing is touched.
"""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.blocks.math.finding.copies import find_matches
from pipeline.blocks.math.finding.delimiters import find_math
from pipeline.blocks.math.finding.evidence import COMMAND
from pipeline.blocks.math.finding.tripled import find_tripled
from pipeline.blocks.math.reading import is_command
from pipeline.blocks.math.tex import MathSpan, clean_tex

__all__ = ["Suspect", "find_doubled", "find_formulas", "find_suspect", "holds_threefold"]

_RUN: Final = re.compile(r"\S+")
_TEX_NAME: Final = re.compile(r"\\([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Suspect:
    """Text that looks like a formula said twice, but does not agree well enough to be touched; `reason` says why."""

    start: int
    end: int
    reason: str


def find_doubled(text: str) -> list[MathSpan]:
    """Return the formulas that stand as visible characters and then as TeX, in order; a span holds all the copies.

    A match is exact: every sign of the TeX stands in front of it in the order of MathML (or of KaTeX's HTML), but for
    signs that extractors lose, and no other sign stands between. The copies touch, begin where a word may begin and
    end where one may end. And there is evidence that the second copy is TeX: a command, `^`, `_` or a group; or the
    first copy has KaTeX's `−` for `-`, or lacks the spaces around a relation; or an equation stands there twice.
    Display or not is lost in a text: `display` is always False.
    """
    return [
        MathSpan(match.start, match.end, clean_tex(text[match.middle : match.tex_end]), display=False)
        for match in find_matches(text)
        if match.is_sure
    ]


def find_formulas(text: str, *, variables: bool = False) -> list[MathSpan]:
    """Return all formulas of a text run, in order and without overlap: delimited ones, and those said twice or thrice.

    `variables`: single letters that stand three times are formulas too (see `find_tripled`).
    """
    spans = find_math(text)
    for more in (find_doubled(text), find_tripled(text, variables=variables)):
        spans += [span for span in more if all(span.end <= other.start or other.end <= span.start for other in spans)]
    return sorted(spans, key=lambda span: span.start)


def holds_threefold(text: str) -> bool:
    """Say whether a formula certainly stands three times in a text: as it is seen, as TeX, and as it is seen again."""
    threefold = any(match.is_sure and match.end > match.tex_end for match in find_matches(text))
    return threefold or bool(find_tripled(text, variables=False))


def find_suspect(text: str) -> list[Suspect]:
    """Return what looks like a formula said twice and is left as it stands, in order: see `Suspect.reason`.

    These are TeX commands outside of delimiters whose reading does not stand in front of them, numbers with a script
    (`232^3` may be `2^3` or may be 232 cubed), and letters of a formula of the same text that stand doubled (`mm`).
    """
    matches = find_matches(text)
    if not matches and "\\" not in text:
        return []
    taken = [(match.start, match.end) for match in matches if match.is_sure]
    taken += [(span.start, span.end) for span in find_math(text)]
    suspects = [
        Suspect(match.start, match.end, "a number that may be said twice, or may be one number")
        for match in matches
        if not match.is_sure
    ]
    suspects += [
        Suspect(run.start(), run.end(), "TeX whose reading does not stand in front of it")
        for run in _RUN.finditer(text)
        if (names := _TEX_NAME.findall(run[0])) and (is_command(names[-1]) or "begin" in names) and len(names[-1]) > 1
    ]
    letters = {
        letter
        for match in matches
        if match.is_sure
        for letter in re.findall("[A-Za-z]", COMMAND.sub(" ", text[match.middle : match.tex_end]))
    }
    for word in re.finditer(r"(?<![\w\\.'’-])([A-Za-z])\1{1,2}(?![\w'’-])", text) if letters else ():
        if word[1] in letters:
            suspects.append(Suspect(word.start(), word.end(), "a letter of a formula, two or three times"))
    free = [span for span in suspects if not any(span.start < end and start < span.end for start, end in taken)]
    return sorted(free, key=lambda span: span.start)
