"""Workflow commands of GitHub Actions, which become annotations.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions; how values are escaped is said only by
the runner's own toolkit (`packages/core/src/command.ts`): `%`, CR and LF, in properties also `:` and `,`.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.report.formats.problem import Outcome, Problem, Severity, clean

__all__ = ["github"]

_COMMANDS: Final[dict[Severity, str]] = {"error": "error", "doubt": "warning", "warning": "warning", "info": "notice"}


def github(problems: Sequence[Problem], _outcome: Outcome) -> str:
    """Return a line for each problem, the gravest first: GitHub shows ten errors and ten warnings of a step."""
    return "".join(f"{line}\n" for line in map(_command, problems))


def _command(problem: Problem) -> str:
    return f"::{_COMMANDS[problem.severity]} {','.join(_properties(problem))}::{_data(problem.text)}"


def _properties(problem: Problem) -> Iterator[str]:
    if problem.file:
        yield f"file={_property(problem.file)}"
    if problem.line:
        yield f"line={problem.line}"
    yield f"title={_property(problem.code)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(clean(text)).replace(":", "%3A").replace(",", "%2C")
