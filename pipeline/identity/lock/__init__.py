"""`cards.lock`: its lines, how they are read and written, and what a person may settle in them."""

from pipeline.identity.lock.by_hand import UnknownNoteError, find_note, join, prune, renew
from pipeline.identity.lock.lines import FORMAT, Lock, LockLine, NoteTypeLine, put_in_place, remove_leftovers
from pipeline.identity.lock.places import Place, PlaceSum, course_of, digests_of, ties_of
from pipeline.identity.lock.reading import LockError, parse_lock, read_lock

__all__ = [
    "FORMAT",
    "Lock",
    "LockError",
    "LockLine",
    "NoteTypeLine",
    "Place",
    "PlaceSum",
    "UnknownNoteError",
    "course_of",
    "digests_of",
    "find_note",
    "join",
    "parse_lock",
    "prune",
    "put_in_place",
    "read_lock",
    "remove_leftovers",
    "renew",
    "ties_of",
]
