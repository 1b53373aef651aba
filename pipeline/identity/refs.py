"""How a note of this build is named before it has an identity, and what its identity is."""

from dataclasses import dataclass

from pipeline.notes import Blank, NoteRef

__all__ = ["NoteIdentity", "NoteRef"]


@dataclass(frozen=True, slots=True)
class NoteIdentity:
    """What lasts of a note over edits, from `cards.lock`."""

    guid: str  # base62 of 64 bits
    short_id: str  # field `Id`: the GUID's first 50 bits as 10 characters of lower-case base32
    mod: int  # seconds since 1970: when the note's content last changed
    due: int  # the order of new cards in a course
    blank: Blank | None = None  # facts only: what is asked
    tags: tuple[str, ...] = ()  # of a note that several records give: those of all
