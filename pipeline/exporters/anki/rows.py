"""The rows of a course's notes; whatever could hurt a learner is refused here, whatever comes in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from pipeline.config import AnkiSettings
from pipeline.exporters.anki.decks import unit_part
from pipeline.exporters.anki.fields import cards_of, field_values, tags_of
from pipeline.exporters.anki.note_types import NOTE_TYPES, NoteType
from pipeline.exporters.protocol import CourseEdition, Edition, ExportError
from pipeline.identity import HIGHEST, STEP, NoteIdentity, NoteRef
from pipeline.notes import StudyNote
from pipeline.records import Record, plain_text

__all__ = ["NoteRow", "RefusalError", "course_rows", "pictures_in", "record_rows", "row_of"]

_FIELD_SEPARATOR: Final = "\x1f"
_APART: Final = 20 * STEP + STEP // 2  # as many new cards as Anki gives a day, where nothing else is chosen


class RefusalError(ExportError):
    """A note that no learner must get. Nothing that a page says may lead here: it is a defect of ours."""

    def __init__(self, note: str, what: str) -> None:
        super().__init__(f"{note}: {what}", hint="the deck was not written; report this", exit_code=1)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note as Anki's tables hold it, its cards by the places of their templates, and the part of the course's deck
    where they are: "" for the deck itself.
    """

    note: StudyNote
    identity: NoteIdentity
    note_type: NoteType
    values: tuple[str, ...]
    tags: str
    cards: tuple[int, ...]
    subdeck: str = ""

    @property
    def fields(self) -> str:
        """Return all fields in one, as the table has them."""
        return _FIELD_SEPARATOR.join(self.values)

    def due(self, place: int) -> int:
        """Return the place of a card among a course's new ones: some 20 notes behind the one that tells its answer."""
        return min(self.identity.due + _APART * place, HIGHEST)


def course_rows(course: CourseEdition, edition: Edition) -> Iterator[NoteRow]:
    """Yield the rows of a course's deck, in page order. Raises RefusalError: see `row_of`."""
    identities = course.identities()
    for record in course.records():
        yield from record_rows(record, identities, edition)


def record_rows(record: Record, identities: Mapping[NoteRef, NoteIdentity], edition: Edition) -> Iterator[NoteRow]:
    """Yield the rows of a record's notes; `identities` are those of its course. Raises RefusalError: see `row_of`."""
    for note in edition.notes_of(record, identities):
        yield row_of(note, identities[note.ref], edition.settings.anki)


def row_of(note: StudyNote, identity: NoteIdentity, settings: AnkiSettings) -> NoteRow:
    """Return the row of a note. Raises RefusalError if it would have no card, or a card without a front."""
    note_type = NOTE_TYPES[note.kind]
    values = field_values(note, identity)
    cards = tuple(cards_of(note_type, values))
    if not cards:
        raise RefusalError(_named(note), "it has no card")
    for place in cards:
        front = note_type.templates[place].needs[-1]
        if not _shows_something(values[note_type.position(front)]):
            raise RefusalError(_named(note), f"the field {front!r} shows nothing, and is the front of a card")
    tags = " ".join(tags_of(note, settings))
    subdeck = unit_part(note.unit) if settings.subdecks == "unit" else ""
    return NoteRow(note, identity, note_type, values, f" {tags} ", cards, subdeck)


def _named(note: StudyNote) -> str:
    return f"{note.source_path}: {note.kind} note {note.key or note.identity_key!r} of {note.record_id}"


def _shows_something(html: str) -> bool:
    """Say whether there is anything to see, text or a picture; most texts tell by what follows their first tags."""
    at = 0
    while html.startswith("<", at) and not html.startswith(("<a", "<i"), at):
        at = html.find(">", at) + 1
    first = html[at : at + 1]
    if first and first not in "<&" and _is_seen(first):
        return True
    return "<img" in html or any(map(_is_seen, plain_text(html)))


def _is_seen(character: str) -> bool:
    return character.isprintable() and not character.isspace()


def pictures_in(fields: str) -> list[str]:
    """Return the names of the media that a note's fields show, in order; pictures on the web are not in the package."""
    if "<img" not in fields:
        return []
    finder = _PictureFinder()
    finder.feed(fields)
    finder.close()
    return list(dict.fromkeys(finder.names))


class _PictureFinder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an image that is a file of the package."""
        source = dict(attrs).get("src") if tag == "img" else None
        if source and ":" not in source and not source.startswith("//"):
            self.names.append(source)
