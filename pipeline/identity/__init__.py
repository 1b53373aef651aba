"""Stable ids for notes over edits: `cards.lock`."""

from pipeline.identity.areas import KnownArea, Settlement
from pipeline.identity.assign import Assignment, assign, next_note_types, with_titles
from pipeline.identity.belonging import is_of_others, may_be_of_others
from pipeline.identity.due import HIGHEST, STEP
from pipeline.identity.ends import Ends, FreshPlace
from pipeline.identity.guid import GUID_LENGTH, GuidError, guid_of, new_guid, number_of, short_id
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
    line_of,
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
from pipeline.identity.settling import CourseSource, settle_build
from pipeline.identity.similarity import SURELY_ONE, likeness

__all__ = [
    "FIRST_MOD",
    "FORMAT",
    "GUID_LENGTH",
    "HIGHEST",
    "STEP",
    "SURELY_ONE",
    "Assignment",
    "CourseSource",
    "Ends",
    "FileSum",
    "FreshPlace",
    "GuidError",
    "KeptNote",
    "KnownArea",
    "Lock",
    "LockError",
    "LockFiles",
    "LockLine",
    "NoteIdentity",
    "NoteRef",
    "NoteTypeLine",
    "Place",
    "Settlement",
    "UnknownNoteError",
    "assign",
    "course_of",
    "file_of",
    "find_note",
    "guid_of",
    "is_of_others",
    "join",
    "likeness",
    "line_of",
    "may_be_of_others",
    "new_guid",
    "next_note_types",
    "number_of",
    "parse_files",
    "parse_lock",
    "prune",
    "put_in_place",
    "read_lock",
    "remove_leftovers",
    "renew",
    "settle_build",
    "short_id",
    "with_titles",
    "write_lock",
]
