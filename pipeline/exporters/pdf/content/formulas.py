r"""Formulas as markup: a drawing with its TeX as alternative text, in lines if it is too wide, as code if all fails."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from math import inf
from typing import Final

from pipeline.exporters.pdf.content.breaking import broken_lines, continued
from pipeline.exporters.pdf.content.mathematics import Drawing, Formula, Mathematician

__all__ = ["FormulaSetter"]

_SHOWN: Final = 80  # characters of a formula in a message
# A formula wider than its line is made smaller, but not so small that its indices cannot be read.
_SMALLEST: Final = 0.55


@dataclass(frozen=True, slots=True)
class FormulaSetter:
    """Sets formulas; `add` takes a drawing and gives its address, `code` sets TeX that is not drawn."""

    mathematician: Mathematician
    add: Callable[[Drawing], str]
    code: Callable[[str], str]
    findings: list[str]

    def markup(self, formula: Formula, room: float) -> str:
        """Return the markup of a formula in a place that is so many ems wide."""
        drawing = self.mathematician.draw(formula)
        if drawing is None:
            return self._as_code(formula, "TeX that cannot be drawn")
        if drawing.width * _SMALLEST <= room:
            image = self._image(drawing, formula.tex)
            return _displayed(image) if formula.display else image
        lines = self._lines(formula, room)
        if lines is None:
            return self._as_code(formula, "a formula too wide for its place")
        return "".join(map(_displayed, lines)) if formula.display else " ".join(lines)

    def width(self, formula: Formula) -> float:
        """Return a formula's width in ems; of one that is set as code, which breaks anywhere, that of a long word."""
        drawing = self.mathematician.draw(formula)
        return 8.0 if drawing is None else drawing.width

    def _lines(self, formula: Formula, room: float) -> list[str] | None:
        def drawn(tex: str) -> Drawing | None:
            return self.mathematician.draw(Formula(tex, formula.display))

        def width_of(tex: str) -> float:
            drawing = drawn(tex)
            return inf if drawing is None else drawing.width

        images = []
        for number, tex in enumerate(broken_lines(formula.tex, room, width_of)):
            drawing = drawn(continued(tex) if number else tex)
            if drawing is None or drawing.width * _SMALLEST > room:
                return None
            images.append(self._image(drawing, tex.strip()))
        return images

    def _image(self, drawing: Drawing, tex: str) -> str:
        style = f"width:{drawing.width:.3f}em;vertical-align:{-drawing.depth:.3f}em"
        return f'<img class="math" src="{self.add(drawing)}" alt="{escape(tex)}" style="{style}">'

    def _as_code(self, formula: Formula, why: str) -> str:
        opening, closing = ("\\[", "\\]") if formula.display else ("\\(", "\\)")
        shown = formula.tex if len(formula.tex) <= _SHOWN else formula.tex[: _SHOWN - 1] + "…"
        self.findings.append(f"{why}, set as text: {opening}{shown}{closing}")
        return f'<code class="tex">{self.code(opening + formula.tex + closing)}</code>'


def _displayed(image: str) -> str:
    return f'<span class="display">{image}</span>'
