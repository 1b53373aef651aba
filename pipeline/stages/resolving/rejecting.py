"""Pages that are rejected for a finding: what `--strict` and `--fail-on` ask for."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.config import ConfigError, Settings
from pipeline.records import FINDING_CODES, LEVELS, Finding, Level, Reject

__all__ = ["Rejecting", "failing_names"]

_STRICT: Final = ("doubt", "unclaimed-text")


def failing_names(settings: Settings) -> frozenset[str]:
    """Return the codes and levels of findings that make their page a reject; a level stands for graver ones as well.

    Raises ConfigError for a name that is neither.
    """
    chosen = {*settings.fail_on, *(_STRICT if settings.strict else ())}
    known = [*LEVELS, *FINDING_CODES]
    for name in sorted(chosen - set(known)):
        near = difflib.get_close_matches(name, known, 1)
        hint = (
            f"did you mean `{near[0]}`?"
            if near
            else f"there are {', '.join(LEVELS)}, and codes (`guidepress docs findings`)"
        )
        where, line = settings.place_of("fail_on")
        raise ConfigError(f"no finding has the code or level `{name}`", where=where or "fail_on", line=line, hint=hint)
    lowest = min((LEVELS.index(name) for name in LEVELS if name in chosen), default=len(LEVELS))
    return frozenset(chosen) | frozenset(LEVELS[lowest:])


@dataclass(slots=True)
class _Case:
    finding: Finding
    number: int = 1


class Rejecting:
    """Collects the pages that have a finding which rejects them; none of their records is taken."""

    def __init__(self, failing: frozenset[str]) -> None:
        self._failing = failing
        self._cases: dict[str, _Case] = {}

    def __bool__(self) -> bool:
        """Say whether any finding can reject a page."""
        return bool(self._failing)

    def __contains__(self, path: str) -> bool:
        """Say whether a page is rejected."""
        return path in self._cases

    def paths(self) -> frozenset[str]:
        """Return the pages that are rejected so far."""
        return frozenset(self._cases)

    def rejects(self, code: str, level: str) -> bool:
        """Say whether a finding of that code and level rejects its page."""
        return code in self._failing or level in self._failing

    def judge(self, findings: Iterable[Finding]) -> None:
        """Reject the pages of those findings that do so."""
        for finding in findings:
            if not self.rejects(finding.code, finding.level):
                continue
            case = self._cases.get(finding.path)
            if case is None:
                self._cases[finding.path] = _Case(finding)
                continue
            case.number += 1
            if _gravity(finding.level) > _gravity(case.finding.level):
                case.finding = finding

    def told(self) -> list[Reject]:
        """Return a reject for each page, with the gravest of its findings, the first of these."""
        return [_reject(case) for _, case in sorted(self._cases.items())]


def _gravity(level: Level) -> int:
    return LEVELS.index(level)


def _reject(case: _Case) -> Reject:
    finding, others = case.finding, case.number - 1
    more = f" ({others:,} more of its findings reject the page)" if others else ""
    return Reject(
        path=finding.path, line=finding.line, code=finding.code, message=finding.message + more, hint=finding.hint
    )
