"""Identities of a build that is small enough to be held: all notes and the whole lock at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.identity.areas import KnownArea
from pipeline.identity.guid import new_guid, short_id
from pipeline.identity.lock import Lock, LockLine, NoteTypeLine, Place, course_of, digests_of, ties_of
from pipeline.identity.refs import NoteIdentity, NoteRef
from pipeline.identity.settle import FIRST_MOD, KeptNote, changed_mod
from pipeline.identity.settling import CourseSource, settle_build
from pipeline.notes import Asked, Blank, NoteSummary, StudyNote, ask
from pipeline.records import slug

__all__ = ["Assignment", "assign", "next_note_types", "with_titles"]


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a build's notes are: identities, the lock that keeps them, and how both differ from the last run."""

    identities: Mapping[
        NoteRef, NoteIdentity
    ]  # of each note; of a term that several pages give, the one that supplies it
    lock: Lock
    changed: bool  # whether the lock says anything else than the one given
    new: int
    updated: int  # their studied content changed
    kept: int
    revived: int  # retired once, and back; counted in `updated` or `kept` as well
    retired_now: int
    missing: int  # live notes of records that were not read
    missing_records: tuple[str, ...]
    retired: tuple[tuple[str, str, str], ...]  # (course title, GUID, identity text) of all retired notes
    unasked: tuple[tuple[str, str], ...]  # (source path, identity text) of what makes no card: too little to ask
    least_alike: tuple[KeptNote, ...] = ()  # what no rule can tell from another fact, the least alike first
    taken_over: tuple[tuple[str, str], ...] = ()  # records that this run has not, and those that have their notes now


def assign(
    groups: Mapping[str, Sequence[StudyNote]],
    lock: Lock,
    *,
    now: int,
    note_types: Mapping[str, str] | None = None,
) -> Assignment:
    """Return the identity of every note, and the next lock.

    `groups` are the notes of each record of this run, by its id; `now` seconds since 1970 (SOURCE_DATE_EPOCH if that
    is set, never later than the clock); `note_types` the digest of each note type that is made. The same arguments
    give the same result.
    """
    by_course: defaultdict[Place, dict[str, Sequence[StudyNote]]] = defaultdict(dict)
    for record_id, notes in groups.items():
        place = (slug(notes[0].publisher), notes[0].course_slug) if notes else course_of(record_id)
        by_course[place][record_id] = notes
    courses = [_source(place, own) for place, own in sorted(by_course.items())]
    kept = _Kept()
    guids = {line.guid for line in lock.lines}
    shorts = {short_id(guid) for guid in guids}

    def draw(kind: str, subject: str) -> str:
        guid = new_guid(kind, subject, lambda guid, short: guid in guids or short in shorts)
        guids.add(guid)
        shorts.add(short_id(guid))
        return guid

    found = settle_build(courses, _Held(lock), kept, draw=draw, now=now)
    lines = {line.guid: line for line in (*lock.lines, *kept.lines)}
    types = next_note_types(lock.note_types, note_types or {}, now)
    following = Lock(tuple(sorted(lines.values(), key=lambda line: line.guid)), types)
    slugs = {course.place[-1]: course.title for course in courses}
    return Assignment(
        identities=kept.found,
        lock=following,
        changed=following != replace(lock, lines=tuple(sorted(lock.lines, key=lambda line: line.guid))),
        new=found.new,
        updated=found.updated,
        kept=found.kept,
        revived=found.revived,
        retired_now=found.retired_now,
        missing=found.missing,
        missing_records=tuple(sorted(found.missing_records)),
        retired=tuple(sorted(with_titles(one, slugs) for area in kept.areas for one in area.retired)),
        unasked=tuple(found.unasked),
        least_alike=tuple(sorted(found.least_alike, key=lambda note: (note.alike, note.record_id, note.short_id))),
        taken_over=tuple(sorted(found.taken_over)),
    )


def next_note_types(types: Mapping[str, NoteTypeLine], digests: Mapping[str, str], now: int) -> dict[str, NoteTypeLine]:
    """Return the lock's note types as they are with those that are made: name -> digest."""
    following = dict(types)
    for name, digest in digests.items():
        old = types.get(name)
        mod = FIRST_MOD if old is None else changed_mod(old.mod, changed=old.digest != digest, now=now)
        following[name] = NoteTypeLine(name, mod, digest)
    return following


def with_titles(retired: tuple[str, str, str, str], titles: Mapping[str, str]) -> tuple[str, str, str]:
    """Return course title, GUID and text of a retired note as KnownArea has it.

    A course of which nothing was read has the title (by slug) of another publisher's, for these share a deck, else
    its slug.
    """
    title, record_id, guid, text = retired
    name = course_of(record_id)[-1]
    return title or titles.get(name, name), guid, text


def _source(place: Place, notes: Mapping[str, Sequence[StudyNote]]) -> CourseSource:
    groups = _Notes(notes)
    title = next((group[0].course_title for group in reversed(list(notes.values())) if group), place[-1])
    return CourseSource(place, {course_of(record_id) for record_id in notes}, title, "", lambda: groups)


class _Notes:
    """The notes of one course."""

    def __init__(self, notes: Mapping[str, Sequence[StudyNote]]) -> None:
        self._notes = {note.ref: note for group in notes.values() for note in group}
        self.groups: Mapping[str, Sequence[NoteSummary]] = {
            record_id: [note.summary() for note in group] for record_id, group in notes.items()
        }

    def keep(self, asked: Mapping[NoteRef, Asked]) -> None:
        pass

    def ask(self, given: Iterable[NoteRef], kept: Mapping[NoteRef, Blank]) -> dict[NoteRef, Asked]:
        asked = ask({ref: self._notes[ref] for ref in given}, kept)
        return {ref: Asked(note.blank, note.digest) for ref, note in asked.items()}


class _Held:
    """The lines of a lock."""

    def __init__(self, lock: Lock) -> None:
        self._by_place: defaultdict[Place, list[LockLine]] = defaultdict(list)
        for line in sorted(lock.lines, key=lambda line: line.guid):
            self._by_place[course_of(line.record_id)].append(line)
        self.places = digests_of(line for lines in self._by_place.values() for line in lines)
        self.ties = sorted(set(ties_of(lock.lines)))

    def of(self, places: Collection[Place]) -> list[LockLine]:
        found = (line for place in places for line in self._by_place.get(place, ()))
        return sorted(found, key=lambda line: line.guid)


@dataclass(slots=True)
class _Kept:
    """Collects what is found, and knows nothing of earlier runs."""

    found: dict[NoteRef, NoteIdentity] = field(default_factory=dict)
    lines: list[LockLine] = field(default_factory=list)
    areas: list[KnownArea] = field(default_factory=list)

    def known(self, area: str) -> KnownArea | None:
        return None

    def keep(self, area: str, known: KnownArea, *, settled: bool) -> None:
        self.areas.append(known)

    def identities(self, course: CourseSource, identities: Mapping[NoteRef, NoteIdentity]) -> None:
        self.found.update(identities)

    def changed(self, line: LockLine, before: LockLine | None) -> None:
        self.lines.append(line)
