"""Rejects and findings by their cause: what it means, on how many pages it is, a few of them, and what to do."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from pipeline.records import ERROR_CODES, FINDING_CODES, LEVELS
from pipeline.report.places import place
from pipeline.report.saying import Line
from pipeline.stages.build import RunResult

__all__ = ["Cause", "causes_of", "lines_of", "meaning_of"]

_EXAMPLES: Final = 3  # of one cause
_LONGEST: Final = 160  # characters of an example's message, where only examples are shown
_REJECT: Final = "reject"
_STYLES: Final = {_REJECT: "bold red", "doubt": "bold magenta", "warning": "bold yellow", "info": "bold"}


class Note(Protocol):
    """What a reject and a finding have in common."""

    @property
    def path(self) -> str:
        """Return the raw page."""

    @property
    def line(self) -> int | None:
        """Return the line, or None."""

    @property
    def message(self) -> str:
        """Return what was found."""

    @property
    def hint(self) -> str:
        """Return what to do."""


@dataclass(frozen=True, slots=True)
class _Read:
    path: str
    line: int | None
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Cause:
    """All rejects, or all findings of one level, that have one code; `notes` are the first of them, or all."""

    code: str
    level: str  # "reject", or that of the findings
    count: int
    pages: int
    notes: Sequence[Note]


def causes_of(result: RunResult, build: Path, *, every: bool) -> list[Cause]:
    """Return what is to be told, the gravest level last (it stays on the screen), of a level the most pages first.

    With `every`, all notes of each cause, and those that are only information: from the files in `build`.
    """
    found = [Cause(one.code, _REJECT, one.pages, one.pages, one.examples) for one in result.causes]
    found += [
        Cause(group.code, group.level, group.count, group.pages, group.examples)
        for group in result.findings
        if every or group.level != "info"
    ]
    if every:
        all_of = {**_read(build / "rejects.jsonl"), **_read(build / "findings.jsonl")}
        found = [
            Cause(one.code, one.level, one.count, one.pages, all_of.get((one.level, one.code), one.notes))
            for one in found
        ]
    order = (*LEVELS, _REJECT)
    return sorted(found, key=lambda one: (order.index(one.level), -one.pages, -one.count, one.code))


def lines_of(cause: Cause, roots: Sequence[Path], *, every: bool) -> Iterator[Line]:
    """Yield a headline, three examples (or all) of as many pages, how many more there are, and what to do."""
    yield Line(
        f"{cause.code}: {_counted(cause)}: {meaning_of(cause.code, cause.level)}", len(cause.code), _STYLES[cause.level]
    )
    shown = list(cause.notes) if every else list(_of_other_pages(cause.notes))[:_EXAMPLES]
    hints = list(dict.fromkeys(_general(note) for note in shown if note.hint))
    before = ""
    for note in shown:
        first, *more = note.message.splitlines() or [""]
        message = " ".join([first, *(line.strip() for line in more)])
        if not every and len(message) > _LONGEST:
            message = f"{message[:_LONGEST].rstrip()}…"
        where = place(note.path, note.line, roots)
        yield Line(f"  {where}" if message == before else f"  {where}: {message}", len(where) + 2, "cyan")
        before = message
        if len(hints) > 1 and note.hint:
            yield Line(f"    hint: {note.hint}", 9, "dim")
    left = cause.pages - len({note.path for note in shown})
    if left > 0:
        yield Line(f"  … and {left:,} more page{'s' if left > 1 else ''}: -v shows all")
    if len(hints) == 1:
        yield Line(f"  hint: {next(note.hint for note in shown if note.hint)}", 7, "dim")


def meaning_of(code: str, level: str = "") -> str:
    """Return what a code means: as that of a reject (which may have that of a finding), or of findings of a level."""
    finding = next((meant.meaning for name, meant in FINDING_CODES.items() if name == code), "")
    return finding if level in LEVELS else ERROR_CODES.get(code, finding)


def _counted(cause: Cause) -> str:
    pages = f"{cause.pages:,} page{'s' if cause.pages != 1 else ''}"
    if cause.level == _REJECT:
        return f"{pages} rejected"
    name = "" if cause.level == "info" else f" {cause.level}{'s' if cause.count != 1 else ''}"
    return f"{cause.count:,}{name} on {pages}"


def _of_other_pages(notes: Iterable[Note]) -> Iterator[Note]:
    """Yield the first note of each page."""
    yield from {note.path: note for note in reversed(list(notes))}.values().__reversed__()


def _general(note: Note) -> str:
    """Return a hint without the name of its page: that of another page may say the same."""
    return note.hint.replace(note.path, "")


def _read(path: Path) -> dict[tuple[str, str], list[Note]]:
    """Return all that a file of rejects or findings tells, by level and code, in its order."""
    found: dict[tuple[str, str], list[Note]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            note = _Read(told["path"], told["line"], told["message"], told["hint"])
            found.setdefault((told.get("level", _REJECT), told["code"]), []).append(note)
    return found
