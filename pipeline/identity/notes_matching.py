"""Which note of this run is which line of the lock."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.identity.lock import Lock, LockLine
from pipeline.identity.records_matching import course_of, pair_records
from pipeline.identity.similarity import normalise_keeping_tab, pair_moved_texts, pair_texts, same_term
from pipeline.notes import NoteRef, StudyNote
from pipeline.records import normalise

__all__ = ["Matched", "match_notes", "suppliers"]


# A sentence of so few words may stand in any course.
_SHORT: Final = 4


@dataclass(frozen=True, slots=True)
class Matched:
    """What this run has in common with the lock."""

    lines: Mapping[NoteRef, LockLine]  # of each note that the lock knows
    renamed: Mapping[str, str]  # record ids of the lock that have another id now -> that id


def suppliers(groups: Mapping[str, Sequence[StudyNote]]) -> dict[NoteRef, StudyNote]:
    """Return the notes that this run gives, in order, each term once.

    Several pages may supply one term: its own page does, else the first guide that defines it. Two pages of one term
    and course are about different things (`[[defaults]] id_prefix` gave them ids of their own), and have a note each.
    """
    with_page: set[str] = set()
    first: dict[str, NoteRef] = {}
    for notes in groups.values():
        for note in notes:
            if note.kind == "key_term":
                first.setdefault(note.identity_key, note.ref)
                if not note.key:
                    with_page.add(note.identity_key)

    def supplied(note: StudyNote) -> bool:
        if note.kind != "key_term" or not note.key:
            return True
        return note.identity_key not in with_page and first[note.identity_key] == note.ref

    return {note.ref: note for notes in groups.values() for note in notes if supplied(note)}


class _Matching:
    """Pairs notes with lines, each once."""

    def __init__(self, notes: Mapping[NoteRef, StudyNote], lock: Lock) -> None:
        self.found: dict[NoteRef, LockLine] = {}
        self._open = dict(notes)
        self._used: set[str] = set()
        self._lock = lock

    def free_lines(self, lines: Iterable[LockLine], kind: str | None = None) -> list[LockLine]:
        """Return the lines that no note has yet, live ones first, then those that changed last."""
        free = [line for line in lines if line.guid not in self._used and kind in (None, line.kind)]
        return sorted(free, key=lambda line: (line.state != "live", -line.mod, line.guid))

    def open_notes(self, notes: Iterable[StudyNote], kind: str | None = None) -> list[StudyNote]:
        """Return the notes that have no line yet."""
        return [note for note in notes if note.ref in self._open and kind in (None, note.kind)]

    def pair(self, note: StudyNote, line: LockLine) -> None:
        """Give `note` the identity of `line`."""
        self.found[note.ref] = line
        self._used.add(line.guid)
        del self._open[note.ref]

    def pair_equal(
        self,
        notes: Iterable[StudyNote],
        lines: Iterable[LockLine],
        note_key: Callable[[StudyNote], Hashable],
        line_key: Callable[[LockLine], Hashable],
    ) -> None:
        """Pair open notes and free lines whose keys are equal, in order."""
        by_key: defaultdict[Hashable, list[LockLine]] = defaultdict(list)
        for line in reversed(self.free_lines(lines)):
            by_key[line_key(line)].append(line)
        for note in self.open_notes(notes):
            if same := by_key.get(note_key(note)):
                self.pair(note, same.pop())


def match_notes(
    notes: Mapping[NoteRef, StudyNote],
    groups: Mapping[str, Sequence[StudyNote]],
    lock: Lock,
    read: Collection[str],
) -> Matched:
    """Return the line of each note that the lock knows already, and which records have got another id.

    Terms first, by their identity keys; then records, and within each pair of records items by text, by similarity
    to live lines, by similarity to retired ones; last, sentences that moved to another page.
    """
    matching = _Matching(notes, lock)
    terms = [note for note in notes.values() if note.kind == "key_term"]
    known = [line for line in lock.lines if line.kind == "key_term"]
    # Two pages may have one term: each keeps its own line.
    matching.pair_equal(
        terms, known, lambda note: (note.identity_key, note.record_id), lambda line: (line.identity_key, line.record_id)
    )
    matching.pair_equal(terms, known, lambda note: note.identity_key, lambda line: line.identity_key)
    lines: defaultdict[str, list[LockLine]] = defaultdict(list)
    for line in lock.lines:
        lines[line.record_id].append(line)
    pairs = pair_records(groups, lines, read)
    for new, old in pairs.old_ids.items():
        _match_items(matching, groups[new], lines[old])
    known = [replace(line, record_id=pairs.renamed.get(line.record_id, line.record_id)) for line in lock.lines]
    lost = [line for line in known if line.record_id in read]
    _match_moved(matching, notes.values(), lost, [line for line in known if line.record_id not in read])
    return Matched(matching.found, pairs.renamed)


def _match_items(matching: _Matching, notes: Sequence[StudyNote], lines: Sequence[LockLine]) -> None:
    """Match what two records that are one have in common."""
    if not matching.open_notes(notes) or not matching.free_lines(lines):
        return
    _match_terms(matching, notes, lines)
    items = [note for note in notes if note.kind != "key_term"]
    rest = [line for line in lines if line.kind != "key_term"]
    matching.pair_equal(
        items, rest, lambda note: (note.kind, note.identity_key), lambda line: (line.kind, line.identity_key)
    )
    matching.pair_equal(
        items,
        rest,
        lambda note: (note.kind, normalise(note.identity_text)),
        lambda line: (line.kind, normalise(line.identity_text)),
    )
    for kind in ("fact", "question"):
        for state in ("live", "retired"):
            open_notes = matching.open_notes(items, kind)
            free = [line for line in matching.free_lines(rest, kind) if line.state == state]
            texts = pair_texts([line.identity_text for line in free], [note.identity_text for note in open_notes])
            for at, index in texts.items():
                matching.pair(open_notes[at], free[index])


def _match_terms(matching: _Matching, notes: Sequence[StudyNote], lines: Sequence[LockLine]) -> None:
    """Match the term of a page that is the same page, and a vocabulary's words that were corrected."""
    for note in matching.open_notes(notes, "key_term"):
        free = matching.free_lines(lines, "key_term")
        own = free if not note.key else [line for line in free if _corrected(line.identity_text, note.identity_text)]
        if own:
            matching.pair(note, own[0])


