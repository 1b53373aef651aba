"""What became of each visible character of a page, in numbers, for reports."""

from pydantic import BaseModel, ConfigDict

__all__ = ["LedgerSummary", "Unclaimed"]


class Unclaimed(BaseModel):
    """A run of visible text that neither a field nor a boilerplate rule claims."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int | None  # in the decoded source, from 1
    text: str


class LedgerSummary(BaseModel):
    """Characters of a page's visible text by owner; all of them sum up to `visible`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    visible: int = 0
    fields: dict[str, int] = {}
    boilerplate: dict[str, int] = {}
    unclaimed: tuple[Unclaimed, ...] = ()
