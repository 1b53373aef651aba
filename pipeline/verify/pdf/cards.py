"""Flashcards against a course's notes: every card in its place, on both sides, with no word more or less."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import zip_longest
from typing import Final

from pipeline.exporters.pdf import Card
from pipeline.records import RichText
from pipeline.verify.pdf.equality import Said
from pipeline.verify.pdf.matching import Matcher, quoted
from pipeline.verify.pdf.reading import Node, PrintedFile, UnreadableError

__all__ = ["card_differences"]

_CALIBRATION_PAGES: Final = 2

Found = tuple[str | None, str]  # record id, what differs


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


def card_differences(file: PrintedFile, cards: Sequence[Card], matcher: Matcher) -> Iterator[Found]:
    """Yield everything in which the sheets are not just these cards, each on as many printed ones as it needs."""
    pages = list(file.nodes())
    calibration = pages[-_CALIBRATION_PAGES:]
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
