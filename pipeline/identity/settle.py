"""Gives each note of an area its identity, and the lines of the lock their next state."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from pipeline.identity.due import dues, in_rounds
from pipeline.identity.guid import short_id
from pipeline.identity.lock import Lock, LockLine
from pipeline.identity.notes_matching import match_notes, suppliers
from pipeline.identity.refs import NoteIdentity, NoteRef
from pipeline.identity.similarity import SURELY_ONE, likeness
from pipeline.notes import Asked, Blank, NoteSummary

__all__ = ["FIRST_MOD", "Ask", "Draw", "KeptNote", "Settled", "changed_mod", "is_settled", "settle"]

# The `mod` of what is seen for the first time and has no time of its own: any time before all builds will do,
# and the same everywhere, so that two machines without a lock agree.
FIRST_MOD: Final = 1_700_000_000

# What those of the given notes ask for that make a card, in order; blanks of earlier builds are kept (`notes.ask`).
Ask = Callable[[Mapping[NoteRef, NoteSummary], Mapping[NoteRef, Blank]], Mapping[NoteRef, Asked]]
Draw = Callable[[str, str], str]  # kind and subject of a new note -> a GUID that nobody has


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A fact or question that keeps its identity though its text is hardly the same any more."""

    short_id: str
    record_id: str
    old: str  # identity texts, before and now
    new: str
    alike: float  # which share of the words of both is in both, 0 to 1


@dataclass(frozen=True, slots=True)
class Settled:
    """What the notes of an area are: identities, its lines as they are now, and how both differ from the last run."""

    given: Mapping[NoteRef, NoteSummary]  # of notes that several records give, that of the one that supplies them
    asked: Mapping[NoteRef, Asked]
    identities: Mapping[NoteRef, NoteIdentity]
    lines: Mapping[str, LockLine]  # by GUID
    changed: Sequence[LockLine]  # those of `lines` that are new or differ
    new: int
    updated: int  # their studied content changed
    kept: int
    revived: int  # retired once, and back; counted in `updated` or `kept` as well
    retired_now: int
    least_alike: Sequence[KeptNote]  # what no rule can tell from another fact
    taken_over: Collection[tuple[str, str]]  # records that this run has not, and those that have their notes now


def settle(
    groups: Mapping[str, Sequence[NoteSummary]], lines: Sequence[LockLine], *, ask: Ask, draw: Draw, now: int
) -> Settled:
    """Return the identity of every note.

    `groups` are the notes of each record, by id; `lines` those of the lock that have to do with them; `now` seconds
    since 1970 (SOURCE_DATE_EPOCH if that is set, never later than the clock). New notes draw their GUIDs in the order
    of what names them, not of the pages.
    """
    read = groups.keys()
    given, tags = suppliers(groups)
    matching = match_notes(given, groups, Lock(tuple(lines)), read)
    asked = ask(given, {ref: line.blank for ref, line in matching.lines.items() if line.blank})
    matched = {ref: line for ref, line in matching.lines.items() if ref in asked}
    guids = {ref: line.guid for ref, line in matched.items()}
    for (kind, subject), ref in sorted((_subject(given[ref]), ref) for ref in asked if ref not in matched):
        guids[ref] = draw(kind, subject)
    order = _dues([given[ref] for ref in asked], matched)
    before = {line.guid: line for line in lines}
    # What is left of a record that has another id now is left of that record: gone from it, or to be revived in it.
    after = {
        line.guid: replace(line, record_id=matching.renamed[line.record_id])
        if line.record_id in matching.renamed
        else line
        for line in lines
    }
    identities: dict[NoteRef, NoteIdentity] = {}
    updated = 0
    for ref, one in asked.items():
        note, old, guid = given[ref], matched.get(ref), guids[ref]
        updated += old is not None and old.digest != one.digest
        mod = _first_mod(note, now) if old is None else changed_mod(old.mod, changed=old.digest != one.digest, now=now)
        after[guid] = LockLine(
            guid,
            note.kind,
            note.record_id,
            note.identity_key,
            mod,
            order[ref],
            "live",
            one.digest,
            note.identity_text,
            one.blank,
        )
        identities[ref] = NoteIdentity(guid, short_id(guid), mod, order[ref], one.blank, tags.get(ref, ()))
    supplied = set(guids.values())
    retired = [
        guid for guid, line in after.items() if guid not in supplied and line.state == "live" and line.record_id in read
    ]
    after.update((guid, replace(after[guid], state="retired")) for guid in retired)
    return Settled(
        given=given,
        asked=asked,
        identities=identities,
        lines=after,
        changed=[line for guid, line in after.items() if before.get(guid) != line],
        new=len(asked) - len(matched),
        updated=updated,
        kept=len(matched) - updated,
        revived=sum(line.state == "retired" for line in matched.values()),
        retired_now=len(retired),
        least_alike=_least_alike(given, matched),
        taken_over=_taken_over(matched, before, read),
    )


