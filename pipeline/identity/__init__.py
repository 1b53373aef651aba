"""Stable ids for notes over edits: `cards.lock`."""

from pipeline.identity.assign import Assignment, assign
from pipeline.identity.belonging import is_of_others, may_be_of_others
from pipeline.identity.due import HIGHEST, STEP
from pipeline.identity.guid import GUID_LENGTH, GuidError, short_id
from pipeline.identity.lock import (
    FORMAT,
    FileSum,
    Lock,
    LockError,
    LockFiles,
    LockLine,
    NoteTypeLine,
    Place,
    UnknownNoteError,
    course_of,
    file_of,
    find_note,
    join,
    parse_files,
    parse_lock,
    prune,
    put_in_place,
    read_lock,
    remove_leftovers,
    renew,
    write_lock,
)
from pipeline.identity.refs import NoteIdentity, NoteRef
from pipeline.identity.settle import FIRST_MOD, KeptNote
from pipeline.identity.similarity import SURELY_ONE, likeness

__all__ = [
    "FIRST_MOD",
    "FORMAT",
    "GUID_LENGTH",
    "HIGHEST",
    "STEP",
    "SURELY_ONE",
    "Assignment",
    "FileSum",
    "GuidError",
    "KeptNote",
    "Lock",
    "LockError",
    "LockFiles",
    "LockLine",
    "NoteIdentity",
    "NoteRef",
    "NoteTypeLine",
    "Place",
    "UnknownNoteError",
    "assign",
    "course_of",
    "file_of",
    "find_note",
    "is_of_others",
    "join",
    "likeness",
    "may_be_of_others",
    "parse_files",
    "parse_lock",
    "prune",
    "put_in_place",
    "read_lock",
    "remove_leftovers",
    "renew",
    "short_id",
    "write_lock",
]
