"""A page while its draft is made: what all layouts that give one draft work on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.config import LayoutSpec
from pipeline.layouts.reading import Draft, Extraction, Note, Reading
from pipeline.records import normalise

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
        notes = [*self.notes, *_other_values(self.reading)]
        return Extraction(self.spec.name, self.reading, [Draft(self.fields, tuple(self.inferred))], notes)


def labelled_fields(reading: Reading) -> dict[str, Any]:
    """Claim and return the fields that are one line behind a label; of several with one label the first counts."""
    fields: dict[str, Any] = {}
    for index, name, value in _labelled(reading):
        reading.ledger.claim(index, name)
        fields.setdefault(name, value)
    return fields


def _labelled(reading: Reading) -> Iterator[tuple[int, str, str]]:
    for index, label in enumerate(reading.labels):
        if label is not None and label.kind == "value":
            yield index, label.name, label.groups["value"] or ""


def _other_values(reading: Reading) -> Iterator[Note]:
    """Yield a note of each value that stands behind a label which gave another one before."""
    first: dict[str, str] = {}
    for index, name, value in _labelled(reading):
        if normalise(first.setdefault(name, value)) != normalise(value):
            yield Note(
                "evidence-differs", f"the page's {name} is {first[name]!r}, and {value!r} as well", index, field=name
            )
