"""A comparison for a person at a terminal: no line is wider than it."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pipeline.report.comparing.sections import SAME_TEXT, moves, sections, told_words
from pipeline.report.places import place
from pipeline.stages.comparing import Comparison, FieldChange, NoteChange
from pipeline.stages.inspecting import Diff

__all__ = ["frozen_lines", "print_diff"]

_MARKS: Final = {"same": ("", "", ""), "gone": ("[-", "-]", "red"), "new": ("{+", "+}", "green")}
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SHOWN: Final = 20  # notes of a run that was frozen; `diff` shows them all


def print_diff(made: Diff, roots: Sequence[Path], console: Console) -> None:
    """Print each note that differs, the most important kinds of change first, and how many are as they were."""
    found = made.found
    for title, notes in sections(found):
        _line(console, Text(f"{len(notes):,} {title}", "bold"))
        for note in notes:
            _note(console, note, roots)
    if found.taken_over:
        _line(console, Text(f"{len(found.taken_over):,} taken over: another record gives them now", "bold"))
        for was, now, count in moves(found):
            _line(console, Text(_clean(f"  {count:,} of {was} by {now}")))
    if found.least_alike:
        _line(console, Text("kept, though their texts are least alike", "bold"))
        for note in found.least_alike:
            _note(console, note, roots, before=f"{note.likeness or 0:.0%}  ")
    if made.rejects:
        _line(console, Text(f"{made.rejects:,} pages are rejected now; `guidepress parse` says why"))
    _line(console, Text(f"{found.unchanged:,} unchanged"))


def frozen_lines(found: Comparison, roots: Sequence[Path]) -> Iterator[str]:
    """Yield a line for each note that a lock would have learned of: what, which, where, and the words that changed."""
    listed = [(title.split(":")[0], note) for title, notes in sections(found) for note in notes if title != "missing"]
    listed = [(what, note) for what, note in listed if what != "missing"]
    for what, note in listed[:_SHOWN]:
        changes = [f"{change.field}: {_words(change).plain}" for change in note.fields] or [note.text]
        about = SAME_TEXT if what == "changed" and not note.fields else "; ".join(changes)
        yield _clean(f"{what:<8} {note.short_id}  {_where(note, roots)}: {about}")
    if len(listed) > _SHOWN:
        yield f"… and {len(listed) - _SHOWN:,} more: `guidepress diff cards.lock` shows all"


def _note(console: Console, note: NoteChange, roots: Sequence[Path], before: str = "") -> None:
    head = f"  {before}{note.short_id}  {_where(note, roots)}  {note.note_type}: {note.text}"
    _line(console, Text(_clean(head)))
    for change in note.fields:
        text = Text(f"{change.field}: ").append_text(_words(change))
        console.print(Padding(text, (0, 0, 0, 4), expand=False), soft_wrap=_endless(console))
    if note.likeness is not None and not note.fields:
        _line(console, Text(f"    {SAME_TEXT}"))


def _where(note: NoteChange, roots: Sequence[Path]) -> str:
    return place(note.page, None, roots) if note.page else note.record_id


def _words(change: FieldChange) -> Text:
    if change.old == change.new:
        return Text("only its markup")
    line = Text()
    for kind, text in told_words(change):
        before, after, style = _MARKS[kind]
        line.append(f"{before}{_clean(text)}{after}", style)
    return line


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text)


def _endless(console: Console) -> bool:
    return console.width >= 1000


def _line(console: Console, text: Text) -> None:
    """Print one line, cut where the terminal ends."""
    text.truncate(console.width, overflow="ellipsis")
    console.print(text, soft_wrap=True)
