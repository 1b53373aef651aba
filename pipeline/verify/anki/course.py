"""A course's notes against its records: every note is what records and lock say, and all that these say is there."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pipeline.exporters import DIGEST_BYTES, Edition, blocks
from pipeline.exporters.anki import CourseDeck, Credits, NoteRow, described, pictures_in, record_rows
from pipeline.notes import NoteKind, NoteRef, credits_of
from pipeline.records import KeyTerm, Record, RichText, StudyGuide, load_record, plain_text, slug
from pipeline.verify.anki.found import Found, short
from pipeline.verify.apkg import PackedNote, ReadPackage
from pipeline.verify.proven import Proven

__all__ = ["CourseComparison"]

_EXPECTED: Final = ("Term", "Definition", "Back", "Question", "Answer")  # fields that have a text of the record
_Packed = Mapping[str, PackedNote | None]  # by GUID
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
        self._kinds = frozenset(edition.settings.anki.notes)
        self._identities = deck.course.identities()
        self._of_record = deck.course.identities_by_record()
        self._credits = Credits(deck.course.title)
        # Hashes of what notes have to be about and ask: which record's notes are is not known.
        self._to_be_said: dict[int, Found] = {}
        self.claimed: set[int] = set()
        self.decks: dict[str, Any] = {}
        self.media: set[str] = set()

    def differences(self, proven: Proven) -> Iterator[Found]:
        """Yield every difference; what is proven of some records' notes is not looked for again."""
        for digest, lines in blocks(self._deck.course.lines()):
            records = [load_record(line, trusted=True) for line in lines]
            packed = {record.id: self._packed(record) for record in records}
            key = self._key(digest, packed)
            found = (
                [] if key in proven else [one for record in records for one in self._record(record, packed[record.id])]
            )
            yield from found
            if not found:
                proven.now.append(key)
            for record in records:
                self._take(record, packed[record.id])
        self.decks.update([described(self._deck.name, self._credits.html())])
        said = self._said() if self._to_be_said else ()
        yield from (found for key, found in self._to_be_said.items() if key not in said)

    def _packed(self, record: Record) -> _Packed:
        """Return what the package has for each note of a record, by GUID."""
        known = self._of_record.get(record.id, ())
        return {one.guid: self._package.note(one.guid) for ref, one in known if ref.kind in self._kinds}

    def _key(self, digest: bytes, packed: Mapping[str, _Packed]) -> bytes:
        known = [self._of_record.get(record_id) for record_id in packed]
        settings = self._edition.settings.anki.model_dump(mode="json")
        # A note's own id may be another in another package.
        notes = [[note and replace(note, number=0) for note in notes.values()] for notes in packed.values()]
        text = repr((digest, self._deck.name, settings, known, notes))
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()

    def _take(self, record: Record, packed: _Packed) -> None:
        """Take into account what the deck has to say of a record's notes, and what stands in them."""
        attribution, trademarks = credits_of(record)
        self._credits.add({attribution: len(packed)}, {trademarks: len(packed)})
        for note in filter(None, packed.values()):
            self.claimed.add(note.number)
            self.media.update(pictures_in("".join(note.fields.values())))
            below = (name for _, name, _ in note.cards if name.startswith(f"{self._deck.name}::"))
            self.decks.update(described(name, "") for name in below)
        self._expect(record)

    def _record(self, record: Record, packed: _Packed) -> Iterator[Found]:
        for row in record_rows(record, self._identities, self._edition):
            note, guid = row.note, row.identity.guid
            if (found := packed.get(guid)) is None:
                yield f"{note.kind} note {guid} ({short(plain_text(note.front))}) is missing", record.id
                continue
            for message in _note_differences(found, row, self._deck.of(row.subdeck)):
                yield f"note {guid}: {message}", record.id
        yield from self._itself(record, [note for note in packed.values() if note])

    def _itself(self, record: Record, notes: Sequence[PackedNote]) -> Iterator[Found]:
        """Compare with the record itself, past everything that makes notes of it."""
        shown = {(field, _heard(note.fields.get(field, ""))) for note in notes for field in _EXPECTED}
        in_steps = {(field, _in_a_line(heard)) for field, heard in shown if field in ("Answer", "Definition")}
        for field, text in _expected_texts(record, self._kinds, self._has_note):
            heard = _heard(text.html)
            if heard and (field, heard) not in shown and (field, _in_a_line(heard)) not in in_steps:
                yield f"no note says in its field {field!r}: {short(heard)}", record.id

    def _expect(self, record: Record) -> None:
        """Expect of the course what another record of it is said to give: answered questions, words of guides."""
        if "question" in self._kinds:
            for one in record.questions:
                if one.answer and one.question and not self._has_note(record, "question", one.key):
                    asked = _heard(one.question.html), _in_a_line(_heard(one.answer.html))
                    self._to_be_said.setdefault(hash(asked), (f"no note asks {short(asked[0])}", record.id))
        if "key_term" in self._kinds and isinstance(record, StudyGuide):
            for word in record.vocabulary:
                if word.term and word.definition:
                    heard = _heard(word.term.html)
                    found = f"no note is about the word {short(heard)}", record.id
                    self._to_be_said.setdefault(hash(slug(heard)), found)

    def _said(self) -> set[int]:
        """Return hashes of what the course's notes are about, and of what they ask."""
        said = set()
        for note in self._package.notes():
            if note.number in self.claimed:
                said.add(hash(slug(_heard(note.fields.get("Term", "")))))
                if note.fields.keys() >= {"Question", "Answer"}:
                    answer = _in_a_line(_heard(note.fields["Answer"]))
                    said.add(hash((_heard(note.fields["Question"]), answer)))
        return said

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
