"""Card sheets as HTML: each side's text at the largest size that fits, long texts parted over several cards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pipeline.exporters.pdf.fitting import drop, halves, likely_size, sizes, text_area
from pipeline.exporters.pdf.jobs import CalibrationJob, Card, CardsJob
from pipeline.exporters.pdf.mathematics import Mathematician
from pipeline.exporters.pdf.setter import Document, Setter, family, styles
from pipeline.exporters.pdf.sheet import CardGrid
from pipeline.exporters.pdf.typefaces import face_css
from pipeline.records import plain_text

__all__ = ["CardSheets", "calibration"]

# A text that is all on a line or two is set large and in the middle, like a title.
_SHORT: Final = 60
_TOLERANCE: Final = 0.05  # millimetres


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of one printed card."""

    key: str  # of the element, by which its laid-out height is found
    text: str  # canonical fragment
    size: float


@dataclass(slots=True)
class _Printed:
    """One printed card: a whole card, or one part of a long one."""

    number: str  # of the whole card
    card: Card
    part: int
    parts: int
    front: _Side
    back: _Side


class CardSheets:
    """The sheets of one job, set again as long as a text is found to be too high for its card."""

    def __init__(self, job: CardsJob, mathematician: Mathematician) -> None:
        self._job = job
        self._mathematician = mathematician
        self._caps: dict[str, float] = {}  # key of a side -> the size below which it has to be set
        self._split: dict[str, int] = {}  # key of a card's side -> how often it was found too long at any size
        self._printed = list(self._print())

    def document(self, only: set[str] | None = None) -> Document:
        """Return the sheets: a page of fronts, a page of backs, and so on; those of `only` these cards, for a trial."""
        setter = Setter(self._mathematician, self._job.media.get)
        grid = self._job.grid
        pages = []
        chosen = [item for item in self._printed if only is None or item.number in only]
        for start in range(0, len(chosen), grid.per_sheet):
            sheet = chosen[start : start + grid.per_sheet]
            for back in (False, True):
                pages.append([self._placed(setter, item, back=back) for item in sheet])
        body = setter.render("cards.html.j2", "", pages=pages)
        return setter.document(
            [body], css=_css(grid), language=self._job.language, title="Flashcards", body_class="cards"
        )

    def distances(self, heights: Mapping[str, float]) -> dict[str, float]:
        """Return how far each laid-out text and foot has to go down, in millimetres by their keys."""
        moves = {}
        for item in self._printed:
            for side in (item.front, item.back):
                moves[side.key], moves[f"{side.key}-foot"] = drop(heights[side.key], self._job.grid)
        return moves

    def shrink(self, heights: Mapping[str, float]) -> set[str]:
        """Set every side that was laid out higher than a card has room in a smaller size, or part it over more cards.

        Return the numbers of the cards that are to be laid out again to see whether they fit now. A side that nothing
        makes smaller (a picture, a formula) stays as it is.
        """
        limit = text_area(self._job.grid)[1]
        again: set[str] = set()
        for item in self._printed:
            for side in (item.front, item.back):
                height = heights.get(side.key, 0.0)
                if height > limit + _TOLERANCE and self._make_smaller(side, height / limit):
                    again.add(item.number)
        self._printed = list(self._print())
        return again

    def _make_smaller(self, side: _Side, excess: float) -> bool:
        smaller = [size for size in sizes(self._job.grid) if size < side.size]
        if smaller:
            # A text's height grows with the square of its size.
            likely = side.size / excess**0.5
            self._caps[side.key] = next((size for size in smaller if size <= likely), smaller[-1])
            return True
        if halves(side.text) is None:
            return False
        whole = side.key.split("-")[0]
        self._split[whole] = self._split.get(whole, 0) + 1
        return True

    def _print(self) -> Iterator[_Printed]:
        for number, card in enumerate(self._job.cards):
            fronts = self._parts(f"f{number}", card.front)
            backs = self._parts(f"b{number}", card.back)
            parts = max(len(fronts), len(backs))
            for part in range(parts):
                # The shorter side is repeated: a card must not have a side with nothing on it.
                front, back = fronts[min(part, len(fronts) - 1)], backs[min(part, len(backs) - 1)]
                yield _Printed(
                    str(number),
                    card,
                    part + 1,
                    parts,
                    self._side(f"f{number}-{part}", front),
                    self._side(f"b{number}-{part}", back),
                )

    def _parts(self, key: str, fragment: str) -> list[str]:
        """Return a side's text in as many parts as it needs to fit."""
        pieces = [fragment]
        for _ in range(self._split.get(key, 0)):
            pieces = [half for piece in pieces for half in (halves(piece) or (piece,))]
        while True:
            parted: list[str] = []
            for piece in pieces:
                two = halves(piece) if likely_size(piece, self._job.grid) is None else None
                parted += two or (piece,)
            if len(parted) == len(pieces):
                return pieces
            pieces = parted

    def _side(self, key: str, text: str) -> _Side:
        size = likely_size(text, self._job.grid) or sizes(self._job.grid)[-1]
        return _Side(key, text, min(size, self._caps.get(key, size)))

    def _placed(self, setter: Setter, item: _Printed, *, back: bool) -> Mapping[str, Any]:
        side = item.back if back else item.front
        short = len(plain_text(side.text)) <= _SHORT and not back
        return {
            "key": side.key,
            "side": "short" if short else "long",
            "size": side.size,
            "text": setter.rich(side.text, item.card.record_id),
            "label": item.card.label,
            "part": f"{item.part} of {item.parts}" if item.parts > 1 else "",
            "foot": item.card.foot,
            "ident": item.card.ident,
        }


def _css(grid: CardGrid) -> str:
    width, height = text_area(grid)
    families = {name.lower(): family(name) for name in ("Text", "Display", "Label", "Code")}
    return face_css() + "\n" + styles().get_template("cards.css.j2").render(g=grid, w=width, h=height, **families)


def calibration(job: CalibrationJob, mathematician: Mathematician) -> Document:
    """Return the two calibration pages."""
    setter = Setter(mathematician, lambda _: None)
    grid = job.grid
    body = setter.render("calibration.html.j2", "")
    document = setter.document([body], css=_css(grid), language="en", title="Calibration", body_class="calibration")
    files = {"handout:scales": _cross(grid, scales=True), "handout:cross": _cross(grid, scales=False)}
    return replace(document, files=document.files | files)


def _cross(grid: CardGrid, *, scales: bool) -> bytes:
    """Return an SVG of the sheet with a cross in its middle, with scales in millimetres if asked for."""
    x, y = grid.width / 2, grid.height / 2
    reach = 10 if scales else 14
    lines = [f"M{x - reach} {y}H{x + reach}", f"M{x} {y - reach}V{y + reach}"]
    if scales:
        for step in range(-10, 11):
            length = 3.0 if step % 10 == 0 else 2.0 if step % 5 == 0 else 1.2
            lines.append(f"M{x + step} {y - length / 2}v{length}")
            lines.append(f"M{x - length / 2} {y + step}h{length}")
    path = "".join(lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{grid.width}mm" height="{grid.height}mm" '
        f'viewBox="0 0 {grid.width} {grid.height}">'
        f'<path d="{path}" fill="none" stroke="#000" stroke-width="0.15"/></svg>'
    ).encode()
