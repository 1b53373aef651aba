"""How a long stage tells how far it is. What is shown of that, and whether anything is, the caller decides."""

from typing import Protocol

__all__ = ["Progress", "Silent"]


class Progress(Protocol):
    """Follows the work of one stage after the other."""

    def start(self, stage: str, total: int | None) -> None:
        """Begin a stage of `total` steps; None if that is not known."""

    def advance(self, steps: int = 1) -> None:
        """Count finished steps."""

    def workers(self, count: int) -> None:
        """Tell how many workers of a cluster there are, whenever that has changed."""

    def note(self, message: str) -> None:
        """Tell something that the user should know now: the state was discarded, say."""


class Silent:
    """Shows nothing."""

    def start(self, stage: str, total: int | None) -> None:
        """Do nothing."""

    def advance(self, steps: int = 1) -> None:
        """Do nothing."""

    def workers(self, count: int) -> None:
        """Do nothing."""

    def note(self, message: str) -> None:
        """Do nothing."""
