"""`retired.txt`: searches that find, in a learner's collection, the notes that their pages no longer have."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from pipeline.identity import short_id

__all__ = ["retired_text"]

_TOGETHER: Final = 400
_HEAD: Final = (
    "# Notes that their pages no longer have. New decks leave them out; in a collection they stay until you act.",
    "# Paste a course's line into the search field of Anki's browser, then suspend what it finds (docs/anki.md).",
)


def retired_text(retired: Sequence[tuple[str, str, str]]) -> str:
    """Return the file: one search a course, courses by title; every other line begins with `#`.

    `retired` holds course title, GUID and identity text of each note.
    """
    lines = list(_HEAD)
    if not retired:
        lines.append("# There are none.")
    for title, notes in groupby(sorted(retired), key=lambda note: note[0]):
        known = [(short_id(guid), " ".join(text.split())) for _, guid, text in notes]
        lines += ["#", f"# {' '.join(title.split())}: {len(known)}"]
        lines += [f"# {short}  {text}" for short, text in known]
        lines.append(_search([short for short, _ in known]))
    return "\n".join((*lines, ""))


def _search(shorts: Sequence[str]) -> str:
    """Return the search for notes by `Id`; very many stand in brackets, for SQLite nests no more than 1,000 deep."""
    terms = [f'"Id:{short}"' for short in shorts]
    if len(terms) <= _TOGETHER:
        return " or ".join(terms)
    groups = (terms[at : at + _TOGETHER] for at in range(0, len(terms), _TOGETHER))
    return " or ".join(f"({' or '.join(group)})" for group in groups)
