"""What a run has to tell as problems: all rejects and findings of the build, and what the run itself could not do."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from pipeline.config import Settings
from pipeline.records import Finding
from pipeline.report.comparing import frozen_lines
from pipeline.report.formats.problem import Problem, Severity
from pipeline.report.identities import number_of_notes
from pipeline.report.places import place
from pipeline.stages.build import RunResult

__all__ = ["problems_of"]

_MEMBER: Final = "!/"  # between an archive's path and that of a page in it


def problems_of(result: RunResult, settings: Settings) -> list[Problem]:
    """Return all problems of a run, the gravest first; those of pages by path and line."""
    found = [*_of_the_run(result, settings), *_rejects(settings), *_findings(settings)]
    order: tuple[Severity, ...] = ("error", "doubt", "warning", "info")
    return sorted(found, key=lambda one: order.index(one.severity))


def _of_the_run(result: RunResult, settings: Settings) -> Iterator[Problem]:
    for failure in result.failures:
        at = _shown(settings.build / failure.path), None
        yield _problem("error", "not-made", at, f"{failure.path}: {failure.message}", failure.hint)
    for difference in result.differences:
        about = f"{difference.record_id}: " if difference.record_id else ""
        at = _shown(settings.build / difference.artifact), None
        yield _problem("error", "difference", at, about + difference.message, difference.hint)
    for rule in result.unused:
        file, _, line = rule.place.rpartition(":")
        yield _problem("warning", "unused-rule", (file or rule.place, _number(line)), rule.message, "")
    if (notes := result.would_change) is not None:
        counts = (
            f"{number_of_notes(len(notes.new), 'new ')}, {len(notes.changed)} changed, {len(notes.retired)} retired"
        )
        told = "\n".join((f"the lock would change: {counts}", *frozen_lines(notes, settings.raw)))
        hint = "run without --frozen and commit the lock"
        at = _shown(settings.lock), None
        yield _problem("error", "lock-would-change", at, told, hint)


def _rejects(settings: Settings) -> Iterator[Problem]:
    for line in _lines(settings.build / "rejects.jsonl"):
        told = json.loads(line)
        file, number, about = _located(told["path"], told["line"], settings.raw)
        name = _name(told["code"], told["path"])
        yield Problem("error", told["code"], file, number, about + told["message"], told["hint"], name)


def _findings(settings: Settings) -> Iterator[Problem]:
    for line in _lines(settings.build / "findings.jsonl"):
        one = Finding.model_validate_json(line)
        file, number, about = _located(one.path, one.line, settings.raw)
        yield Problem(one.level, one.code, file, number, about + one.message, one.hint, one.id)


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8") as handle:
            yield from handle
    except FileNotFoundError:
        return  # nothing was parsed yet, or the file is the very thing that verification misses


def _located(path: str, line: int | None, roots: Sequence[Path]) -> tuple[str, int | None, str]:
    """Return file, line, and what the message begins with: a page in an archive has no file of its own."""
    outer, separator, member = path.partition(_MEMBER)
    file = _shown(Path(place(outer, None, roots)))
    if not separator:
        return file, line, ""
    return file, None, f"{member}:{line}: " if line else f"{member}: "


def _shown(path: Path) -> str:
    """Return a path relative to the working directory, where it is below it: code hosts know only those."""
    absolute, here = path.absolute(), Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else path.as_posix()


def _problem(severity: Severity, code: str, at: tuple[str, int | None], message: str, hint: str) -> Problem:
    file, line = at
    return Problem(severity, code, file, line, message, hint, _name(code, file, message.partition("\n")[0]))


def _name(*said: str) -> str:
    return hashlib.sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
