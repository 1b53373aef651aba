"""Stable ids for notes over edits: `cards.lock`."""

from pipeline.identity.assign import FIRST_MOD, Assignment, assign
from pipeline.identity.belonging import is_of_others, may_be_of_others
from pipeline.identity.guid import GuidError, short_id
from pipeline.identity.lock import Lock, LockLine, NoteTypeLine
from pipeline.identity.lock_reading import LockError, parse_lock, read_lock
from pipeline.identity.pruning import prune
from pipeline.identity.refs import NoteIdentity, NoteRef
from pipeline.identity.similarity import likeness

__all__ = [
    "FIRST_MOD",
    "Assignment",
    "GuidError",
    "Lock",
    "LockError",
    "LockLine",
    "NoteIdentity",
    "NoteRef",
    "NoteTypeLine",
    "assign",
    "is_of_others",
    "likeness",
    "may_be_of_others",
    "parse_lock",
    "prune",
    "read_lock",
    "short_id",
]
