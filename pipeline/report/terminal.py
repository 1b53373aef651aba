"""What a run did, for a person at a terminal: messages in the form of every error, then one table."""

from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table

from pipeline.config import Settings
from pipeline.report.causes import causes_of, lines_of
from pipeline.report.comparing import frozen_lines
from pipeline.report.identities import number_of_notes, told_of_identities, told_of_unasked
from pipeline.report.saying import Line, say
from pipeline.stages.build import RunResult
from pipeline.stages.resolving import DEFINITION_DIFFERS

__all__ = ["print_messages", "print_table"]

_SHOWN: Final = 20
_EXAMPLES: Final = 3


def print_messages(
    result: RunResult, settings: Settings, console: Console, *, loudness: int = 0, oddities: Sequence[str] = ()
) -> None:
    """Print what needs a person's eye: findings, rejects, failures, differences; of many of a cause only the first.

    `oddities` are lines of exporters about what could not be shown as it stands. A `loudness` of -1 keeps to what makes
    the run fail, 1 prints every reject and finding.
    """
    if loudness >= 0:
        if result.identity:
            # It asks for nothing: of pages that were there before it is only counted.
            examples = None if loudness else _EXAMPLES if result.parsed else 0
            _list(console, "cards", told_of_unasked(result.identity, settings.raw, examples=examples))
        for text in oddities:
            say(console, Line(text, text.find(":"), "bold yellow"))
        for rule in result.unused:
            _tell(console, rule.place or "settings", rule.message, "the path is that within the raw folder")
    for cause in causes_of(result, settings.build, every=loudness > 0):
        if loudness >= 0 or cause.level == "reject":
            for line in lines_of(cause, settings.raw, every=loudness > 0):
                say(console, line)
    failures = result.failures if loudness > 0 else result.failures[:_SHOWN]
    for failure in failures:
        _tell(console, failure.path, failure.message, failure.hint)
    _more(console, len(result.failures) - len(failures), "artifacts that could not be made")
    differences = result.differences if loudness > 0 else result.differences[:_SHOWN]
    for difference in differences:
        about = f"{difference.record_id}: " if difference.record_id else ""
        _tell(console, difference.artifact, about + difference.message, difference.hint)
    _more(console, len(result.differences) - len(differences), "differences")
    if result.identity and loudness >= 0:
        for about, message, hint in told_of_identities(result.identity, settings.raw):
            _tell(console, about, message, hint)
    if result.identity and result.identity.lock == "would change":
        told = (
            f"would change: {number_of_notes(result.identity.new, 'new ')}, {result.identity.updated} changed, "
            f"{result.identity.retired_now} retired; nothing was exported (--frozen)"
        )
        notes = frozen_lines(result.would_change, settings.raw) if result.would_change else ()
        _tell(console, "cards.lock", "\n".join((told, *notes)), "run without --frozen and commit the lock")


def print_table(result: RunResult, console: Console) -> None:
    """Print one table: pages, records, rejects, unclaimed text, artifacts, seconds."""
    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column(style="dim")
    rejects = sum(result.reject_codes.values())
    table.add_row("Pages read", f"{result.pages:,}", f"{result.parsed:,} parsed, {_unchanged(result):,} unchanged")
    table.add_row("Records", f"{result.records:,}", _counted(result.kinds))
    table.add_row("Rejects", f"{rejects:,}", _counted(result.reject_codes))
    table.add_row(
        "Unclaimed text",
        f"{result.unclaimed_characters:,}",
        f"characters on {result.unclaimed_pages:,} page{'s' if result.unclaimed_pages != 1 else ''}",
    )
    doubts, warnings = result.of_level("doubt"), result.of_level("warning")
    table.add_row("Doubts", f"{sum(doubts.values()):,}", _counted(doubts))
    table.add_row("Warnings", f"{sum(warnings.values()):,}", _counted(warnings))
    duplicates = result.finding_codes.get("duplicate", 0)
    table.add_row("Duplicates", f"{duplicates:,}", "pages whose record another page gives more fully")
    if differing := result.finding_codes.get(DEFINITION_DIFFERS, 0):
        table.add_row("Definitions differ", f"{differing:,}", "between a guide and a key-term page: see report.html")
    if result.identity:
        found = result.identity
        told = f"{found.new:,} new, {found.updated:,} changed, {found.retired_now:,} retired, {found.missing:,} missing"
        table.add_row("Notes", f"{found.notes:,}", f"{told}; lock {found.lock}")
    if result.fates:
        fates = list(result.fates.values())
        told = f"{fates.count('written'):,} written, {fates.count('kept'):,} kept, {len(result.deleted):,} deleted"
        if result.failures:
            told += f", {len(result.failures):,} could not be made"
        table.add_row("Artifacts", f"{len(fates):,}", told)
    if result.verified is not None:
        table.add_row(
            "Verified", f"{result.verified:,}", f"artifacts read back, {len(result.differences):,} differences"
        )
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in result.seconds.items())
    table.add_row("Seconds", f"{sum(result.seconds.values()):.1f}", stages)
    console.print(table)
    if result.fates and not result.parsed and set(result.fates.values()) == {"kept"} and not result.deleted:
        console.print("Nothing has changed: no page was parsed again, no artifact was written again.")


def _unchanged(result: RunResult) -> int:
    return max(0, result.pages - result.parsed)


def _counted(numbers: Mapping[str, int]) -> str:
    return ", ".join(
        f"{name} {number:,}" for name, number in sorted(numbers.items(), key=lambda one: (-one[1], one[0]))
    )


def _tell(console: Console, where: str, message: str, hint: str) -> None:
    _list(console, where, message.splitlines() or [""], "bold red")
    for number, line in enumerate(hint.splitlines()):
        say(console, Line(f"    {line}" if number else f"  hint: {line}", 0 if number else 7, "dim"))


def _list(console: Console, where: str, lines: Sequence[str], style: str = "bold") -> None:
    for number, line in enumerate(lines):
        say(console, Line(f"  {line.strip()}") if number else Line(f"{where}: {line}", len(where), style))


def _more(console: Console, left: int, what: str) -> None:
    if left > 0:
        say(console, Line(f"… and {left:,} more {what}: -v shows all"))
