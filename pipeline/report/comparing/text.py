"""A comparison for a person at a terminal: no line is wider than it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from pipeline.report.comparing.sections import SAME_TEXT, moves, sections, told_words
from pipeline.report.places import place
from pipeline.stages.comparing import Comparison, FieldChange, NoteChange
from pipeline.stages.inspecting import Diff

__all__ = ["frozen_lines", "print_diff"]

_MARKS: Final = {"same": ("", "", ""), "gone": ("[-", "-]", "red"), "new": ("{+", "+}", "green")}
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_INDENT: Final = 4
_LONGEST: Final = 120  # characters of a new note's text
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


def frozen_lines(found: Comparison, roots: Sequence[Path]) -> list[str]:
    """Return a line for each note that a lock would have learned of: what, which, where, and the words that changed."""
    lines = [
        f"{what:<8} {note.short_id}  {_where(note, roots)}: {_about(note)}"
        for what, notes in (("changed", found.changed), ("new", found.new), ("retired", found.retired))
        for note in notes
    ]
    lines += [f"moved    {count:,} of {was} to {now}" for was, now, count in moves(found)]
    if len(lines) > _SHOWN:
        lines[_SHOWN:] = [f"… and {len(lines) - _SHOWN:,} more: `guidepress diff cards.lock` shows all"]
    return list(map(_clean, lines)) or ["no note says anything else: their order changed, or how a type of note looks"]


def _about(note: NoteChange) -> str:
    if note.likeness is not None and not note.fields:
        return SAME_TEXT
    changes = "; ".join(f"{change.field}: {_words(change).plain}" for change in note.fields)
    return changes or (note.text if len(note.text) <= _LONGEST else f"{note.text[:_LONGEST]}…")


def _note(console: Console, note: NoteChange, roots: Sequence[Path], before: str = "") -> None:
    head = f"  {before}{note.short_id}  {_where(note, roots)}  {note.note_type}: {note.text}"
    _line(console, Text(_clean(head)))
    for change in note.fields:
        text = Text(f"{change.field}: ").append_text(_words(change))
        for line in text.wrap(console, max(20, console.width - _INDENT)):
            line.rstrip()
            console.print(Text(" " * _INDENT).append_text(line), soft_wrap=True)
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


def _line(console: Console, text: Text) -> None:
    """Print one line, cut where the terminal ends."""
    text.truncate(console.width, overflow="ellipsis")
    console.print(text, soft_wrap=True)
