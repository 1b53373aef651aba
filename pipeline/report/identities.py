"""What a run tells of identities: what is missing, taken over, hardly alike, or stood twice in the lock."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from pipeline.report.places import place
from pipeline.stages.resolving import IdentityCounts

__all__ = ["number_of_notes", "told_of_identities", "told_of_unasked"]

_EXAMPLES: Final = 3
_LONGEST: Final = 90  # characters of a text
_LOCK: Final = "cards.lock"
_MISSING: Final = "are all your pages there? When they are back, so are their cards; `guidepress lock` lists them"


def number_of_notes(number: int, kind: str = "") -> str:
    """Return "1 new note", "2 new notes"."""
    return f"{number:,} {kind}note{'' if number == 1 else 's'}"


def told_of_identities(found: IdentityCounts, roots: Sequence[Path]) -> Iterator[tuple[str, str, str]]:
    """Yield what is told of the lock: (about, message, hint)."""
    if found.upgraded_from:
        message = f"its format was version {found.upgraded_from}, and is the newest now"
        yield _LOCK, message, "commit it; older versions of guidepress do not read it"
    if found.missing:
        names = ", ".join(found.missing_records[:_EXAMPLES])
        more = len(found.missing_records) - _EXAMPLES
        shown = names + (f" and {more:,} more" if more > 0 else "")
        message = f"{number_of_notes(found.missing)} of records that were not read in this run stay in the lock:"
        yield _LOCK, f"{message} {shown}", _MISSING
    if found.taken_over:
        examples = [f"{new} has notes of {old}" for old, new in found.taken_over]
        message = "notes of pages that were not read in this run went to others, which say what they said:"
        yield _LOCK, _listed(message, examples), "if such a page comes back, what it says comes as new notes"
    if found.least_alike:
        examples = [
            f"{note['short_id']} was kept although only {note['alike']:.0%} of its words were: "
            f"{_cut(note['old'])} -> {_cut(note['new'])}"
            for note in found.least_alike
        ]
        message = "notes keep their reviews though their texts are hardly the same:"
        yield _LOCK, _listed(message, examples), "if one is another fact now: `guidepress lock --renew ID`"
    if found.twice:
        message = "a merge left what stands twice, and is settled:"
        yield _LOCK, _listed(message, found.twice), "commit the lock as it is after this run (docs/anki.md)"


def told_of_unasked(found: IdentityCounts, roots: Sequence[Path], *, examples: int | None) -> list[str]:
    """Return which texts make no card: how many, and as many examples (None: all), if there are any."""
    if not found.unasked:
        return []
    pages = len({path for path, _ in found.unasked})
    number = "1 text makes" if len(found.unasked) == 1 else f"{len(found.unasked):,} texts"
    if len(found.unasked) > 1:
        number += f" on {pages:,} page{'s' if pages > 1 else ''} make"
    shown = found.unasked[:examples]
    left = len(found.unasked) - len(shown)
    return [
        f"{number} no card: too little is left to tell what is asked{'' if shown else ' (-v shows which)'}",
        *(f"{place(path, None, roots)}: {_cut(text)}" for path, text in shown),
        *([f"… and {left:,} more: -v shows all"] if shown and left else []),
    ]


def _listed(message: str, examples: Sequence[str]) -> str:
    more = len(examples) - _EXAMPLES
    rest = [f"and {more:,} more: see report.json in the build folder"] if more > 0 else []
    return "\n".join([message, *examples[:_EXAMPLES], *rest])


def _cut(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LONGEST else f"{one_line[:_LONGEST]}…"
