"""Card sheets as HTML: each side's text at the largest size that fits, long texts parted over several cards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

from pipeline.exporters.pdf.content import Mathematician, drop, halves, likely_size, sizes, text_area
from pipeline.exporters.pdf.drawing.jobs import CalibrationJob, Card, CardsJob
from pipeline.exporters.pdf.drawing.setter import Document, Setter, family, styles
from pipeline.exporters.pdf.fonts import face_css
from pipeline.exporters.pdf.sheet import CardGrid

__all__ = ["CardSheets", "calibration"]

_TOLERANCE: Final = 0.05  # millimetres
# A formula's height is that of its drawing and of the line around it: a little less than the room makes it fit at once.
_SCALED_DOWN: Final = 0.98
_SMALLEST_FORMULA: Final = 2.0  # points: nobody can read it any more, but it is on its card


@dataclass(slots=True)
class _Side:
    """What stands on one side of one printed card: a text, or a part of one."""

    key: str  # of the element, by which its laid-out height is found
    text: str  # canonical fragment
    size: float
    is_title: bool  # a term, set in the middle like a title


@dataclass(slots=True)
class _Entry:
    """A card with its two texts, each in as many parts as it needs."""

    card: Card
    fronts: list[_Side]
    backs: list[_Side]

    def printed(self) -> Iterator[tuple[int, int, _Side, _Side]]:
        """Yield number, count, front and back of each printed card."""
        parts = max(len(self.fronts), len(self.backs))
        for part in range(parts):
            # The shorter side is repeated: a card must not have a side with nothing on it.
            front = self.fronts[min(part, len(self.fronts) - 1)]
            back = self.backs[min(part, len(self.backs) - 1)]
            yield part + 1, parts, front, back


class CardSheets:
    """The sheets of one job. What is laid out too high for a card is made smaller, or parted over more cards."""

    def __init__(self, job: CardsJob, mathematician: Mathematician) -> None:
        self._job = job
        self._mathematician = mathematician
        self._keys = count()
        self._entries = [
            _Entry(card, self._sides(card.front, is_title=card.is_term), self._sides(card.back)) for card in job.cards
        ]

    def document(self, only: set[str] | None = None) -> Document:
        """Return the sheets: a page of fronts, a page of backs, and so on; for a trial, those of `only` these texts."""
        setter = Setter(self._mathematician, self._job.media.get)
        per_sheet = self._job.grid.per_sheet
        printed = [
            (entry.card, *item)
            for entry in self._entries
            for item in entry.printed()
            if only is None or {item[2].key, item[3].key} & only
        ]
        pages = []
        for start in range(0, len(printed), per_sheet):
            sheet = printed[start : start + per_sheet]
            pages.append([self._placed(setter, card, part, parts, front) for card, part, parts, front, _ in sheet])
            pages.append([self._placed(setter, card, part, parts, back) for card, part, parts, _, back in sheet])
        body = setter.render("cards.html.j2", "", pages=pages)
        return setter.document(
            [body], css=_css(self._job.grid), language=self._job.language, title="Flashcards", body_class="cards"
        )

    def distances(self, heights: Mapping[str, float]) -> dict[str, float]:
        """Return how far each laid-out text and foot has to go down, in millimetres by their keys."""
        moves = {}
        for entry in self._entries:
            for side in (*entry.fronts, *entry.backs):
                moves[side.key], moves[f"{side.key}-foot"] = drop(heights[side.key], self._job.grid)
        return moves

    def shrink(self, heights: Mapping[str, float]) -> set[str]:
        """Set every text that was laid out higher than a card has room in a smaller size, or part it over more cards.

        Return the keys of those that are to be laid out again to see whether they fit now. A single formula is scaled:
        smaller than any text if it has to be.
        """
        again: set[str] = set()
        for entry in self._entries:
            for sides in (entry.fronts, entry.backs):
                sides[:] = [new for side in sides for new in self._smaller(side, heights.get(side.key, 0.0), again)]
        return again

    def _smaller(self, side: _Side, height: float, again: set[str]) -> list[_Side]:
        room = text_area(self._job.grid)[1]
        if height <= room + _TOLERANCE:
            return [side]
        steps = [size for size in sizes(self._job.grid) if size < side.size]
        if steps:
            # A text's height grows with the square of its size.
            likely = side.size * (room / height) ** 0.5
            side.size = next((size for size in steps if size <= likely), steps[-1])
            again.add(side.key)
            return [side]
        two = halves(side.text)
        if two is None:
            if side.size > _SMALLEST_FORMULA:
                side.size = max(_SMALLEST_FORMULA, side.size * room / height * _SCALED_DOWN)
                again.add(side.key)
            return [side]
        parts = [self._side(text, is_title=side.is_title) for text in two]
        again.update(part.key for part in parts)
        return parts

    def _sides(self, fragment: str, *, is_title: bool = False) -> list[_Side]:
        """Return a text in as many parts as it probably needs."""
        if likely_size(fragment, self._job.grid) is None:
            two = halves(fragment)
            if two is not None:
                return [side for half in two for side in self._sides(half, is_title=is_title)]
        return [self._side(fragment, is_title=is_title)]

    def _side(self, text: str, *, is_title: bool) -> _Side:
        size = likely_size(text, self._job.grid) or sizes(self._job.grid)[-1]
        return _Side(f"t{next(self._keys)}", text, size, is_title)

    def _placed(self, setter: Setter, card: Card, part: int, parts: int, side: _Side) -> Mapping[str, Any]:
        return {
            "key": side.key,
            "side": "title" if side.is_title else "text",
            "size": side.size,
            "text": setter.rich(side.text, card.record_id),
            "label": card.label,
            "part": f"{part} of {parts}" if parts > 1 else "",
            "foot": card.foot,
            "language": "" if card.language == self._job.language else card.language,
            "ident": card.ident,
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
