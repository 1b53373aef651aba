"""What a layout gives for a page: drafts of records, findings, and the reason if there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.layouts.reading.page import Reading
from pipeline.records import FindingCode, Level

__all__ = ["Draft", "Extraction", "Note", "Origin", "Shortfall"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page comes from: its path within the raw folder, its address, its title, and what the user says of it."""

    path: str
    url: str | None = None
    title: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)  # by `[[defaults]]`: names of fields that it may lack


@dataclass(frozen=True, slots=True)
class Draft:
    """A record's fields before validation; what the page lacks is absent, and may yet be given."""

    fields: dict[str, Any]
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell of a page: a code, a sentence, and the block that it is about.

    What was read (`value`) is the block's text if it is not given, `level` that of the code.
    """

    code: FindingCode
    message: str
    block: int | None = None
    hint: str = ""
    field: str | None = None
    value: str | None = None
    signs: tuple[str, ...] = ()
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why a page gave no record of this layout: what was expected, what was found."""

    code: str
    message: str
    block: int | None = None


@dataclass(slots=True)
class Extraction:
    """Everything a layout made of a page."""

    layout: str
    reading: Reading
    drafts: list[Draft] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
