"""The formats by name."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pipeline.report.formats.github import github
from pipeline.report.formats.gitlab import gitlab
from pipeline.report.formats.junit import junit
from pipeline.report.formats.problem import Outcome, Problem
from pipeline.report.formats.sarif import sarif

__all__ = ["FORMATS", "formatted"]

FORMATS: Final[Mapping[str, Callable[[Sequence[Problem], Outcome], str]]] = {
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "sarif": sarif,
}


def formatted(name: str, problems: Sequence[Problem], *, exit_code: int, pages: int = 0, records: int = 0) -> str:
    """Return problems in one of the `FORMATS`: a whole document, whatever the command ended with."""
    return FORMATS[name](problems, Outcome(exit_code, pages, records))
