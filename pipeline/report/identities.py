"""What a run tells of identities: what is missing, taken over, hardly alike, or stood twice in the lock."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.stages.resolving import IdentityCounts

__all__ = ["told_of_identities"]

_EXAMPLES: Final = 3
_LONGEST: Final = 90  # characters of a text


def told_of_identities(found: IdentityCounts) -> Iterator[tuple[str, str]]:
    """Yield messages, each with what may be done about it, the gravest last."""
    if found.missing:
        names = ", ".join(found.missing_records[:_EXAMPLES])
        more = len(found.missing_records) - _EXAMPLES
        shown = names + (f" and {more:,} more" if more > 0 else "")
        message = (
            f"{found.missing:,} notes are of records that were not read in this run, and stay as they are: {shown}"
        )
        yield message, "if these pages are gone for good: `guidepress lock --prune`"
    if found.taken_over:
        examples = [f"{new} has notes of {old}" for old, new in found.taken_over]
        message = "notes of pages that were not read in this run went to others, which say what they said:"
        yield (
            _listed(message, examples),
            "if such a page comes back, what it says comes as new notes",
        )
    if found.least_alike:
        examples = [
            f"{note['short_id']} was kept although only {note['alike']:.0%} of its words were: "
            f"{_cut(note['old'])} -> {_cut(note['new'])}"
            for note in found.least_alike
        ]
        message = "notes keep their reviews though their texts are hardly the same:"
        yield _listed(message, examples), "if one is another fact now: `guidepress lock --renew ID`"
    if found.twice:
        message = "a merge left what stands twice, and is settled:"
        yield _listed(message, found.twice), "commit the lock as it is after this run (docs/anki.md)"


def _listed(message: str, examples: Sequence[str]) -> str:
    more = len(examples) - _EXAMPLES
    rest = [f"and {more:,} more: see report.json in the build folder"] if more > 0 else []
    return "\n".join([message, *examples[:_EXAMPLES], *rest])


def _cut(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LONGEST else f"{one_line[:_LONGEST]}…"
