"""The notes of a course in brief: of records that are as they were, from the state; of all others, made anew."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from pipeline.config import AnkiSettings
from pipeline.notes import (
    Asked,
    Blank,
    Lexicon,
    NotePlace,
    NoteRef,
    NoteSummary,
    NoteTexts,
    StudyNote,
    ask_one,
    notes_of,
)
from pipeline.records import load_record

__all__ = ["CourseNotes"]

_PART: Final = 500  # records

# A record: digest of its line, id, place, and its notes, each with what it asked for last, the digest of that, and what
# the course's lexicon learns of it.
_Entry = list[Any]


class CourseNotes:
    """The notes of one course. `lines` gives the lines of its records by id, each with its place in the file.

    `kept` are the parts that `keep` gave to `put` when this course was looked at last.
    """

    def __init__(
        self,
        lines: Callable[[], Iterator[tuple[int, bytes]]],
        line_at: Callable[[int], bytes],
        settings: AnkiSettings,
        kept: Callable[[], Iterable[str]],
        put: Callable[[Iterable[str]], None],
    ) -> None:
        self._line_at = line_at
        self._settings = settings
        self._put = put
        self._digests: list[str] = []
        self._offsets: dict[str, int] = {}
        self._made: dict[str, dict[NoteRef, StudyNote]] = {}  # of each record that had to be read
        self._asked: dict[NoteRef, Asked] = {}  # with the blanks of last time, which may be kept
        self._shared: dict[Any, Any] = {}  # texts that many records have
        self._changed = False
        self.groups: dict[str, Sequence[NoteSummary]] = {}
        self._kept = kept
        self._read(lines(), self._entries())

    def _entries(self) -> Iterator[_Entry]:
        return (entry for part in self._kept() for entry in json.loads(part))

    def _read(self, lines: Iterable[tuple[int, bytes]], kept: Iterator[_Entry]) -> None:
        known = next(kept, None)
        for offset, line in lines:
            digest = hashlib.sha256(line).hexdigest()[:32]
            if known and known[0] == digest:
                record_id = known[1]
                self.groups[record_id] = self._summaries(known)
                known = next(kept, None)
            else:
                notes = notes_of(record := load_record(line, trusted=True), self._settings)
                record_id = record.id
                self._made[record_id] = {note.ref: note for note in notes}
                place = notes[0].place if notes else None
                self.groups[record_id] = [note.summary(place) for note in notes]
                self._changed = True
                while known and known[1] <= record_id:
                    known = next(kept, None)
            self._digests.append(digest)
            self._offsets[record_id] = offset
        self._changed |= known is not None

    def _summaries(self, entry: _Entry) -> list[NoteSummary]:
        _, record_id, placing, notes = entry
        if not notes:
            return []
        publisher, slug, title, unit, topic, tags, path, captured = placing
        often = (self._same(value) for value in (publisher, slug, title, unit, topic, tuple(tags)))
        place = NotePlace._make([*often, path, captured])
        found = []
        for kind, key, identity_key, text, words, digest, makes_card, little, blank, asked, _ in notes:
            said = (self._same(kind), record_id, key, identity_key or key, text, words, digest, makes_card, little)
            note = NoteSummary(*said, place)
            if asked:
                self._asked[note.ref] = Asked(Blank(*blank), asked)
            found.append(note)
        return found

    def _same(self, value: Any) -> Any:
        return self._shared.setdefault(value, value)

    def ask(self, given: Mapping[NoteRef, NoteSummary], kept: Mapping[NoteRef, Blank]) -> Mapping[NoteRef, Asked]:
        """Return what those of the `given` notes, in order, ask for that make a card; `kept` as `notes.ask` has it.

        A fact that asked for what is kept asks for it again. The course is looked through where a choice is made.
        """
        lexicons: dict[str, Lexicon] = {}
        said: dict[NoteRef, NoteTexts] = {}

        def lexicon(publisher: str) -> Lexicon:
            nonlocal said
            if publisher not in lexicons:
                said = said or self._said()
                own = [said[ref] for ref, note in given.items() if ref in said and note.place.publisher == publisher]
                lexicons[publisher] = Lexicon(own)
            return lexicons[publisher]

        found: dict[NoteRef, Asked] = {}
        for ref, note in given.items():
            if note.kind != "fact":
                if note.makes_card:
                    found[ref] = Asked(None, note.digest)
                continue
            known, before = kept.get(ref), self._asked.get(ref)
            if known and before and before.blank == known:
                found[ref] = before
            elif asked := ask_one(self._note(ref), known, partial(lexicon, note.place.publisher)):
                found[ref] = Asked(asked.blank, asked.digest)
        return found

    def _note(self, ref: NoteRef) -> StudyNote:
        """Return a note with its texts."""
        if ref.record_id not in self._made:
            record = load_record(self._line_at(self._offsets[ref.record_id]), trusted=True)
            self._made[ref.record_id] = {note.ref: note for note in notes_of(record, self._settings)}
        return self._made[ref.record_id][ref]

    def _said(self) -> dict[NoteRef, NoteTexts]:
        """Return what a lexicon looks at of all notes: of records that were not read now, as it was kept."""
        found = {
            NoteRef(record_id, row[0], row[1]): NoteTexts(row[0], record_id, *row[-1])
            for _, record_id, _, rows in self._entries()
            for row in rows
            if row[-1] and record_id not in self._made
        }
        found.update((ref, _said(note)) for notes in self._made.values() for ref, note in notes.items())
        return found

    def keep(self, asked: Mapping[NoteRef, Asked]) -> None:
        """Keep what was made of the records, and what is asked, for the next time."""
        facts = {ref: one for ref, one in asked.items() if one.blank}
        if self._changed or facts != self._asked:
            self._put(self._parts(facts))

    def _parts(self, asked: Mapping[NoteRef, Asked]) -> Iterator[str]:
        """Yield all records as the state has them; of those that were not read now it has what they say."""
        before = self._entries()
        known = next(before, None)
        entries = []
        for digest, (record_id, notes) in zip(self._digests, self.groups.items(), strict=True):
            while known and known[1] < record_id:
                known = next(before, None)
            if record_id in self._made:
                said: Iterable[Any] = (_said(note)[2:] for note in self._made[record_id].values())
            else:
                said = (row[-1] for row in known[3]) if known else ()
            rows = [_row(note, asked.get(note.ref), one) for note, one in zip(notes, said, strict=True)]
            entries.append([digest, record_id, notes[0].place if notes else None, rows])
            if len(entries) == _PART:
                yield json.dumps(entries, ensure_ascii=False)
                entries = []
        if entries:
            yield json.dumps(entries, ensure_ascii=False)


def _said(note: StudyNote) -> NoteTexts:
    return NoteTexts(note.kind, note.record_id, note.front, note.back, note.related)


def _row(note: NoteSummary, asked: Asked | None, said: Any) -> list[Any]:
    blank, studied = asked or (None, "")
    key = "" if note.identity_key == note.key else note.identity_key
    told = [
        note.kind,
        note.key,
        key,
        note.identity_text,
        note.words,
        note.digest,
        note.makes_card,
        note.says_too_little,
    ]
    return [*told, blank, studied, None if note.kind == "question" else said]
