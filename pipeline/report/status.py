"""What is stale, for a person and for a machine."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from pipeline.report.places import place
from pipeline.report.saying import Line, say
from pipeline.stages.inspecting import Status

__all__ = ["print_status", "status_summary"]

_SHOWN: Final = 20


def status_summary(found: Status) -> dict[str, Any]:
    """Return the status as plain data."""
    return {"current": found.current, **asdict(found)}


def print_status(found: Status, roots: Sequence[Path], console: Console) -> None:
    """Print what the next run would do."""
    unchanged = found.pages - len(found.new) - len(found.stale)
    _say(
        console,
        f"{found.pages:,} pages: {unchanged:,} unchanged, {len(found.new):,} new, {len(found.stale):,} to be parsed "
        f"again, {len(found.gone):,} gone",
    )
    if found.artifacts:
        _say(console, f"records of the last build: {_counted(found.kinds)}")
        _say(console, f"rejects of the last build: {_counted(found.reject_codes)}")
    for word, paths in (("new", found.new), ("again", found.stale), ("gone", found.gone)):
        for path in paths[:_SHOWN]:
            _say(console, f"  {word:8} {place(path, None, roots)}")
        if len(paths) > _SHOWN:
            _say(console, f"  {word:8} … and {len(paths) - _SHOWN:,} more")
    counts = Counter(found.artifacts.values())
    told = ", ".join(f"{number:,} {word.replace('-', ' ')}" for word, number in sorted(counts.items()))
    _say(console, f"{len(found.artifacts):,} artifacts" + (f": {told}" if told else ""))
    for path, word in list(found.artifacts.items()):
        if word in {"missing", "changed"}:
            _say(console, f"  {word:8} {path}")
    if found.not_made:
        _say(console, f"not made yet: {', '.join(found.not_made)}")
    if found.refused:
        _say(console, f"`guidepress all` would end with this:\n{found.refused}")
    else:
        _say(console, "Everything is up to date." if found.current else "`guidepress all` brings it up to date.")


def _counted(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in numbers.items()) or "none"


def _say(console: Console, text: str) -> None:
    say(console, Line(text))
