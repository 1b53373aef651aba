"""How a note of this build is named before it has an identity, what a fact's note asks for, and a note in brief."""

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Asked", "Blank", "NotePlace", "NoteRef", "NoteSummary"]


class Blank(NamedTuple):
    """What a fact asks for: a piece of its sentence as it is shown, and which of the pieces of that text, from 1."""

    text: str
    ordinal: int


class NoteRef(NamedTuple):
    """A note of one build: its record, its kind (key_term, fact, question), its item's key ("" for a term)."""

    record_id: str
    kind: str
    key: str


class Asked(NamedTuple):
    """What a note that makes a card asks for (facts only), and the digest of what is studied."""

    blank: Blank | None
    digest: str


class NotePlace(NamedTuple):
    """What places and credits all notes of a record: see StudyNote."""

    publisher: str
    course_slug: str
    course_title: str
    unit: str
    topic: str
    tags: tuple[str, ...]
    source_path: str
    captured_at: str | None


@dataclass(frozen=True, slots=True)
class NoteSummary:
    """What identities are given by: a study note without its texts, of which a build may hold very many."""

    kind: str
    record_id: str
    key: str
    identity_key: str
    identity_text: str
    words: str  # equal for facts, and for questions with their answers, that are the same word for word in one course
    digest: str  # of what is studied; "" for a fact, which has still to be asked
    makes_card: bool  # False: a term that is asked in no direction
    says_too_little: bool  # a definition that leaves too little to tell its term by
    place: NotePlace

    @property
    def ref(self) -> NoteRef:
        """Return the note's name within this build."""
        return NoteRef(self.record_id, self.kind, self.key)
