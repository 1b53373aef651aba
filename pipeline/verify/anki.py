"""Read the decks back: every note equal to what the records and the lock say, and everything that they say there."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pipeline.exporters import CourseEdition, Edition
from pipeline.exporters.anki import (
    NOTE_TYPES,
    CourseDeck,
    NoteRow,
    course_decks,
    course_rows,
    pictures,
    retired_text,
)
from pipeline.notes import NoteKind, NoteRef
from pipeline.records import KeyTerm, Record, RichText, StudyGuide, plain_text, slug
from pipeline.verify.apkg import PackageError, PackedNote, ReadPackage, read_package
from pipeline.verify.difference import Difference

__all__ = ["verify"]

_HINT: Final = "run `guidepress export anki` to write it again"
_SHOWN: Final = 80


def verify(path: Path, artifact: str, edition: Edition) -> Iterator[Difference]:
    """Yield every difference between one file of `anki/` and the records, identities and settings of this build."""
    name = artifact.removeprefix("anki/")
    if name == "retired.txt":
        if path.read_bytes() != retired_text(edition.retired).encode():
            yield Difference(artifact, "not the searches for this build's retired notes", hint=_HINT)
        return
    courses = [course for course in edition.courses if name in ("all.apkg", f"{course.slug}.apkg")]
    if not courses:
        yield Difference(artifact, "no course of this build has that name", hint=_HINT)
        return
    try:
        package = read_package(path)
    except (PackageError, OSError) as error:
        yield Difference(artifact, str(error), hint=_HINT)
        return
    for message, record_id in _Comparison(package, edition).differences(courses):
        yield Difference(artifact, message, record_id, _HINT)


_Found = tuple[str, str | None]  # what differs, and the record it is of


class _Comparison:
    def __init__(self, package: ReadPackage, edition: Edition) -> None:
        self._package = package
        self._edition = edition
        self._notes: dict[str, PackedNote] = {}
        self._media: set[str] = set()

    def differences(self, courses: Iterable[CourseEdition]) -> Iterator[_Found]:
        yield from self._note_types()
        for packed in self._package.notes:
            if packed.guid in self._notes:
                yield f"two notes have the GUID {packed.guid}", packed.fields.get("Record id")
            self._notes[packed.guid] = packed
        if self._package.loose_cards:
            yield f"{self._package.loose_cards} cards are of no note", None
        # Decks are named over all courses: in a package of one course its deck is called what it is in all.apkg.
        decks = {deck.course.slug: deck for deck in course_decks(self._edition.courses, self._root)}
        for course in courses:
            yield from self._course(course, decks[course.slug])
        for guid, packed in self._notes.items():
            yield f"note {guid} is of no record of this build", packed.fields.get("Record id")
        yield from self._pictures()

    @property
    def _root(self) -> str:
        return self._edition.settings.anki.root

    def _note_types(self) -> Iterator[_Found]:
        expected = {note_type.name: note_type for note_type in NOTE_TYPES.values()}
        if self._package.note_types.keys() != expected.keys():
            yield f"expected the note types {sorted(expected)}, found {sorted(self._package.note_types)}", None
            return
        for name, note_type in expected.items():
            found = self._package.note_types[name]
            if found.shape != note_type.shape():
                yield f"the note type {name!r} has other fields, templates or CSS", None
            if found.mod != self._edition.note_type_mods[name]:
                yield f"the note type {name!r} has the `mod` {found.mod}, not the lock's", None

    def _course(self, course: CourseEdition, deck: CourseDeck) -> Iterator[_Found]:
        if deck.name not in self._package.decks:
            yield f"the deck {deck.name!r} is missing", None
        written: dict[str, list[PackedNote]] = {}
        for row in course_rows(course, self._edition):
            note, identity = row.note, row.identity
            packed = self._notes.pop(identity.guid, None)
            if packed is None:
                yield f"{note.kind} note {identity.guid} ({_short(plain_text(note.front))}) is missing", note.record_id
                continue
            written.setdefault(note.record_id, []).append(packed)
            self._media.update(pictures(row))
            for message in _note_differences(packed, row, deck.of(row.subdeck)):
                yield f"note {identity.guid}: {message}", note.record_id
        terms = {slug(_heard(note.fields.get("Term", ""))) for notes in written.values() for note in notes}
        asked = {
            (_heard(note.fields["Question"]), _in_a_line(_heard(note.fields["Answer"])))
            for notes in written.values()
            for note in notes
            if note.fields.keys() >= {"Question", "Answer"}
        }
        for record in course.records():
            yield from self._said(record, written.get(record.id, []))
            if "question" in self._edition.settings.anki.notes:
                yield from self._unasked(record, asked)
            if isinstance(record, StudyGuide) and "key_term" in self._edition.settings.anki.notes:
                yield from _unheard_words(record, terms)

    def _said(self, record: Record, notes: list[PackedNote]) -> Iterator[_Found]:
        """Compare with the record itself, past everything that makes notes of it."""
        shown = {(field, _heard(value)) for note in notes for field, value in note.fields.items()}
        in_steps = {(field, _in_a_line(heard)) for field, heard in shown if field in ("Answer", "Definition")}
        for field, text in _expected_texts(record, frozenset(self._edition.settings.anki.notes), self._has_note):
            heard = _heard(text.html)
            if heard and (field, heard) not in shown and (field, _in_a_line(heard)) not in in_steps:
                yield f"no note says in its field {field!r}: {_short(heard)}", record.id

    def _unasked(self, record: Record, asked: Collection[tuple[str, str]]) -> Iterator[_Found]:
        """Yield the answered questions that another record of the course is said to give, and that none does."""
        for one in record.questions:
            if not one.answer or not one.question or self._has_note(record, "question", one.key):
                continue
            heard = _heard(one.question.html), _in_a_line(_heard(one.answer.html))
            if heard not in asked:
                yield f"no note asks {_short(heard[0])}", record.id

    def _has_note(self, record: Record, kind: NoteKind, key: str) -> bool:
        """Say whether this build has the note: what cannot be asked has none, which the run's report tells."""
        return NoteRef(record.id, kind, key) in self._edition.identities

    def _pictures(self) -> Iterator[_Found]:
        for name in sorted(self._media - self._package.media.keys()):
            yield f"the picture {name} is missing", None
        for name, data in self._package.media.items():
            if name not in self._media:
                yield f"the picture {name} is shown by no note", None
            elif data != self._edition.media(name):
                yield f"the picture {name} has other bytes", None


