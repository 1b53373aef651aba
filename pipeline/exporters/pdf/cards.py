"""Which cards a course has: those that Anki has, with the same ids."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.exporters.pdf.content import foot_room
from pipeline.exporters.pdf.drawing import Card
from pipeline.exporters.pdf.joining import shortened
from pipeline.exporters.pdf.languages import prevailing
from pipeline.exporters.pdf.sheet import CardGrid
from pipeline.exporters.protocol import CourseEdition, Edition
from pipeline.notes import StudyNote

__all__ = ["Deck", "cards_of", "decks_of"]

_LABELS: Final = {"key_term": "Term", "fact": "Fact", "question": "Question"}


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of one record."""

    record_id: str
    cards: tuple[Card, ...]
    media: tuple[str, ...]


def cards_of(course: CourseEdition, edition: Edition) -> Iterator[Card]:
    """Yield every card of a course in the order of print."""
    for deck in decks_of(course, edition)[0]:
        yield from deck.cards


def decks_of(course: CourseEdition, edition: Edition) -> tuple[list[Deck], str]:
    """Return the cards of a course, record by record, and the language that prevails in it."""
    grid = CardGrid.of(edition.settings.pdf)
    identities = course.identities()
    decks = []
    languages = []
    for record in course.records():
        languages.append(record.language)
        notes = edition.notes_of(record, identities)
        cards = tuple(_card(note, identities[note.ref].short_id, course.title, record.language, grid) for note in notes)
        if cards:
            decks.append(Deck(record.id, cards, tuple(medium.name for medium in record.media)))
    return decks, prevailing(languages, edition.settings.language)


def _card(note: StudyNote, ident: str, course: str, language: str, grid: CardGrid) -> Card:
    choices = "".join(f"<li>{choice}</li>" for choice in note.choices)
    explanation = f"<p>{note.explanation}</p>" if note.explanation else ""
    return Card(
        record_id=note.record_id,
        label=_LABELS[note.kind],
        front=note.front + (f'<ol class="choices">{choices}</ol>' if choices else ""),
        back=note.back + explanation,
        foot=shortened(course, foot_room(grid, ident)),
        language=language,
        ident=ident,
        is_term=note.kind == "key_term",
    )
