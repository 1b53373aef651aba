"""Where on its page text is shown, and whether it can be seen there: the graphics state, as far as that takes it."""

from dataclasses import dataclass, field, replace
from typing import Any, Final

import pikepdf

__all__ = ["OPERATORS", "Placing"]

OPERATORS: Final = "BT Tm Td TD Tr q Q cm re m l c n S s f F f* B B* b b* rg g k scn gs Do"
_FILLS: Final = frozenset(["f", "F", "f*", "B", "B*", "b", "b*"])
_IDENTITY: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# Paper is white: what is lighter than this is not read on it, nor what lets so much of the paper through.
_LIGHTEST: Final = 0.8
_FAINTEST: Final = 0.2
_SMALLEST: Final = 3.0  # points: what is filled in less height or width is a line, and hides no text

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix = _IDENTITY
    light: float = 0.0  # of what is filled: 0 is black
    alpha: float = 1.0
    mode: int = 0  # 3 and 7 show nothing


@dataclass(slots=True)
class Placing:
    """Follows a page's content. `hidden` are texts that were shown and then painted over."""

    resources: Any
    hidden: list[str] = field(default_factory=list)
    _state: _State = field(default_factory=_State)
    _saved: list[_State] = field(default_factory=list)
    _line: Matrix = _IDENTITY  # where the line of text begins
    _path: list[Box] = field(default_factory=list)
    _points: list[tuple[float, float]] = field(default_factory=list)
    _shown: list[tuple[float, float, str]] = field(default_factory=list)

    def do(self, operator: str, operands: Any) -> None:
        """Follow one operator. Raises ValueError or LookupError if its operands are none."""
        match operator:
            case "q":
                self._saved.append(self._state)
            case "Q":
                self._state = self._saved.pop()
            case "cm":
                self._state = replace(self._state, matrix=_times(_matrix(operands), self._state.matrix))
            case "BT":
                self._line = _IDENTITY
            case "Tm":
                self._line = _matrix(operands)
            case "Td" | "TD":
                self._line = _times((1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])), self._line)
            case "Tr":
                self._state = replace(self._state, mode=int(operands[0]))
            case "rg" | "g" | "k" | "scn":
                self._state = replace(self._state, light=_light(operands))
            case "gs":
                alpha = self.resources.ExtGState[str(operands[0])].get("/ca")
                self._state = self._state if alpha is None else replace(self._state, alpha=float(alpha))
            case "Do":
                self._draw(operands)
            case _:
                self._trace(operator, operands)

    def enter(self, resources: Any, matrix: Any) -> None:
        """Go on in what is drawn as one thing, with resources and, it may be, a place of its own."""
        self.resources = resources
        if matrix is not None:
            self.do("cm", matrix)

    def show(self, text: str) -> tuple[float, float]:
        """Return where the text is shown whose turn it is, in points from the page's lower left corner."""
        x, y = _at(_times(self._line, self._state.matrix), 0.0, 0.0)
        self._shown.append((x + 0.5, y + 1.0, text))
        return x, y

    @property
    def is_unseen(self) -> bool:
        """Say whether text that is shown now cannot be read: white, all but transparent, or not painted at all."""
        state = self._state
        return state.mode in (3, 7) or state.light > _LIGHTEST or state.alpha < _FAINTEST

    def _trace(self, operator: str, operands: Any) -> None:
        if operator == "re":
            x, y, width, height = map(float, operands)
            corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
            self._path.append(_box(self._state.matrix, corners))
        elif operator in {"m", "l", "c"}:
            numbers = [float(operand) for operand in operands]
            self._points += zip(numbers[::2], numbers[1::2], strict=True)
        elif operator in {"n", "S", "s"}:
            self._forget()
        elif operator in _FILLS:
            if self._points:
                self._path.append(_box(self._state.matrix, self._points))
            self._paint(even_odd=operator.endswith("*"))
            self._forget()

    def _forget(self) -> None:
        self._path.clear()
        self._points.clear()

    def _draw(self, operands: Any) -> None:
        if self.resources.XObject[str(operands[0])].get("/Subtype") == "/Image":
            self._path.append(_box(self._state.matrix, [(0, 0), (1, 0), (0, 1), (1, 1)]))
            self._paint(even_odd=False)
            self._forget()

    def _paint(self, *, even_odd: bool) -> None:
        """Take note of the texts that what is painted now lies over."""
        if self._state.alpha < _FAINTEST:
            return
        boxes = [one for one in self._path if one[2] - one[0] > _SMALLEST and one[3] - one[1] > _SMALLEST]
        if not boxes:
            return
        left: list[tuple[float, float, str]] = []
        for x, y, text in self._shown:
            times = sum(x0 < x < x1 and y0 < y < y1 for x0, y0, x1, y1 in boxes)
            if times % 2 if even_odd else times:
                self.hidden.append(text)
            else:
                left.append((x, y, text))
        self._shown = left


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does what `one` does, then what `other` does (ISO 32000-2, 8.3.4)."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(matrix: Matrix, points: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*(_at(matrix, x, y) for x, y in points), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _light(operands: Any) -> float:
    numbers = [float(operand) for operand in operands if not isinstance(operand, pikepdf.Name)]
    if len(numbers) == 4:  # cyan, magenta, yellow, black
        return 1.0 - min(1.0, sum(numbers[:3]) / 3 + numbers[3])
    return sum(numbers) / len(numbers) if numbers else 0.0
