"""How a note of this build is named before it has an identity."""

from typing import NamedTuple

__all__ = ["NoteRef"]


class NoteRef(NamedTuple):
    """A note of one build: its record, its kind (key_term, fact, question), its item's key ("" for a term)."""

    record_id: str
    kind: str
    key: str
