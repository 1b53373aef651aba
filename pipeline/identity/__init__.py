"""Stable ids for notes over edits: `cards.lock`."""

from pipeline.identity.assign import FIRST_MOD, Assignment, KeptNote, assign
from pipeline.identity.belonging import is_of_others, may_be_of_others
from pipeline.identity.by_hand import UnknownNoteError, find_note, join, prune, renew
from pipeline.identity.due import HIGHEST, STEP
from pipeline.identity.guid import GUID_LENGTH, GuidError, short_id
from pipeline.identity.lock import FORMAT, Lock, LockLine, NoteTypeLine, put_in_place, remove_leftovers
from pipeline.identity.lock_reading import LockError, parse_lock, read_lock
from pipeline.identity.refs import NoteIdentity, NoteRef
from pipeline.identity.similarity import SURELY_ONE, likeness

__all__ = [
    "FIRST_MOD",
    "FORMAT",
    "GUID_LENGTH",
    "HIGHEST",
    "STEP",
    "SURELY_ONE",
    "Assignment",
    "GuidError",
    "KeptNote",
    "Lock",
    "LockError",
    "LockLine",
    "NoteIdentity",
    "NoteRef",
    "NoteTypeLine",
    "UnknownNoteError",
    "assign",
    "find_note",
    "is_of_others",
    "join",
    "likeness",
    "may_be_of_others",
    "parse_lock",
    "prune",
    "put_in_place",
    "read_lock",
    "remove_leftovers",
    "renew",
    "short_id",
]