def is_settled(
    groups: Mapping[str, Sequence[NoteSummary]],
    given: Mapping[NoteRef, NoteSummary],
    identities: Mapping[NoteRef, NoteIdentity],
    lines: Sequence[LockLine],
) -> bool:
    """Say whether settling an area again, with the lines that settling it gave, changes none of them.

    A note that makes no card has no line, and might be taken for one that is free now.
    """
    known = {line.record_id for line in lines}
    free = any(line.state == "retired" or line.record_id not in groups for line in lines)
    without = given.keys() - identities.keys()
    if not free or not (without or any(notes and record_id not in known for record_id, notes in groups.items())):
        return True
    found = match_notes(given, groups, Lock(tuple(lines)), groups.keys())
    guids = {ref: line.guid for ref, line in found.lines.items()}
    return not found.renamed and guids == {ref: identities[ref].guid for ref in given if ref in identities}


def _least_alike(given: Mapping[NoteRef, NoteSummary], matched: Mapping[NoteRef, LockLine]) -> list[KeptNote]:
    kept = [
        KeptNote(short_id(line.guid), ref.record_id, line.identity_text, new, likeness(line.identity_text, new))
        for ref, line in matched.items()
        if ref.kind != "key_term" and (new := given[ref].identity_text) != line.identity_text
    ]
    return [note for note in kept if note.alike < SURELY_ONE]


def _taken_over(
    matched: Mapping[NoteRef, LockLine], before: Mapping[str, LockLine], read: Collection[str]
) -> set[tuple[str, str]]:
    # A word of a guide's vocabulary is one note with the term's own page: that nobody took.
    return {
        (was, ref.record_id)
        for ref, line in matched.items()
        if (was := before[line.guid].record_id) not in read and not (ref.kind == "key_term" and ref.key)
    }


def _subject(note: NoteSummary) -> tuple[str, str]:
    if note.kind == "key_term":
        return note.kind, note.identity_key
    return note.kind, f"{note.record_id}\x1f{note.identity_text}"


def _dues(notes: Sequence[NoteSummary], matched: Mapping[NoteRef, LockLine]) -> dict[NoteRef, int]:
    courses: defaultdict[tuple[str, str], list[NoteSummary]] = defaultdict(list)
    for note in notes:
        courses[note.place.publisher, note.place.course_slug].append(note)
    order: dict[NoteRef, int] = {}
    for given in courses.values():
        refs = [note.ref for note in in_rounds(given)]
        order.update(zip(refs, dues([matched[ref].due if ref in matched else None for ref in refs]), strict=True))
    return order


def _first_mod(note: NoteSummary, now: int) -> int:
    """Return when the page was captured, or a constant where that is unknown, or is no time that has been."""
    if note.place.captured_at is not None:
        try:
            captured = datetime.fromisoformat(note.place.captured_at)
        except ValueError:
            return FIRST_MOD
        seconds = int((captured if captured.tzinfo else captured.replace(tzinfo=UTC)).timestamp())
        if 0 < seconds <= now:
            return seconds
    return FIRST_MOD


def changed_mod(last: int, *, changed: bool, now: int) -> int:
    """Return the `mod` of what had `last`."""
    return max(now, last + 1) if changed else last
