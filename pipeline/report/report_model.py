"""The shape of `report.json`: one typed model, from which its JSON Schema and docs/report.md are made."""

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.records import Finding

__all__ = ["REPORT_VERSION", "DiffReport", "ErrorReport", "Report", "report_schema"]

REPORT_VERSION: Final = 1  # adding a key keeps it; removing or retyping one raises it


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class UnclaimedPiece(_Part):
    """A piece of a page's text that nothing claims."""

    path: str
    line: int | None
    text: str


class Unclaimed(_Part):
    """Text that neither a field nor a boilerplate rule claims."""

    characters: int
    pages: int
    visible: int = Field(description="Characters of all visible text, claimed or not.")
    shown: tuple[UnclaimedPiece, ...]


class Levels(_Part):
    """How many findings there are of each level."""

    info: int
    warning: int
    doubt: int


class UnusedRule(_Part):
    """A rule of the settings that is for no page."""

    place: str
    message: str


class KeptNote(_Part):
    """A fact or question that keeps its identity though its text is hardly the same any more."""

    short_id: str
    record_id: str
    old: str
    new: str
    alike: float = Field(description="Which share of the words of both texts is in both, 0 to 1.")


class Identity(_Part):
    """What became of the notes."""

    notes: int
    new: int
    updated: int = Field(description="Notes of which something that is studied changed.")
    kept: int
    retired_now: int
    retired: int
    missing: int
    missing_records: tuple[str, ...]
    lock: Literal["unchanged", "written", "would change"]
    upgraded_from: int | None = Field(description="The older version of its format that the lock had.")
    unasked: tuple[tuple[str, str], ...] = Field(description="Page and text of what makes no card.")
    twice: tuple[str, ...] = Field(description="What stood twice in the lock after a merge, and which of it holds.")
    taken_over: tuple[tuple[str, str], ...] = Field(
        description="Records that were not read in this run, and the records that have notes of theirs now."
    )
    least_alike: tuple[KeptNote, ...] = Field(description="Notes that no rule can tell from others, the first of them.")


class ChangedField(_Part):
    """A field of a note as plain text, before and after."""

    field: str
    old: str
    new: str


class Note(_Part):
    """A note that is new, changed, retired, or another record's."""

    guid: str
    short_id: str
    note_type: str
    deck: str
    page: str = Field(description="Its raw path.")
    record_id: str
    text: str
    fields: tuple[ChangedField, ...]
    was: str = Field(description="The record that had it before, if that was another one.")
    likeness: float | None = Field(description="Share of its words that stayed, 0 to 1.")


class WouldChange(_Part):
    """The notes that a frozen lock would have learned of: at most 1,000 of each kind."""

    new: tuple[Note, ...]
    changed: tuple[Note, ...]
    retired: tuple[Note, ...]
    taken_over: tuple[Note, ...]


class Artifacts(_Part):
    """What became of the files."""

    written: int
    kept: int
    deleted: int
    files: dict[str, Literal["written", "kept"]]
    deleted_files: tuple[str, ...]


class ArtifactFailure(_Part):
    """An artifact, or all of an exporter's, that could not be made."""

    artifact: str
    message: str
    hint: str


class ArtifactDifference(_Part):
    """Something that an artifact does not say as the records do."""

    artifact: str
    message: str
    record_id: str | None
    hint: str


class Course(_Part):
    """A course of the build."""

    slug: str
    title: str
    publisher: str
    records: int
    kinds: dict[str, int]
    content_digest: str = Field(description="64 hex digits over the course's records.")


class RejectedPage(_Part):
    """A page that gave no record."""

    path: str
    line: int | None
    code: str
    message: str
    hint: str


class Shown(_Part):
    """The first rejects, and the first findings of each code; the files hold all of them."""

    rejects: tuple[RejectedPage, ...]
    findings: tuple[Finding, ...]


class Report(_Part):
    """What a run did. Numbers are of the whole build; lists of single things may be cut."""

    schema_version: Literal[1] = Field(description="The version of this schema.")
    exit_code: int
    pages: int
    parsed: int = Field(description="Pages that were parsed in this run.")
    unchanged: int
    gone: int = Field(description="Pages of the last run that are no longer there.")
    ignored: dict[str, int] = Field(description="Files that are no pages by rule, by reason.")
    records: int
    kinds: dict[str, int] = Field(description="Records of each kind.")
    rejects: int
    reject_codes: dict[str, int]
    unclaimed: Unclaimed
    count_warnings: int = Field(description="Pages' own counts that differ from what was read.")
    findings: int
    finding_codes: dict[str, int]
    finding_levels: Levels
    unused_rules: tuple[UnusedRule, ...]
    identity: Identity | None = Field(description="null if the run had no need of the lock.")
    would_change: WouldChange | None = Field(description="null unless --frozen found that the lock would change.")
    artifacts: Artifacts
    failures: tuple[ArtifactFailure, ...]
    verified: int | None = Field(description="Artifacts found right; null if nothing was verified.")
    differences: tuple[ArtifactDifference, ...]
    seconds: dict[str, float] = Field(description="By stage, and `total`.")
    courses: tuple[Course, ...]
    shown: Shown


class DiffCounts(_Part):
    """How many notes there are of each kind of change."""

    new: int
    changed: int
    retired: int
    missing: int
    taken_over: int
    other_build: int
    least_alike: int
    unchanged: int


class DiffReport(_Part):
    """How the notes of the pages as they are now differ from an older state, or what a person edited in Anki."""

    schema_version: Literal[1] = Field(description="The version of this schema.")
    exit_code: Literal[0, 4] = Field(description="4 if something differs and --exit-code was given.")
    against: str = Field(description="What was compared with: a path, or a revision with its commit.")
    rejects: int = Field(description="Pages that give no record now; their notes are among the missing.")
    counts: DiffCounts
    new: tuple[Note, ...]
    changed: tuple[Note, ...]
    retired: tuple[Note, ...] = Field(description="Their pages no longer have them.")
    missing: tuple[Note, ...] = Field(description="Their pages were not read, or their kind is switched off.")
    taken_over: tuple[Note, ...] = Field(description="Another record gives them now; may be among `changed` as well.")
    other_build: tuple[Note, ...] = Field(
        description="With --anki: their field `Given` is not that of the decks that were compared with."
    )
    least_alike: tuple[Note, ...] = Field(description="Of `changed`, those whose texts differ most.")
    unchanged: int


class ErrorTold(_Part):
    """What went wrong, as the error stream tells it."""

    kind: Literal["usage", "configuration", "surroundings", "input", "defect", "interrupted"]
    message: str
    where: str = ""
    line: int | None = None
    detail: str = ""
    hint: str = ""


class ErrorReport(_Part):
    """What `--json` prints where a command could not do its work: exit codes 1, 2 and 130."""

    schema_version: Literal[1] = Field(1, description="The version of this schema.")
    exit_code: Literal[1, 2, 130]
    error: ErrorTold


def report_schema(model: type[BaseModel] = Report) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a report, or of what `--json` prints instead of one."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema(mode="serialization")}
