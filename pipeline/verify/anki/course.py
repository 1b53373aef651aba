"""A course's notes against its records: every note is what records and lock say, and all that these say is there."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pipeline.exporters import Edition
from pipeline.exporters.anki import CourseDeck, Credits, NoteRow, described, pictures_in, record_rows
from pipeline.notes import NoteKind, NoteRef
from pipeline.records import KeyTerm, Record, RichText, StudyGuide, plain_text, slug
from pipeline.verify.anki.found import Found, short
from pipeline.verify.apkg import PackedNote, ReadPackage

__all__ = ["CourseComparison"]

_EXPECTED: Final = ("Term", "Definition", "Back", "Question", "Answer")  # fields that have a text of the record
_HasNote = Callable[[Record, NoteKind, str], bool]


class CourseComparison:
    """Compares a course's notes in a package, a record at a time.

    After `differences` have gone by, `claimed` are the ids of the notes that are the course's, `decks` what its decks
    have to be, by their ids, and `media` the names of the pictures that its notes show.
    """

    def __init__(self, package: ReadPackage, deck: CourseDeck, edition: Edition) -> None:
        self._package = package
        self._deck = deck
        self._edition = edition
        self._identities = deck.course.identities()
        self._credits = Credits(deck.course.title)
        # Hashes of what the notes are about and ask, and what has to be among them: which record gives it may be any.
        self._said: set[int] = set()
        self._to_be_said: dict[int, Found] = {}
        self.claimed: set[int] = set()
        self.decks: dict[str, Any] = {}
        self.media: set[str] = set()

    def differences(self) -> Iterator[Found]:
        """Yield every difference."""
        for record in self._deck.course.records():
            yield from self._record(record)
        self.decks.update([described(self._deck.name, self._credits.html())])
        yield from (found for key, found in self._to_be_said.items() if key not in self._said)

    def _record(self, record: Record) -> Iterator[Found]:
        notes = []
        for row in record_rows(record, self._identities, self._edition):
            note, guid = row.note, row.identity.guid
            self._credits.add(note)
            if row.subdeck:
                self.decks.update([described(self._deck.of(row.subdeck), "")])
            packed = self._package.note(guid)
            if packed is None:
                yield f"{note.kind} note {guid} ({short(plain_text(note.front))}) is missing", record.id
                continue
            notes.append(packed)
            self.claimed.add(packed.number)
            self.media.update(pictures_in(row.fields))
            self._hear(packed)
            for message in _note_differences(packed, row, self._deck.of(row.subdeck)):
                yield f"note {guid}: {message}", record.id
        yield from self._itself(record, notes)

    def _itself(self, record: Record, notes: list[PackedNote]) -> Iterator[Found]:
        """Compare with the record itself, past everything that makes notes of it."""
        kinds = frozenset(self._edition.settings.anki.notes)
        shown = {(field, _heard(note.fields.get(field, ""))) for note in notes for field in _EXPECTED}
        in_steps = {(field, _in_a_line(heard)) for field, heard in shown if field in ("Answer", "Definition")}
        for field, text in _expected_texts(record, kinds, self._has_note):
            heard = _heard(text.html)
            if heard and (field, heard) not in shown and (field, _in_a_line(heard)) not in in_steps:
                yield f"no note says in its field {field!r}: {short(heard)}", record.id
        if "question" in kinds:
            self._expect_questions(record)
        if "key_term" in kinds and isinstance(record, StudyGuide):
            for word in record.vocabulary:
                if word.term and word.definition:
                    heard = _heard(word.term.html)
                    found = f"no note is about the word {short(heard)}", record.id
                    self._to_be_said.setdefault(hash(slug(heard)), found)

    def _expect_questions(self, record: Record) -> None:
        """Expect of the course the answered questions that another record of it is said to give."""
        for one in record.questions:
            if one.answer and one.question and not self._has_note(record, "question", one.key):
                asked = _heard(one.question.html), _in_a_line(_heard(one.answer.html))
                self._to_be_said.setdefault(hash(asked), (f"no note asks {short(asked[0])}", record.id))

    def _hear(self, note: PackedNote) -> None:
        self._said.add(hash(slug(_heard(note.fields.get("Term", "")))))
        if note.fields.keys() >= {"Question", "Answer"}:
            self._said.add(hash((_heard(note.fields["Question"]), _in_a_line(_heard(note.fields["Answer"])))))

    def _has_note(self, record: Record, kind: NoteKind, key: str) -> bool:
        """Say whether this build has the note: what cannot be asked has none, which the run's report tells."""
        return NoteRef(record.id, kind, key) in self._identities


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
    for name in {**expected, **found}:
        if expected.get(name) != found.get(name):
            yield f"{name}: expected {short(expected.get(name))}, found {short(found.get(name))}"


def _expected_texts(record: Record, kinds: frozenset[str], has_note: _HasNote) -> Iterator[tuple[str, RichText]]:
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


def _heard(fragment: str) -> str:
    """Return what a fragment says, in the composed form (NFC) that Anki keeps texts in.

    A picture that is not there is shown by its name, so that all count as theirs.
    """
    return unicodedata.normalize("NFC", plain_text(fragment, pictures=True))


def _in_a_line(text: str) -> str:
    """Return a text as one line: long answers may be a list of their steps, each on a line of its own."""
    return " ".join(text.split())
