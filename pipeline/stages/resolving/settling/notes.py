"""The notes of a course in brief: of records that are as they were, from the state; of all others, made anew."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final

from pipeline.config import AnkiSettings
from pipeline.notes import Asked, Blank, Lexicon, NotePlace, NoteRef, NoteSummary, StudyNote, ask_one, notes_of
from pipeline.records import load_record

__all__ = ["CourseNotes"]

_PART: Final = 500  # records

# A record: digest of its line, id, place, and its notes, each with what it asked for last and the digest of that.
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
        kept: Iterable[str],
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
        self._read(lines(), (entry for part in kept for entry in json.loads(part)))

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
        for kind, key, identity_key, text, words, digest, makes_card, little, blank, asked in notes:
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

        def lexicon(publisher: str) -> Lexicon:
            if publisher not in lexicons:
                own = [self._note(ref) for ref, note in given.items() if note.place.publisher == publisher]
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

    def keep(self, asked: Mapping[NoteRef, Asked]) -> None:
        """Keep what was made of the records, and what is asked, for the next time."""
        facts = {ref: one for ref, one in asked.items() if one.blank}
        if self._changed or facts != self._asked:
            entries = map(partial(_entry, facts), self._digests, self.groups.items())
            self._put(iter(lambda: json.dumps(list(islice(entries, _PART)), ensure_ascii=False), "[]"))


def _entry(asked: Mapping[NoteRef, Asked], digest: str, group: tuple[str, Sequence[NoteSummary]]) -> _Entry:
    record_id, notes = group
    rows = []
    for note in notes:
        blank, studied = asked.get(note.ref, (None, ""))
        key = "" if note.identity_key == note.key else note.identity_key
        said = [note.kind, note.key, key, note.identity_text, note.words, note.digest]
        rows.append([*said, note.makes_card, note.says_too_little, blank, studied])
    return [digest, record_id, notes[0].place if notes else None, rows]
