"""What became of notes between two states, in plain values: `guidepress diff --json` has them as they are."""

from dataclasses import dataclass

__all__ = ["Comparison", "FieldChange", "NoteChange"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a note as plain text, before and after."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A note that is new, changed, gone or another page's: what it is known by, where it is, what differs.

    A changed note has no `fields` where only a lock is known of its old state and the text that the lock keeps is the
    same: then an answer, choices, an explanation, related terms or its cards changed.
    """

    guid: str
    short_id: str
    note_type: str
    deck: str  # "" where only a lock is known
    page: str  # its raw path; "" for a note whose page was not read
    record_id: str
    text: str  # what the note says: a term, a sentence behind its term, a question
    fields: tuple[FieldChange, ...] = ()
    was: str = ""  # the record that had it before, if that was another one
    likeness: float | None = None  # of its text before and after, 0 to 1; None if it is new or gone


@dataclass(frozen=True, slots=True)
class Comparison:
    """Notes by what became of them, each in the order of the records.

    `taken_over` and `least_alike` are views on notes that were kept: the same note may stand in `changed` as well.
    """

    new: tuple[NoteChange, ...] = ()
    changed: tuple[NoteChange, ...] = ()
    retired: tuple[NoteChange, ...] = ()  # their pages no longer have them
    missing: tuple[NoteChange, ...] = ()  # their pages were not read, or their kind is switched off
    taken_over: tuple[NoteChange, ...] = ()  # another record gives them now
    other_build: tuple[NoteChange, ...] = ()  # of a collection: what was given is not what is compared with
    least_alike: tuple[NoteChange, ...] = ()  # kept though their texts differ much, the least alike first
    unchanged: int = 0

    @property
    def empty(self) -> bool:
        """Say whether a learner would get nothing new."""
        return not (self.new or self.changed or self.retired or self.missing or self.taken_over)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many notes there are of each kind of change."""
        names = ("new", "changed", "retired", "missing", "taken_over", "other_build", "least_alike")
        return {**{name: len(getattr(self, name)) for name in names}, "unchanged": self.unchanged}
