"""What a run did, for a person at a terminal: messages in the form of every error, then one table."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from pipeline.records import FINDING_CODES
from pipeline.report.identities import told_of_identities
from pipeline.report.places import place
from pipeline.stages.build import FindingGroup, RunResult
from pipeline.stages.resolving import DEFINITION_DIFFERS, IdentityCounts
from pipeline.store import NoteRow

__all__ = ["print_messages", "print_table"]

_SHOWN: Final = 20
_EXAMPLES: Final = 3  # of one code
_LONGEST: Final = 140  # characters of an example's line
_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def print_messages(result: RunResult, roots: Sequence[Path], console: Console) -> None:
    """Print what needs a person's eye: findings, rejects, failures, differences; of many of a kind only the first."""
    for rule in result.unused:
        _say(console, _told(rule.place or "settings", rule.message, "the path is that within the raw folder"))
    for group in reversed(result.findings):  # the gravest last: it stays on the screen
        if group.level != "info":
            _say(console, _grouped(group, roots))
    for code, count in result.reject_codes.items():
        for reject in [one for one in result.rejects if one.code == code][:_EXAMPLES]:
            _say(console, _note(reject, roots))
        if count > _EXAMPLES:
            _say(console, f"… and {count - _EXAMPLES:,} more `{code}` rejects: see rejects.jsonl in the build folder")
    for failure in result.failures[:_SHOWN]:
        _say(console, _told(failure.path, failure.message, failure.hint))
    _more(console, len(result.failures), "artifacts that could not be made", "report.json")
    for difference in result.differences[:_SHOWN]:
        about = f"{difference.record_id}: " if difference.record_id else ""
        _say(console, _told(difference.artifact, about + difference.message, difference.hint))
    _more(console, len(result.differences), "differences", "report.json")
    if result.identity and result.identity.upgraded_from:
        said = f"its format was version {result.identity.upgraded_from}, and is the newest now"
        _say(console, _told("cards.lock", said, "commit it; older versions of guidepress do not read it"))
    if result.identity and result.identity.unasked:
        _say(console, _unasked(result.identity))
    for message, hint in told_of_identities(result.identity) if result.identity else ():
        _say(console, _told("cards.lock", message, hint))
    if result.identity and result.identity.lock == "would change":
        _say(
            console,
            _told(
                "cards.lock",
                f"would change: {result.identity.new} new notes, {result.identity.updated} changed, "
                f"{result.identity.retired_now} retired; nothing was exported (--frozen)",
                "run without --frozen and commit the lock",
            ),
        )


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
        "Unclaimed text", f"{result.unclaimed_characters:,}", f"characters on {result.unclaimed_pages:,} pages"
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


def _unasked(found: IdentityCounts) -> str:
    examples = [f"{path}: {' '.join(text.split())[:_LONGEST]}" for path, text in found.unasked[:_EXAMPLES]]
    if len(found.unasked) > _EXAMPLES:
        examples.append(f"and {len(found.unasked) - _EXAMPLES:,} more: see report.json in the build folder")
    number = "1 text makes" if len(found.unasked) == 1 else f"{len(found.unasked):,} texts make"
    return _told("cards", "\n".join([f"{number} no card: too little is left to tell what is asked", *examples]), "")


def _unchanged(result: RunResult) -> int:
    return max(0, result.pages - result.parsed)


def _counted(numbers: object) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in dict(numbers).items())  # type: ignore[call-overload]


def _note(note: NoteRow, roots: Sequence[Path]) -> str:
    return _told(place(note.path, note.line, roots), note.message, note.hint)


def _grouped(group: FindingGroup, roots: Sequence[Path]) -> str:
    """Return the findings of one code as one message: what it means, three of them, and how many more there are."""
    number = f"{group.count:,} {group.level}{'s' if group.count > 1 else ''}"
    lines = [f"{group.code}: {number}: {FINDING_CODES[group.code].meaning}"]
    shown = group.examples[:_EXAMPLES]
    for finding in shown:
        message = " ".join(finding.message.split())
        cut = message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"
        lines.append(f"  {place(finding.path, finding.line, roots)}: {cut}")
    if group.count > len(shown):
        lines.append(f"  … and {group.count - len(shown):,} more: see report.html, or findings.jsonl")
    return "\n".join(lines)


def _told(where: str, message: str, hint: str) -> str:
    first, *rest = message.splitlines() or [""]
    lines = [f"{where}: {first}", *(f"  {line.strip()}" for line in rest)]
    if hint:
        lines += ["  hint: " + hint.replace("\n", "\n    ")]
    return "\n".join(lines)


def _more(console: Console, total: int, what: str, where: str) -> None:
    if total > _SHOWN:
        _say(console, f"… and {total - _SHOWN:,} more {what}: see {where} in the build folder")


def _say(console: Console, text: str) -> None:
    # Pages can hold anything: no markup, no control characters, no colours guessed into it, no wrapped paths.
    console.print(_CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text), markup=False, highlight=False, soft_wrap=True)
