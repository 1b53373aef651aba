"""Gives each note of a build its identity, and the lock its next state."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from pipeline.identity.due import dues, in_rounds
from pipeline.identity.guid import new_guid, short_id
from pipeline.identity.lock import Lock, LockLine, NoteTypeLine
from pipeline.identity.notes_matching import match_notes, suppliers
from pipeline.identity.refs import NoteIdentity, NoteRef
from pipeline.identity.similarity import SURELY_ONE, likeness
from pipeline.notes import StudyNote, ask, says_too_little

__all__ = ["FIRST_MOD", "Assignment", "KeptNote", "assign"]

# The `mod` of what is seen for the first time and has no time of its own: any time before all builds will do,
# and the same everywhere, so that two machines without a lock agree.
FIRST_MOD: Final = 1_700_000_000


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A fact or question that keeps its identity though its text is hardly the same any more."""

    short_id: str
    record_id: str
    old: str  # identity texts, before and now
    new: str
    alike: float  # which share of the words of both is in both, 0 to 1


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
    read_records: Collection[str],
    now: int,
    note_types: Mapping[str, str] | None = None,
) -> Assignment:
    """Return the identity of every note, and the next lock.

    `groups` are the notes of each record, records in the order of `records.jsonl`; `read_records` the ids of all
    records of this run; `now` seconds since 1970 (SOURCE_DATE_EPOCH if that is set, never later than the clock);
    `note_types` the digest of each note type that is made. The same arguments give the same result.
    """
    read = frozenset(read_records) | groups.keys()
    given, tags = suppliers(groups)
    matching = match_notes(given, groups, lock, read)
    notes = ask(given, {ref: line.blank for ref, line in matching.lines.items() if line.blank})
    matched = {ref: line for ref, line in matching.lines.items() if ref in notes}
    guids = _guids(notes, matched, lock)
    order = _dues(notes, matched)
    # What is left of a record that has another id now is left of that record: gone from it, or to be revived in it.
    lines = {
        line.guid: replace(line, record_id=matching.renamed.get(line.record_id, line.record_id)) for line in lock.lines
    }
    identities: dict[NoteRef, NoteIdentity] = {}
    updated = 0
    for ref, note in notes.items():
        old = matched.get(ref)
        digest = note.digest
        updated += old is not None and old.digest != digest
        mod = _first_mod(note, now) if old is None else _mod(old.mod, changed=old.digest != digest, now=now)
        guid = guids[ref]
        lines[guid] = LockLine(
            guid,
            note.kind,
            note.record_id,
            note.identity_key,
            mod,
            order[ref],
            "live",
            digest,
            note.identity_text,
            note.blank,
        )
        identities[ref] = NoteIdentity(guid, short_id(guid), mod, order[ref], note.blank, tags.get(ref, ()))
    supplied = set(guids.values())
    retired_now = 0
    for guid, line in lines.items():
        if guid not in supplied and line.state == "live" and line.record_id in read:
            lines[guid] = replace(line, state="retired")
            retired_now += 1
    following = Lock(tuple(sorted(lines.values(), key=lambda line: line.guid)), _types(lock, note_types or {}, now))
    missing = [line for line in following.lines if line.state == "live" and line.record_id not in read]
    return Assignment(
        identities=identities,
        lock=following,
        changed=following != replace(lock, lines=tuple(sorted(lock.lines, key=lambda line: line.guid))),
        new=len(notes) - len(matched),
        updated=updated,
        kept=len(matched) - updated,
        revived=sum(line.state == "retired" for line in matched.values()),
        retired_now=retired_now,
        missing=len(missing),
        missing_records=tuple(sorted({line.record_id for line in missing})),
        retired=_retired(following, groups),
        least_alike=_least_alike(notes, matched),
        taken_over=_taken_over(matched, lock, read),
        unasked=tuple(
            (note.source_path, note.identity_text)
            for ref, note in given.items()
            if ref not in notes or says_too_little(note)
        ),
    )


def _least_alike(notes: Mapping[NoteRef, StudyNote], matched: Mapping[NoteRef, LockLine]) -> tuple[KeptNote, ...]:
    kept = [
        KeptNote(short_id(line.guid), ref.record_id, line.identity_text, new, likeness(line.identity_text, new))
        for ref, line in matched.items()
        if ref.kind != "key_term" and (new := notes[ref].identity_text) != line.identity_text
    ]
    least = [note for note in kept if note.alike < SURELY_ONE]
    return tuple(sorted(least, key=lambda note: (note.alike, note.record_id, note.short_id)))


