"""Which note of this run is which line of the lock."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.identity.lock import Lock, LockLine, course_of
from pipeline.identity.records_matching import pair_records
from pipeline.identity.similarity import RareWords, normalise_keeping_tab, pair_moved_texts, pair_texts, same_term
from pipeline.notes import NoteRef, NoteSummary
from pipeline.records import normalise

__all__ = ["SHORT", "Matched", "match_notes", "suppliers"]


# A sentence of so few words may stand in any course.
SHORT: Final = 4
_MOST_COMPARED: Final = 40_000  # pairs of a vocabulary's words, each with each


@dataclass(frozen=True, slots=True)
class Matched:
    """What this run has in common with the lock."""

    lines: Mapping[NoteRef, LockLine]  # of each note that the lock knows
    renamed: Mapping[str, str]  # record ids of the lock that have another id now -> that id


def suppliers(
    groups: Mapping[str, Sequence[NoteSummary]],
) -> tuple[dict[NoteRef, NoteSummary], dict[NoteRef, tuple[str, ...]]]:
    """Return the notes that this run gives, in order, and the tags of those that several records give.

    A term is one note in its course: its own page supplies it, else the first guide that defines it. Two pages of one
    term and course are about different things (`[[defaults]] id_prefix` gave them ids of their own), and have a note
    each. A fact that stands twice in a course, word for word, or a question with its answer, is one note as well: of
    the first record in order, with the tags of all, and one for the term of each (`course::…::term::…`).
    """
    with_page: set[str] = set()
    first: dict[Hashable, NoteRef] = {}
    again: defaultdict[NoteRef, list[NoteSummary]] = defaultdict(list)
    for notes in groups.values():
        for note in notes:
            if note.kind != "key_term":
                again[first.setdefault(note.words, note.ref)].append(note)
                continue
            first.setdefault(note.identity_key, note.ref)
            if not note.key:
                with_page.add(note.identity_key)

    def supplied(note: NoteSummary) -> bool:
        if note.kind != "key_term":
            return note.ref in again
        return not note.key or (note.identity_key not in with_page and first[note.identity_key] == note.ref)

    terms = {record_id for record_id, notes in groups.items() if notes and not notes[0].key}
    shared = {}
    for ref, notes in again.items():
        if len({note.record_id for note in notes}) > 1:
            tags = {tag for note in notes for tag in note.place.tags}
            pages = (note for note in notes if note.record_id in terms)
            tags.update(
                f"course::{note.place.course_slug}::term::{note.record_id.rpartition('/')[2]}" for note in pages
            )
            shared[ref] = tuple(sorted(tags))
    return {note.ref: note for notes in groups.values() for note in notes if supplied(note)}, shared


class _Matching:
    """Pairs notes with lines, each once."""

    def __init__(self, notes: Mapping[NoteRef, NoteSummary], lock: Lock) -> None:
        self.found: dict[NoteRef, LockLine] = {}
        self._open = dict(notes)
        self._used: set[str] = set()
        self._lock = lock

    def free_lines(self, lines: Iterable[LockLine], kind: str | None = None) -> list[LockLine]:
        """Return the lines that no note has yet, live ones first, then those that changed last."""
        free = [line for line in lines if line.guid not in self._used and kind in (None, line.kind)]
        return sorted(free, key=lambda line: (line.state != "live", -line.mod, line.guid))

    def open_notes(self, notes: Iterable[NoteSummary], kind: str | None = None) -> list[NoteSummary]:
        """Return the notes that have no line yet."""
        return [note for note in notes if note.ref in self._open and kind in (None, note.kind)]

    def pair(self, note: NoteSummary, line: LockLine) -> None:
        """Give `note` the identity of `line`."""
        self.found[note.ref] = line
        self._used.add(line.guid)
        del self._open[note.ref]

    def pair_equal(
        self,
        notes: Iterable[NoteSummary],
        lines: Iterable[LockLine],
        note_key: Callable[[NoteSummary], Hashable],
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
    notes: Mapping[NoteRef, NoteSummary],
    groups: Mapping[str, Sequence[NoteSummary]],
    lock: Lock,
    read: Collection[str],
) -> Matched:
    """Return the line of each note that the lock knows already, and which records have got another id.

    Terms first, by their identity keys; then records, and within each pair of records items by text. What is left
    goes by the surer sign first: similarity to a live line of the page (but not for what another page lost word for
    word), the same words on another page, similarity to a live line, nearly the same words on another page, and
    similarity to what the page had once.
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
    couples = [(groups[new], lines[old]) for new, old in pairs.old_ids.items()]
    couples = [couple for couple in couples if _match_equal(matching, *couple)]
    moved = _Moved(matching, notes.values(), lock.lines, pairs.renamed, read)
    _match_alike(matching, couples, "live", moved.texts())
    moved.match_equal()
    _match_alike(matching, couples, "live")
    moved.match_alike()
    _match_alike(matching, couples, "retired")
    return Matched(matching.found, pairs.renamed)