def _corrected(old: str, new: str) -> bool:
    """Say whether a vocabulary's word is the same one: nearly the same in all, or another name for one definition."""
    if same_term(old, new):
        return True
    old_definition, new_definition = (normalise_keeping_tab(text).partition("\t")[2] for text in (old, new))
    return old_definition == new_definition and len(old_definition.split()) > 3


def _match_moved(
    matching: _Matching, notes: Iterable[StudyNote], lost: Iterable[LockLine], absent: Iterable[LockLine]
) -> None:
    """Match sentences that stand on another page now.

    Word for word within the course: from pages that lost them, then from pages that are absent (what such a page says
    was moved if it stands elsewhere). Word for word in another course of the publisher, and with a typo corrected in
    the same course: only from a page that was read and lost the sentence in this run.
    """
    items = [note for note in notes if note.kind != "key_term"]
    lost = [line for line in lost if line.kind != "key_term"]
    for lines in (lost, [line for line in absent if line.kind != "key_term"]):
        matching.pair_equal(
            items,
            lines,
            lambda note: (note.kind, course_of(note.record_id), normalise(note.identity_text)),
            lambda line: (line.kind, course_of(line.record_id), normalise(line.identity_text)),
        )
    live = [line for line in lost if line.state == "live"]
    matching.pair_equal(
        (note for note in items if len(note.identity_text.split()) > _SHORT),
        live,
        lambda note: (note.kind, course_of(note.record_id)[0], normalise(note.identity_text)),
        lambda line: (line.kind, course_of(line.record_id)[0], normalise(line.identity_text)),
    )
    left: defaultdict[Hashable, tuple[list[StudyNote], list[LockLine]]] = defaultdict(lambda: ([], []))
    for note in matching.open_notes(items):
        left[note.kind, course_of(note.record_id)][0].append(note)
    for line in matching.free_lines(live):
        left[line.kind, course_of(line.record_id)][1].append(line)
    for open_notes, free in left.values():
        texts = pair_moved_texts([line.identity_text for line in free], [note.identity_text for note in open_notes])
        for at, index in texts.items():
            matching.pair(open_notes[at], free[index])
