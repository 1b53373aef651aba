"""A page while its draft is made: what all layouts that give one draft work on."""

from dataclasses import dataclass, field
from typing import Any

from pipeline.config import LayoutSpec
from pipeline.layouts.reading import Draft, Extraction, Note, Reading

__all__ = ["PageContext", "labelled_fields"]


@dataclass(slots=True, kw_only=True)
class PageContext:
    """A page, its layout, the fields read so far, which of them lost their heading, and what is to be told."""

    reading: Reading
    spec: LayoutSpec
    fields: dict[str, Any] = field(default_factory=dict)
    inferred: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def compare_count(self, counted: int | None, found: int, what: str, block: int | None) -> None:
        """Note it if the page says another number of items than were read."""
        if counted is not None and counted != found:
            message = f"the page says {counted} {what}, {found} were read"
            self.notes.append(Note("count-differs", message, block))

    def extraction(self) -> Extraction:
        """Return the one draft of the page, with its notes."""
        return Extraction(self.spec.name, self.reading, [Draft(self.fields, tuple(self.inferred))], self.notes)


def labelled_fields(reading: Reading) -> dict[str, Any]:
    """Claim and return the fields that are one line behind a label; of several with one label the first counts."""
    fields: dict[str, Any] = {}
    for index, label in enumerate(reading.labels):
        if label is not None and label.kind == "value":
            reading.ledger.claim(index, label.name)
            fields.setdefault(label.name, label.groups["value"])
    return fields