def _match_equal(matching: _Matching, notes: Sequence[NoteSummary], lines: Sequence[LockLine]) -> bool:
    """Match terms, and texts word for word, of two records that are one; say whether both sides have some left."""
    if not matching.open_notes(notes) or not matching.free_lines(lines):
        return False
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
    return bool(matching.open_notes(items) and matching.free_lines(rest))


def _match_alike(
    matching: _Matching,
    couples: Iterable[tuple[Sequence[NoteSummary], Sequence[LockLine]]],
    state: str,
    moved: Collection[Hashable] = (),
) -> None:
    """Match texts that were edited, in records that are one; those in `moved` are left alone."""
    for notes, lines in couples:
        for kind in ("fact", "question"):
            open_notes = [note for note in matching.open_notes(notes, kind) if not moved or _said(note) not in moved]
            free = [line for line in matching.free_lines(lines, kind) if line.state == state]
            # What stood there once does not stand for a new sentence as what it takes the place of does.
            pair = pair_texts if state == "live" else pair_moved_texts
            texts = pair([line.identity_text for line in free], [note.identity_text for note in open_notes])
            for at, index in texts.items():
                matching.pair(open_notes[at], free[index])


def _said(one: NoteSummary | LockLine) -> tuple[str, str]:
    return one.kind, normalise(one.identity_text)


def _match_terms(matching: _Matching, notes: Sequence[NoteSummary], lines: Sequence[LockLine]) -> None:
    """Match the term of a page that is the same page, and a vocabulary's words that were corrected."""
    free = {line.guid: line for line in matching.free_lines(lines, "key_term")}
    open_notes = matching.open_notes(notes, "key_term")
    like = _by_words(free.values()) if len(free) * len(open_notes) > _MOST_COMPARED else None
    for note in open_notes:
        near = free.values() if like is None else like(note.identity_text)
        own = (
            line
            for line in (near if note.key else free.values())
            if line.guid in free and (not note.key or _corrected(line.identity_text, note.identity_text))
        )
        if (line := next(own, None)) is not None:
            matching.pair(note, line)
            del free[line.guid]


def _by_words(lines: Iterable[LockLine]) -> Callable[[str], list[LockLine]]:
    """Return what finds, among very many words of a vocabulary, those that are nearly one with a text, in order."""
    ordered = list(lines)
    by_words = RareWords((place, line.identity_text) for place, line in enumerate(ordered))
    return lambda text: [ordered[place] for place in sorted(by_words.like(text))]


def _corrected(old: str, new: str) -> bool:
    """Say whether a vocabulary's word is the same one: nearly the same in all, or another name for one definition."""
    if same_term(old, new):
        return True
    old_definition, new_definition = (normalise_keeping_tab(text).partition("\t")[2] for text in (old, new))
    return old_definition == new_definition and len(old_definition.split()) > 3


class _Moved:
    """Matches sentences that stand on another page now."""

    def __init__(
        self,
        matching: _Matching,
        notes: Iterable[NoteSummary],
        lines: Iterable[LockLine],
        renamed: Mapping[str, str],
        read: Collection[str],
    ) -> None:
        self._matching = matching
        self._notes = matching.open_notes(note for note in notes if note.kind != "key_term")
        free = matching.free_lines(line for line in lines if line.kind != "key_term")
        placed = [replace(line, record_id=renamed.get(line.record_id, line.record_id)) for line in free]
        self._lost = [line for line in placed if line.record_id in read]
        self._absent = [line for line in placed if line.record_id not in read]

    def texts(self) -> frozenset[Hashable]:
        """Return what stands somewhere else in the lock, word for word."""
        return frozenset(map(_said, self._lost)) | frozenset(map(_said, self._absent))

    def match_equal(self) -> None:
        """Match word for word: within the course, from pages that lost the sentence, then from pages that are absent.

        What an absent page says was moved if it stands elsewhere. From another course of the publisher a sentence
        comes only if it says more than a few words, and if its page was read and lost it in this run.
        """
        for lines in (self._lost, self._absent):
            self._matching.pair_equal(
                self._notes,
                lines,
                lambda note: (course_of(note.record_id), _said(note)),
                lambda line: (course_of(line.record_id), _said(line)),
            )
        self._matching.pair_equal(
            (note for note in self._notes if len(note.identity_text.split()) > SHORT),
            (line for line in self._lost if line.state == "live"),
            lambda note: (course_of(note.record_id)[0], _said(note)),
            lambda line: (course_of(line.record_id)[0], _said(line)),
        )

    def match_alike(self) -> None:
        """Match with a typo corrected, within the course: what a page that was read lost in this run."""
        left: defaultdict[Hashable, tuple[list[NoteSummary], list[LockLine]]] = defaultdict(lambda: ([], []))
        for note in self._matching.open_notes(self._notes):
            left[note.kind, course_of(note.record_id)][0].append(note)
        for line in self._matching.free_lines(line for line in self._lost if line.state == "live"):
            left[line.kind, course_of(line.record_id)][1].append(line)
        for open_notes, free in left.values():
            texts = pair_moved_texts([line.identity_text for line in free], [note.identity_text for note in open_notes])
            for at, index in texts.items():
                self._matching.pair(open_notes[at], free[index])
