"""The lock: its lines, the files that hold them, and what a person may settle in them."""

from pipeline.identity.lock.by_hand import UnknownNoteError, find_note, join, prune, renew
from pipeline.identity.lock.files import LockFiles, read_lock
from pipeline.identity.lock.lines import FORMAT, Lock, LockLine, NoteTypeLine
from pipeline.identity.lock.places import HEAD, Place, course_of, digests_of, file_of, is_guide, ties_of
from pipeline.identity.lock.putting import put_in_place, remove_leftovers, write_lock
from pipeline.identity.lock.reading import LockError, parse_files, parse_lock
from pipeline.identity.lock.sums import FileSum, line_of

__all__ = [
    "FORMAT",
    "HEAD",
    "FileSum",
    "Lock",
    "LockError",
    "LockFiles",
    "LockLine",
    "NoteTypeLine",
    "Place",
    "UnknownNoteError",
    "course_of",
    "digests_of",
    "file_of",
    "find_note",
    "is_guide",
    "join",
    "line_of",
    "parse_files",
    "parse_lock",
    "prune",
    "put_in_place",
    "read_lock",
    "remove_leftovers",
    "renew",
    "ties_of",
    "write_lock",
]