def _taken_over(matched: Mapping[NoteRef, LockLine], lock: Lock, read: Collection[str]) -> tuple[tuple[str, str], ...]:
    was = {line.guid: line.record_id for line in lock.lines}
    # A word of a guide's vocabulary is one note with the term's own page: that nobody took.
    moved = {
        (was[line.guid], ref.record_id)
        for ref, line in matched.items()
        if was[line.guid] not in read and not (ref.kind == "key_term" and ref.key)
    }
    return tuple(sorted(moved))


def _guids(notes: Mapping[NoteRef, StudyNote], matched: Mapping[NoteRef, LockLine], lock: Lock) -> dict[NoteRef, str]:
    """Return each note's GUID. New ones are drawn in the order of what names them, not of the pages."""
    guids = {ref: line.guid for ref, line in matched.items()}
    taken = {line.guid for line in lock.lines}
    shorts = {short_id(guid) for guid in taken}
    fresh = sorted((_subject(note), ref) for ref, note in notes.items() if ref not in matched)
    for (kind, subject), ref in fresh:
        guid = new_guid(kind, subject, lambda guid, short: guid in taken or short in shorts)
        taken.add(guid)
        shorts.add(short_id(guid))
        guids[ref] = guid
    return guids


def _subject(note: StudyNote) -> tuple[str, str]:
    if note.kind == "key_term":
        return note.kind, note.identity_key
    return note.kind, f"{note.record_id}\x1f{note.identity_text}"


def _dues(notes: Mapping[NoteRef, StudyNote], matched: Mapping[NoteRef, LockLine]) -> dict[NoteRef, int]:
    courses: defaultdict[tuple[str, str], list[StudyNote]] = defaultdict(list)
    for note in notes.values():
        courses[note.publisher, note.course_slug].append(note)
    order: dict[NoteRef, int] = {}
    for given in courses.values():
        refs = [note.ref for note in in_rounds(given)]
        order.update(zip(refs, dues([matched[ref].due if ref in matched else None for ref in refs]), strict=True))
    return order


def _first_mod(note: StudyNote, now: int) -> int:
    """Return when the page was captured, or a constant where that is unknown, or is no time that has been."""
    if note.captured_at is not None:
        try:
            captured = datetime.fromisoformat(note.captured_at)
        except ValueError:
            return FIRST_MOD
        seconds = int((captured if captured.tzinfo else captured.replace(tzinfo=UTC)).timestamp())
        if 0 < seconds <= now:
            return seconds
    return FIRST_MOD


def _mod(last: int, *, changed: bool, now: int) -> int:
    return max(now, last + 1) if changed else last


def _types(lock: Lock, digests: Mapping[str, str], now: int) -> dict[str, NoteTypeLine]:
    types = dict(lock.note_types)
    for name, digest in digests.items():
        old = types.get(name)
        mod = FIRST_MOD if old is None else _mod(old.mod, changed=old.digest != digest, now=now)
        types[name] = NoteTypeLine(name, mod, digest)
    return types


def _retired(lock: Lock, groups: Mapping[str, Sequence[StudyNote]]) -> tuple[tuple[str, str, str], ...]:
    """Return the retired notes by course; a course of which nothing was read is named by its slug."""
    titles: dict[str, str] = {}
    by_course: dict[str, str] = {}  # publisher/slug, and the slug alone: publishers share a course's deck
    for record_id, notes in groups.items():
        for note in notes[:1]:
            titles[record_id] = note.course_title
            place = "/".join(record_id.split("/")[:2])
            by_course[place] = by_course[place.rpartition("/")[2]] = note.course_title

    def title(record_id: str) -> str:
        place = "/".join(record_id.split("/")[:2])
        slug = place.rpartition("/")[2]
        return titles.get(record_id) or by_course.get(place) or by_course.get(slug) or slug

    retired = ((title(line.record_id), line.guid, line.identity_text) for line in lock.lines if line.state == "retired")
    return tuple(sorted(retired))
