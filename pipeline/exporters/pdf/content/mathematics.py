"""TeX to drawings: each formula is drawn once by ziamath, as SVG that scales with the text around it."""

import importlib
import logging
import re
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree import ElementTree

from pipeline.exporters.pdf.content.mathml_spacing import space_as_tex
from pipeline.records import formula_spans

__all__ = ["Drawing", "Formula", "Mathematician", "split_mathematics"]

_SIZE: Final = 24.0  # the size at which ziamath draws
# STIX is small beside Source Serif: so much larger, its letters are as high as those of the text around (measured).
_EM: Final = 1.06 / _SIZE  # of the text, for one unit of the drawing
_WIDEST: Final = 24_000.0  # a thousand ems: what is larger is no formula
# ziamath's time doubles with each level of nesting, and grows with the square of the length (measured: 10 levels take
# 5 s): what goes beyond is no formula that anybody could read on paper.
_MAX_LENGTH: Final = 600
_MAX_DEPTH: Final = 7
_GROUPS: Final = re.compile(r"\\begin|\\end|\\left|\\right|(?<!\\)[{}]")
_OPENING: Final = frozenset(["\\begin", "\\left", "{"])
_TAG: Final = re.compile(r"\\tag(?P<star>\*?)\s*\{(?P<text>[^{}]*)\}")
# ziamath names its glyphs `<font>_<glyph number>`: number 0 is the box of a missing glyph.
_MISSING_GLYPH: Final = re.compile(r'id="[A-Za-z0-9-]+_0"')


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as SVG, with its size and its depth below the baseline (above it: negative) in ems of the text."""

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
    at = 0
    for start, end in formula_spans(text):
        if start > at:
            pieces.append(text[at:start])
        pieces.append(Formula(text[start + 2 : end - 2].strip(), display=text[start + 1] == "["))
        at = end
    if at < len(text):
        pieces.append(text[at:])
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
        tex = _TAG.sub(_equation_number, formula.tex)
        markup: str = tex2mml(tex, inline=not formula.display)
        mathml = ElementTree.fromstring(markup)  # noqa: S314  (latex2mathml's own: TeX cannot begin it with a DTD)
        if _has_unknown_command(mathml):
            return None
        space_as_tex(mathml)
        drawing: Any = ziamath.Math(mathml, size=_SIZE)
        svg = drawing.svgxml()
        box = drawing.node.bbox
        # The white that belongs to the first and the last sign is theirs on paper, too.
        left, right = min(0.0, box.xmin), max(box.xmax, drawing.node.xadvance())
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (two libraries' parsers, which fail in as many ways as there is TeX)
        return None
    width, height = right - left, box.ymax - box.ymin
    if not (0 < width < _WIDEST and 0 < height < _WIDEST):
        return None
    for name, value in {"width": f"{width:.3f}", "height": f"{height:.3f}"}.items():
        svg.set(name, value)
    svg.set("viewBox", f"{left:.3f} {-box.ymax:.3f} {width:.3f} {height:.3f}")
    text = ElementTree.tostring(svg, encoding="unicode")
    if _MISSING_GLYPH.search(text):
        return None
    return Drawing(text, width * _EM, height * _EM, -box.ymin * _EM)


def _equation_number(match: re.Match[str]) -> str:
    """Return what sets the number behind the equation: a margin for it is not known here."""
    text = match["text"] if match["star"] else f"({match['text']})"
    return rf"\qquad\text{{{text}}}"


def _has_unknown_command(mathml: ElementTree.Element) -> bool:
    """Say whether latex2mathml met a command that it does not know: it sets its name, backslash and all."""
    return any("\\" in (element.text or "") for element in mathml.iter() if not element.tag.endswith("annotation"))


def _depth(tex: str) -> int:
    """Return how deep a formula's groups and environments are nested."""
    depth = deepest = 0
    for token in _GROUPS.findall(tex):
        depth += 1 if token in _OPENING else -1
        deepest = max(deepest, depth)
    return deepest
