"""Stable ids for notes over edits: `cards.lock`."""

from pipeline.identity.assign import FIRST_MOD, Assignment, assign
from pipeline.identity.guid import GuidError, short_id
from pipeline.identity.lock import FORMAT, Lock, LockLine, NoteTypeLine
from pipeline.identity.lock_reading import LockError, parse_lock, read_lock
from pipeline.identity.pruning import prune
from pipeline.identity.refs import NoteIdentity, NoteRef

__all__ = [
    "FIRST_MOD",
    "FORMAT",
    "Assignment",
    "GuidError",
    "Lock",
    "LockError",
    "LockLine",
    "NoteIdentity",
    "NoteRef",
    "NoteTypeLine",
    "assign",
    "parse_lock",
    "prune",
    "read_lock",
    "short_id",
]