def _note_differences(packed: PackedNote, row: NoteRow, deck: str) -> Iterator[str]:
    expected: Mapping[str, object] = {
        "note type": row.note_type.name,
        "mod": row.identity.mod,
        "tags": tuple(row.tags.split()),
        "cards": tuple((place, deck, row.due(place)) for place in row.cards),
        **dict(zip(row.note_type.fields, row.values, strict=True)),
    }
    found: Mapping[str, object] = {
        "note type": packed.note_type,
        "mod": packed.mod,
        "tags": packed.tags,
        "cards": packed.cards,
        **packed.fields,
    }
    for name in expected.keys() | found.keys():
        if expected.get(name) != found.get(name):
            yield f"{name}: expected {_short(expected.get(name))}, found {_short(found.get(name))}"


def _expected_texts(
    record: Record, kinds: frozenset[str], has_note: Callable[[Record, NoteKind, str], bool]
) -> Iterator[tuple[str, RichText]]:
    """Yield each text of a record that must be in a field of one of its notes."""
    if isinstance(record, KeyTerm):
        if "key_term" in kinds and has_note(record, "key_term", ""):
            yield "Term", record.term
            yield "Definition", record.definition
        if "fact" in kinds:
            yield from (("Back", fact) for fact in record.facts if has_note(record, "fact", fact.key))
    if "question" in kinds:
        for question in record.questions:
            if question.answer and question.question and has_note(record, "question", question.key):
                yield "Question", question.question
                yield "Answer", question.answer


def _unheard_words(guide: StudyGuide, terms: Collection[str]) -> Iterator[_Found]:
    """Yield the defined words of a guide that no note of the course is about; which page supplies it may be another."""
    for word in guide.vocabulary:
        if word.term and word.definition and slug(_heard(word.term.html)) not in terms:
            yield f"no note is about the word {_short(_heard(word.term.html))}", guide.id


def _heard(fragment: str) -> str:
    """Return what a fragment says, in the composed form (NFC) that Anki keeps texts in.

    A picture that is not there is shown by its name, so that all count as theirs.
    """
    return unicodedata.normalize("NFC", plain_text(fragment, pictures=True))


def _in_a_line(text: str) -> str:
    """Return a text as one line: long answers may be a list of their steps, each on a line of its own."""
    return " ".join(text.split())


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
