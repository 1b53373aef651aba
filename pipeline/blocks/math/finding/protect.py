"""Keeping formulas out of a Markdown parser's hands: underscores, stars and backslashes mean something else in TeX."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.blocks.math.finding.delimiters import find_math
from pipeline.blocks.math.finding.doubled import find_doubled
from pipeline.blocks.verbatim import CodeSpans

__all__ = ["protect_math", "restore_math"]

# How what Markdown shows as it stands begins: fenced code, a code span, an address.
_VERBATIM: Final = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n|(?P<ticks>`+)|https?://[^\s<>)]+", re.MULTILINE
)
_MARK: Final = re.compile(r"mathx(\d+)x")
_QUOTE: Final = re.compile(r"\n[ \t]*>[ \t]?")
_LINE: Final = re.compile(r"[^\n]+")


def protect_math(markdown: str) -> tuple[str, list[str]]:
    """Return Markdown with a placeholder for each formula, and the formulas as they stood, in order.

    Formulas are what `find_math` finds under Markdown's rules, and what stands doubled (`find_doubled`); code and
    addresses are left alone. A placeholder is one word of ASCII letters and digits that the page does not contain, so
    that it survives in a link's address too.
    """
    if "$" not in markdown and "\\" not in markdown and "^" not in markdown and "_" not in markdown:
        return markdown, []
    spans = _formulas(markdown)
    if not spans:
        return markdown, []
    # Higher than any that the page has, so that `restore_math` knows its own.
    mark = 1 + max((int(found[1]) for found in _MARK.finditer(markdown)), default=0)
    pieces: list[str] = []
    saved: list[str] = []
    last = 0
    for start, end in spans:
        pieces += [markdown[last:start], f"mathx{mark}x{len(saved)}x"]
        formula = markdown[start:end]
        quoted = markdown[markdown.rfind("\n", 0, start) + 1 : start].lstrip().startswith(">")
        saved.append(_QUOTE.sub("\n", formula) if quoted else formula)
        last = end
    return "".join([*pieces, markdown[last:]]), saved


def restore_math(text: str, saved: list[str]) -> str:
    """Return `text` with the formulas of `protect_math` in their places again.

    They are put in as they are: for HTML, hand them in escaped.
    """
    if not saved:
        return text
    mark = max((int(found[1]) for found in _MARK.finditer(text)), default=0)
    return re.sub(
        rf"mathx{mark}x(\d+)x",
        lambda found: saved[int(found[1])] if int(found[1]) < len(saved) else found[0],
        text,
    )


def _formulas(markdown: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    last = 0
    for end, after in [*_verbatim(markdown), (len(markdown), len(markdown))]:
        segment = markdown[last:end]
        delimited = [(last + span.start, last + span.end) for span in find_math(segment, markdown=True)]
        spans += delimited
        for line in _LINE.finditer(segment):
            for span in find_doubled(line[0]):
                start = last + line.start() + span.start
                stop = last + line.start() + span.end
                if all(stop <= other or after <= start for other, after in delimited):
                    spans.append((start, stop))
        last = after
    return sorted(spans)


def _verbatim(markdown: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of what Markdown shows as it stands. Fenced code that is not closed goes on to the end."""
    codes = CodeSpans(markdown)
    at = 0
    while found := _VERBATIM.search(markdown, at):
        at = found.end()
        end: int | None = at
        if found["fence"]:
            fence = re.compile(rf"^ {{0,3}}{found['fence']}[`~]*[ \t]*$", re.MULTILINE).search(markdown, at)
            end = fence.end() if fence else len(markdown)
        elif found["ticks"]:
            end = codes.end_of(found.start(), len(found["ticks"]))
        if end is not None:
            yield found.start(), end
            at = end
