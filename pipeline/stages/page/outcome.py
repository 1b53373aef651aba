"""What parsing one page gave: records or a reject, findings, the ledger's numbers, and the media it uses."""

from pydantic import BaseModel, ConfigDict, Field

from pipeline.layouts.reading import LedgerSummary
from pipeline.records import Finding, Record, Reject

__all__ = ["AssetUse", "ParseOutcome"]


class AssetUse(BaseModel):
    """A file that the page named: `sha256` is None if it was not found. If it changes, the page is parsed again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ref: str
    sha256: str | None


class ParseOutcome(BaseModel):
    """The result of parsing one page: picklable, and (but for the media's bytes) kept as JSON by the store."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    records: tuple[Record, ...] = ()
    rejects: tuple[Reject, ...] = ()
    findings: tuple[Finding, ...] = ()
    ledger: LedgerSummary = LedgerSummary()
    headings: tuple[str, ...] = Field(default=(), description="Headings that no field and no rule claims.")
    assets: tuple[AssetUse, ...] = ()
    media: dict[str, bytes] = Field(default={}, exclude=True, description="Bytes by `Media.name`.")
