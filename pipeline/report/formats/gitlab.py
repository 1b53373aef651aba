"""GitLab's Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Final

from pipeline.report.formats.problem import Outcome, Problem, Severity, clean

__all__ = ["gitlab"]

_SEVERITIES: Final[dict[Severity, str]] = {"error": "critical", "doubt": "major", "warning": "minor", "info": "info"}


def gitlab(problems: Sequence[Problem], _outcome: Outcome) -> str:
    """Return a JSON array. `fingerprint` is the finding's id, with a number behind it where two say the same; `path`
    and a line are required, so what has no line stands on the first.
    """
    seen: Counter[str] = Counter()
    entries = []
    for problem in problems:
        seen[problem.id] += 1
        again = seen[problem.id]
        entries.append(
            {
                "description": problem.text,
                "check_name": problem.code,
                "fingerprint": problem.id if again == 1 else f"{problem.id}-{again}",
                "severity": _SEVERITIES[problem.severity],
                "location": {"path": clean(problem.file) or ".", "lines": {"begin": problem.line or 1}},
            }
        )
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
