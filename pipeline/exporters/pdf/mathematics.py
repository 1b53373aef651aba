"""TeX to drawings: each formula is drawn once by ziamath, as SVG that scales with the text around it."""

import importlib
import logging
import re
from dataclasses import dataclass, field
from typing import Any, Final

__all__ = ["Drawing", "Formula", "Mathematician", "split_mathematics"]

_SIZE: Final = 24.0  # the size at which ziamath draws; everything is expressed in ems of it
# ziamath's time doubles with each level of nesting, and grows with the square of the length (measured: 10 levels take
# 5 s): what goes beyond is no formula that anybody could read on paper.
_MAX_LENGTH: Final = 600
_MAX_DEPTH: Final = 7
_DELIMITED: Final = re.compile(r"\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\]", re.DOTALL)
_GROUPS: Final = re.compile(r"\\begin|\\end|\\left|\\right|(?<!\\)[{}]")
_OPENING: Final = frozenset(["\\begin", "\\left", "{"])
_VIEW_BOX: Final = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)"')
# ziamath names its glyphs `<font>_<glyph number>`: number 0 is the box of a missing glyph.
_MISSING_GLYPH: Final = re.compile(r'id="[A-Za-z0-9-]+_0"')


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as SVG, with its size and its depth below the baseline in ems."""

    svg: str
    width: float
    height: float
    depth: float


@dataclass(frozen=True, slots=True)
class Formula:
    r"""A piece of text between `\( \)` or `\[ \]`."""

    tex: str
    display: bool


def split_mathematics(text: str) -> list[str | Formula]:
    """Return `text` as its pieces in order: plain text, and formulas without their delimiters."""
    pieces: list[str | Formula] = []
    end = 0
    for match in _DELIMITED.finditer(text):
        if match.start() > end:
            pieces.append(text[end : match.start()])
        display = match["display"] is not None
        pieces.append(Formula((match["display"] if display else match["inline"]).strip(), display))
        end = match.end()
    if end < len(text):
        pieces.append(text[end:])
    return pieces


@dataclass(slots=True)
class Mathematician:
    """Draws formulas and remembers them by their TeX; one for each worker."""

    drawn: dict[tuple[str, bool], Drawing | None] = field(default_factory=dict)

    def draw(self, formula: Formula) -> Drawing | None:
        """Return the drawing of a formula, or None if it cannot be drawn as it is meant."""
        key = (formula.tex, formula.display)
        if key not in self.drawn:
            self.drawn[key] = _drawing(formula)
        return self.drawn[key]


def _drawing(formula: Formula) -> Drawing | None:
    if not formula.tex or len(formula.tex) > _MAX_LENGTH or _depth(formula.tex) > _MAX_DEPTH:
        return None
    # Imported here: only a worker that meets mathematics needs it.
    ziamath: Any = importlib.import_module("ziamath")
    tex2mml: Any = importlib.import_module("ziamath.tex").tex2mml
    logging.getLogger("ziafont").setLevel(logging.CRITICAL)
    try:
        # latex2mathml sets a command that it does not know as its own name, backslash and all.
        if "\\" in re.sub(
            r"<annotation.*?</annotation>", "", _markup(tex2mml(formula.tex, inline=not formula.display))
        ):
            return None
        drawing: Any = ziamath.Latex(formula.tex, size=_SIZE, inline=not formula.display, margin=0)
        svg: str = drawing.svg()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (two libraries' parsers, which fail in as many ways as there is TeX)
        return None
    box = _VIEW_BOX.search(svg)
    if box is None or _MISSING_GLYPH.search(svg):
        return None
    top, width, height = (float(value) for value in box.groups()[1:])
    return Drawing(svg, width / _SIZE, height / _SIZE, max(0.0, (height + top) / _SIZE))


def _depth(tex: str) -> int:
    """Return how deep a formula's groups and environments are nested."""
    depth = deepest = 0
    for token in _GROUPS.findall(tex):
        depth += 1 if token in _OPENING else -1
        deepest = max(deepest, depth)
    return deepest


def _markup(mathml: Any) -> str:
    if isinstance(mathml, str):
        return mathml
    from xml.etree import ElementTree as ET

    return ET.tostring(mathml, encoding="unicode")
