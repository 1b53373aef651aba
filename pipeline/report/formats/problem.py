"""One thing that a person should look at, whatever found it."""

import re
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["OF_THE_COMMAND", "Outcome", "Problem", "Severity", "clean"]

# Codes of what kept a command from its work (exit codes 1, 2 and 130); they are about no page.
OF_THE_COMMAND: Final = frozenset(("usage", "configuration", "surroundings", "input", "defect", "interrupted"))
Severity = Literal["error", "doubt", "warning", "info"]
# What XML 1.0 and terminals do not take: pages can hold anything.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """A reject, a finding, a difference, or something that could not be made or done.

    `file` is a path that can be opened from the working directory, "" where there is none; of a page in an archive it
    is the archive, without a line, and the message begins with the page.
    """

    severity: Severity
    code: str
    file: str
    line: int | None
    message: str
    hint: str
    id: str  # 12 hex digits, the same in every run that finds the same

    @property
    def text(self) -> str:
        """Return message and hint, free of control characters."""
        return clean(f"{self.message}\nhint: {self.hint}" if self.hint else self.message)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the command did on the whole."""

    exit_code: int
    pages: int = 0
    records: int = 0


def clean(text: str) -> str:
    """Return text without what neither XML nor a terminal takes."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
