"""What a person may settle in a lock: pages that are gone for good, notes that no rule can tell apart or together."""

from collections.abc import Collection
from dataclasses import replace

from pipeline.identity.guid import new_guid, short_id
from pipeline.identity.lock.lines import Lock, LockLine

__all__ = ["UnknownNoteError", "find_note", "join", "prune", "renew"]


class UnknownNoteError(Exception):
    """A name that is no note of the lock, or a note with which the thing asked for cannot be done."""


def find_note(lock: Lock, name: str) -> LockLine:
    """Return the note with this GUID, or this `Id` as cards show it. Raises UnknownNoteError."""
    for line in lock.lines:
        if name in (line.guid, short_id(line.guid)):
            return line
    message = f"no note of the lock has the Id or GUID {name!r}"
    raise UnknownNoteError(message)


def prune(lock: Lock, present_records: Collection[str]) -> tuple[Lock, tuple[LockLine, ...]]:
    """Return the lock with the live lines of records that are not present retired, and those lines.

    No line is taken out: lines keep a GUID from being given twice, revive the note should its page come back, and
    are what `retired.txt` is made from (DESIGN section 4).
    """
    present = frozenset(present_records)
    gone = tuple(line for line in lock.lines if line.state == "live" and line.record_id not in present)
    return _with(lock, *(replace(line, state="retired") for line in gone)), gone


def renew(lock: Lock, old: LockLine) -> tuple[Lock, LockLine]:
    """Return the lock in which the text of `old` is another note from now on, and that note; `old` is retired.

    For a fact that took the place of a parallel one, whose intervals it must not inherit. Raises UnknownNoteError if
    `old` is retired already.
    """
    if old.state != "live":
        message = f"{short_id(old.guid)} is retired: no page has it"
        raise UnknownNoteError(message)
    guids = {line.guid for line in lock.lines}
    shorts = {short_id(guid) for guid in guids}
    subject = old.identity_key if old.kind == "key_term" else f"{old.record_id}\x1f{old.identity_text}"
    new = replace(old, guid=new_guid(old.kind, subject, lambda guid, short: guid in guids or short in shorts))
    return _with(lock, replace(old, state="retired"), new), new


def join(lock: Lock, old: LockLine, new: LockLine, present_records: Collection[str], now: int) -> Lock:
    """Return the lock in which `new` is what `old` says now: `old` lives on with its text, `new` is retired.

    For a text that was written anew, so that no rule could tell that it is the same note. `now` (seconds since 1970)
    is when that changed. Raises UnknownNoteError if they are of two kinds, if `new` is retired, or if `old` stands on
    a page of the last build still.
    """
    names = f"{short_id(old.guid)} and {short_id(new.guid)}"
    if old.guid == new.guid:
        message = f"{names} are one note"
    elif old.kind != new.kind:
        message = f"{names} are notes of two kinds: {old.kind} and {new.kind}"
    elif new.state != "live":
        message = f"{short_id(new.guid)} is retired: name the note first that learners have, then the one that is new"
    elif old.state == "live" and old.record_id in present_records:
        message = f"{names} are both on pages of the last build"
    else:
        joined = replace(new, guid=old.guid, mod=max(now, old.mod + 1))
        return _with(lock, joined, replace(new, state="retired"))
    raise UnknownNoteError(message)


def _with(lock: Lock, *changed: LockLine) -> Lock:
    lines = {line.guid: line for line in (*lock.lines, *changed)}
    return replace(lock, lines=tuple(sorted(lines.values(), key=lambda line: line.guid)), twice=())
