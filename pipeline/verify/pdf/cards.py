"""Flashcards against a course's notes: every card in its place, on both sides, with no word more or less."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import resources
from itertools import zip_longest
from typing import Final

from pipeline.config import PdfSettings
from pipeline.exporters import CourseEdition, Edition
from pipeline.exporters.pdf import Card, decks_of, sheet_line
from pipeline.exporters.pdf.sheet import MM, CardGrid
from pipeline.records import RichText
from pipeline.verify.pdf.around import around_differences
from pipeline.verify.pdf.equality import Said
from pipeline.verify.pdf.matching import Matcher, quoted
from pipeline.verify.pdf.reading import Node, PrintedFile, UnreadableError
from pipeline.verify.pdf.shell import Expected

__all__ = ["card_differences"]

_CALIBRATION_PAGES: Final = 2
_MISPLACED: Final = 2.0  # points
_CORNER: Final = 45.0

Found = tuple[str | None, str]  # record id, what differs
# Called with a card's place on its page, the page, and a point of it.
Within = Callable[[int, int, tuple[float, float]], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a printed card: what stands at its head, in it, and at its foot."""

    head: str
    text: list[Said]
    foot: list[Said]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed card."""

    front: _Side
    back: _Side


def card_differences(file: PrintedFile, course: CourseEdition, edition: Edition, matcher: Matcher) -> Iterator[Found]:
    """Yield everything in which the sheets are not just the course's cards, each on as many as it needs."""
    decks, language = decks_of(course, edition)
    settings = edition.settings.pdf
    grid = CardGrid.of(settings)
    cards = [card for deck in decks for card in deck.cards]
    yield from _card_differences(file, cards, matcher, grid.card_width * MM, partial(_within_card, grid, settings))
    expected = Expected(f"{course.title} – Flashcards", language, grid.width * MM, grid.height * MM)
    sheets = max(0, file.page_count - _CALIBRATION_PAGES) // 2
    furniture = ([sheet_line(page, sheets, grid, course.title)] for page in range(2 * sheets))
    for message in around_differences(file, expected, furniture):
        yield None, message


def _within_card(
    grid: CardGrid, settings: PdfSettings, index: int, page: int, point: tuple[float, float]
) -> tuple[float, float]:
    """Return how far a point lies from the left and upper edge of the card at `index` of a page, as it is read."""
    x, y = point
    if page % 2:  # as `flashcards` turns backs
        right, up = (value * MM for value in settings.back_offset_mm)
        turned = settings.flip == "short-edge"
        x, y = (grid.width * MM - right - x, grid.height * MM - up - y) if turned else (x - right, y - up)
    left, top = grid.place(index, back=page % 2 == 1)
    return x - left * MM, (grid.height - top) * MM - y


def _card_differences(
    file: PrintedFile, cards: Sequence[Card], matcher: Matcher, width: float, within: Within
) -> Iterator[Found]:
    pages = list(file.nodes())
    calibration = pages[-_CALIBRATION_PAGES:]
    yield from _misplaced(pages[:-_CALIBRATION_PAGES], width, within)
    printed = list(_printed(pages[:-_CALIBRATION_PAGES]))
    at = 0
    for card in cards:
        parts = _parts(printed, at)
        if not parts:
            yield card.record_id, f"the card {_named(card)} is not in the file"
            continue
        if not _is_of(card, parts[0], matcher) and any(
            _is_of(card, other, matcher) for other in printed[at + len(parts) :]
        ):
            # What stands here is no card of this course: the card's own comes further behind.
            while not _is_of(card, parts[0], matcher):
                yield None, f"the card {quoted(parts[0].front.head)} {_shown(parts[0].front)} is not one of this course"
                at += len(parts)
                parts = _parts(printed, at)
        elif not _is_of(card, parts[0], matcher):
            yield card.record_id, f"the card {_named(card)} is not in its place"
            continue
        yield from ((card.record_id, message) for message in _card(card, parts, matcher))
        at += len(parts)
    for other in printed[at:]:
        yield None, f"the card {quoted(other.front.head)} {_shown(other.front)} is not one of this course"
    said = [piece for page in calibration for piece in page.said()]
    for message in matcher.differences([_calibration()], said):
        yield None, f"calibration sheet: {message}"
    for page, text in file.astray():
        yield None, f"{quoted(text)}, on page {page + 1}, belongs to nothing"


