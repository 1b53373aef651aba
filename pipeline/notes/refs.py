"""How a note of this build is named before it has an identity, and what a fact's note asks for."""

from typing import NamedTuple

__all__ = ["Blank", "NoteRef"]


class Blank(NamedTuple):
    """What a fact asks for: a piece of its sentence as it is shown, and which of the pieces of that text, from 1."""

    text: str
    ordinal: int


class NoteRef(NamedTuple):
    """A note of one build: its record, its kind (key_term, fact, question), its item's key ("" for a term)."""

    record_id: str
    kind: str
    key: str
