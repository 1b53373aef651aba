"""What a run did, in values: what the report shows and the exit code says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.records import Finding, FindingCode, Level
from pipeline.stages.comparing import Comparison
from pipeline.stages.resolving import CourseSum
from pipeline.stages.build.unused import UnusedRule
from pipeline.stages.exporting import Failure
from pipeline.stages.resolving import IdentityCounts
from pipeline.stages.writing import Fate
from pipeline.store import NoteRow, RejectCount
from pipeline.verify import Difference

__all__ = ["EXIT_PRIORITY", "FindingGroup", "RunResult", "Unclaimed", "worst"]

# DESIGN section 6: if several apply, the first of these.
EXIT_PRIORITY: Final = (130, 1, 2, 4, 3, 0)
COUNT_WARNING: Final = "count"


def worst(codes: Sequence[int]) -> int:
    """Return the exit code that goes before the others."""
    return min(codes, key=EXIT_PRIORITY.index, default=0)


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A piece of a page's text that nothing claims."""

    path: str
    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one level and code: how many there are, on how many pages, and the first of them."""

    level: Level
    code: FindingCode
    count: int
    pages: int
    examples: Sequence[Finding]


@dataclass(slots=True)
class RunResult:
    """What a run did. Lists of rejects, findings and unclaimed text are cut; their numbers are not."""

    pages: int = 0
    parsed: int = 0
    gone: int = 0
    ignored: Mapping[str, int] = field(default_factory=dict)
    visible: int = 0
    unclaimed_characters: int = 0
    unclaimed_pages: int = 0
    unclaimed: Sequence[Unclaimed] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    courses: Sequence[CourseSum] = ()
    reject_codes: Mapping[str, int] = field(default_factory=dict)
    rejects: Sequence[NoteRow] = ()
    causes: Sequence[RejectCount] = ()  # of rejects; those of the most pages first
    findings: Sequence[FindingGroup] = ()  # the gravest first
    unused: Sequence[UnusedRule] = ()
    identity: IdentityCounts | None = None
    would_change: Comparison | None = None  # what a frozen lock would have learned
    fates: dict[str, Fate] = field(default_factory=dict)
    deleted: Sequence[str] = ()
    failures: list[Failure] = field(default_factory=list)
    verified: int | None = None  # artifacts found right; None if nothing was verified
    differences: Sequence[Difference] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    tracebacks: list[str] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Return how many records the build has."""
        return sum(self.kinds.values())

    @property
    def finding_codes(self) -> dict[str, int]:
        """Return how many findings there are of each code."""
        codes: dict[str, int] = {}
        for group in sorted(self.findings, key=lambda group: group.code):
            codes[group.code] = codes.get(group.code, 0) + group.count
        return codes

    def of_level(self, level: Level) -> dict[str, int]:
        """Return how many findings there are of each code of that level."""
        return {group.code: group.count for group in self.findings if group.level == level}

    @property
    def count_warnings(self) -> int:
        """Return how many of the pages' own counts differ from what was read."""
        return sum(number for code, number in self.finding_codes.items() if code.startswith(COUNT_WARNING))

    @property
    def exit_code(self) -> int:
        """Return the exit code of a command that did this: 0, or 1 to 4 (README, "Commands")."""
        codes = [failure.exit_code for failure in self.failures]
        if self.tracebacks:
            codes.append(1)
        if self.differences or (self.identity and self.identity.lock == "would change"):
            codes.append(4)
        if self.reject_codes:
            codes.append(3)
        return worst(codes)
