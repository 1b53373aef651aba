"""What all forms of a comparison have in common: the kinds of change, and which words of a text are shown."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.stages.comparing import Comparison, FieldChange, NoteChange, WordRun, word_diff

__all__ = ["SAME_TEXT", "moves", "sections", "told_words"]

_TITLES: Final = (
    ("new", "new"),
    ("changed", "changed"),
    ("retired", "retired: their pages no longer have them"),
    ("other_build", "of another build: what was given with them is not known here"),
    ("missing", "missing: their pages were not read, or they are switched off"),
)
SAME_TEXT: Final = "the text is the same; an answer, choices, an explanation, related terms or its cards changed"
_AROUND: Final = 6  # words that are shown on each side of a change


def sections(found: Comparison) -> Iterator[tuple[str, Sequence[NoteChange]]]:
    """Yield what the notes of each kind of change are called, and these notes; kinds without any are left out."""
    for name, title in _TITLES:
        if notes := getattr(found, name):
            yield title, notes


def moves(found: Comparison) -> list[tuple[str, str, int]]:
    """Return for the notes that were taken over: the record before, the record now, and how many went that way."""
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    for note in found.taken_over:
        counts[note.was, note.record_id] += 1
    return [(was, now, count) for (was, now), count in counts.items()]


def told_words(change: FieldChange) -> list[WordRun]:
    """Return a field's change as runs of words on one line; what stays the same is shown next to a change only."""
    runs: list[WordRun] = [(kind, " / ".join(text.split("\n"))) for kind, text in word_diff(change.old, change.new)]
    return [(kind, _cut(text, at, len(runs)) if kind == "same" else text) for at, (kind, text) in enumerate(runs)]


def _cut(text: str, at: int, count: int) -> str:
    words = text.split()
    head = words[:_AROUND] if at else []
    tail = words[-_AROUND:] if at + 1 < count else []
    if len(words) <= len(head) + len(tail) + 2:
        return text
    first, last = (" " if head and text[0].isspace() else ""), (" " if tail and text[-1].isspace() else "")
    return first + " ".join((*head, "…", *tail)) + last