def _misplaced(sheets: Sequence[Node], width: float, within: Within) -> Iterator[Found]:
    """Yield the sides of cards that do not begin where all do, a little below and beside the corner where they are cut.

    What is read from the right begins in the other half of the card's width.
    """
    begins = [
        (kid, *within(index, kid.page, kid.place))
        for sheet in sheets
        for index, kid in enumerate(sheet.kids)
        if isinstance(kid, Node) and kid.place is not None
    ]
    usual = Counter((round(right), round(down)) for _, right, down in begins).most_common(1)
    for kid, right, down in begins:
        beside, below = usual[0][0]
        at_left = abs(right - beside) < _MISPLACED or width / 2 < right < width
        if not at_left or abs(down - below) > _MISPLACED or not 0 < down < _CORNER:
            yield None, f"a card on page {kid.page + 1} is not where it is cut: {quoted(_line(kid.said()))}"


def _calibration() -> RichText:
    """Return what the calibration sheet says: its template has nothing to fill in. Its two pictures are ours."""
    template = resources.files("pipeline.exporters.pdf").joinpath("templates", "calibration.html.j2")
    return RichText(html=template.read_text("utf-8").replace("handout:", ""), text="")


def _printed(pages: Sequence[Node]) -> Iterator[_Printed]:
    """Yield the printed cards: pages of fronts and of backs take turns. Raises UnreadableError if they do not."""
    for fronts, backs in zip(pages[::2], pages[1::2], strict=len(pages) % 2 == 0):
        for front, back in zip_longest(fronts.kids, backs.kids):
            yield _Printed(_side(front), _side(back))


def _side(card: object) -> _Side:
    if not isinstance(card, Node) or not card.kids:
        raise UnreadableError("a card has but one side")
    parts = [kid.said() if isinstance(kid, Node) else [kid] for kid in card.kids]
    head, *text, foot = parts if len(parts) > 2 else [*parts, [], []][:3]
    return _Side(_line(head), [said for part in text for said in part], foot)


def _line(said: Sequence[Said]) -> str:
    return " ".join("".join(piece.text for piece in said).split())


def _parts(printed: Sequence[_Printed], at: int) -> Sequence[_Printed]:
    """Return the printed cards that are the parts of the one that begins at that place: "Fact · 1 of 3" and so on."""
    if at >= len(printed):
        return ()
    head = printed[at].front.head
    label, _, part = head.partition(" · ")
    count = int(part.rpartition(" ")[2]) if part.startswith("1 of ") and part[5:].isdigit() else 1
    parts = printed[at : at + count]
    for number, other in enumerate(parts, start=1):
        named = f"{label} · {number} of {count}" if count > 1 else head
        if {other.front.head, other.back.head} != {named}:
            return parts[: max(1, number - 1)]
    return parts


def _is_of(card: Card, printed: _Printed, matcher: Matcher) -> bool:
    """Say whether a printed card is that card, or a part of it, going by its edges."""
    return printed.front.head.partition(" · ")[0] == card.label and matcher.says(_foot(card), printed.front.foot)


def _foot(card: Card) -> str:
    return f"{card.ident} · {card.foot}" if card.ident else card.foot


def _card(card: Card, parts: Sequence[_Printed], matcher: Matcher) -> Iterator[str]:
    for side, fragment in (("front", card.front), ("back", card.back)):
        printed = [part.front if side == "front" else part.back for part in parts]
        for part in printed:
            if not matcher.says(_foot(card), part.foot):
                foot = quoted(_line(part.foot))
                yield f"the {side} of the card {_named(card)} has the foot {foot}, not {quoted(_foot(card))}"
        yield from (f"the {side} of a card: {message}" for message in _text(fragment, printed, matcher))


def _text(fragment: str, printed: Sequence[_Side], matcher: Matcher) -> Iterator[str]:
    """Yield how the parts of a side differ from its text: beside a longer side the last part is repeated."""
    passage = RichText(html=fragment, text="")
    texts = [side.text for side in printed]
    last = len(texts)
    while True:
        said = [piece for text in texts[:last] for piece in text]
        if matcher.says(passage, said):
            return
        if last == 1 or _line(texts[last - 1]) != _line(texts[last - 2]):
            break
        last -= 1
    whole = [piece for text in texts[:last] for piece in text]
    yield from matcher.differences([passage], whole)


def _named(card: Card) -> str:
    return f"{card.label} {card.ident}".strip()


def _shown(side: _Side) -> str:
    return quoted(_line(side.text))
