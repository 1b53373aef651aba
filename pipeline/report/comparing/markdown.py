"""A comparison for a comment on a pull request: GitHub and GitLab show it, and nothing that a page says is markup."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from pipeline.report.comparing.sections import SAME_TEXT, moves, sections, told_words
from pipeline.report.places import place
from pipeline.stages.comparing import FieldChange, NoteChange
from pipeline.stages.inspecting import Diff

__all__ = ["diff_markdown"]

# GitHub refuses a comment of more than 65,536 characters; what is left out is told.
_MOST: Final = 60_000
_LONGEST: Final = 300  # characters of a note's text
# Signs that are markup within a line (GitHub's mathematics among them); no line begins with a page's text.
_SIGNS: Final = re.compile(r"([\\`*_\[\]~|$])")
_CALLING: Final = re.compile(r"[@#!](?=\w)")  # `@name` would call somebody, `#1` names an issue
_ENTITIES: Final = {ord("&"): "&amp;", ord("<"): "&lt;"}
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def diff_markdown(made: Diff, roots: Sequence[Path]) -> str:
    """Return a comparison as Markdown: a table of numbers, then each note with its words, folded away."""
    found = made.found
    counts = found.counts
    head = [f"### Cards against {_escaped(made.against)}", ""]
    if found.empty:
        head += [f"Nothing changes for learners: {found.unchanged:,} notes are as they were."]
    else:
        names = [name for name in counts if name != "least_alike"]
        head += [
            f"| {' | '.join(name.replace('_', ' ') for name in names)} |",
            f"|{'---:|' * len(names)}",
            f"| {' | '.join(f'{counts[name]:,}' for name in names)} |",
        ]
    if made.rejects:
        head += ["", f"{made.rejects:,} pages are rejected now: their notes are missing."]
    return _bounded([*head, ""], _blocks(made, roots))


def _blocks(made: Diff, roots: Sequence[Path]) -> Iterator[tuple[str, list[str]]]:
    for title, notes in sections(made.found):
        yield f"{len(notes):,} {title}", [_item(note, roots) for note in notes]
    if made.found.taken_over:
        lines = [f"- {count:,} of `{_code(was)}` by `{_code(now)}`" for was, now, count in moves(made.found)]
        yield f"{len(made.found.taken_over):,} taken over: another record gives them now", lines
    if made.found.least_alike:
        lines = [_item(note, roots, before=f"{note.likeness or 0:.0%} ") for note in made.found.least_alike]
        yield "kept, though their texts are least alike", lines


def _bounded(head: list[str], blocks: Iterator[tuple[str, list[str]]]) -> str:
    """Return the lines within what a comment may hold; of each block, what does not fit is counted."""
    lines, size = head, sum(len(line) + 1 for line in head)
    for title, items in blocks:
        lines += ["<details><summary>" + title + "</summary>", ""]
        for number, item in enumerate(items):
            if size + len(item) > _MOST:
                lines.append(f"- … and {len(items) - number:,} more: `guidepress diff` shows all")
                break
            lines.append(item)
            size += len(item) + 1
        lines += ["", "</details>", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _item(note: NoteChange, roots: Sequence[Path], before: str = "") -> str:
    where = place(note.page, None, roots) if note.page else note.record_id
    text = note.text if len(note.text) <= _LONGEST else f"{note.text[:_LONGEST]}…"
    lines = [f"- {before}`{note.short_id}` `{_code(where)}` {note.note_type}: {_escaped(text)}"]
    lines += [f"  - {change.field}: {_words(change)}" for change in note.fields]
    if note.likeness is not None and not note.fields:
        lines.append(f"  - {SAME_TEXT}")
    return "\n".join(lines)


def _words(change: FieldChange) -> str:
    if change.old == change.new:
        return "only its markup"
    return "".join(_run(kind, text) for kind, text in told_words(change))


def _run(kind: str, text: str) -> str:
    """Return a run of words, marked by tags: unlike `~~` and `**` they may stand next to a space or a letter."""
    tag = {"gone": "del", "new": "ins"}.get(kind)
    return f"<{tag}>{_escaped(text)}</{tag}>" if tag else _escaped(text)


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is; a zero-width space parts a sign from the name that it would call."""
    told = _SIGNS.sub(r"\\\1", _CONTROLS.sub(" ", text)).translate(_ENTITIES)
    return _CALLING.sub("\\g<0>\N{ZERO WIDTH SPACE}", told)


def _code(text: str) -> str:
    return _CONTROLS.sub(" ", text).replace("`", "'")
