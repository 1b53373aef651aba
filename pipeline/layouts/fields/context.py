"""A page while its draft is made: what all layouts that give one draft work on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.config import LayoutSpec
from pipeline.layouts.reading import Draft, Extraction, Note, Reading
from pipeline.records import normalise

__all__ = ["PageContext"]


@dataclass(slots=True, kw_only=True)
class PageContext:
    """A page, its layout, the fields read so far, which of them lost their heading, and what is to be told."""

    reading: Reading
    spec: LayoutSpec
    fields: dict[str, Any] = field(default_factory=dict)
    stated: dict[str, Any] = field(default_factory=dict)  # what the layout reads outright: it goes before all else
    unstated: dict[str, Any] = field(default_factory=dict)  # what it gives where the page says nothing
    inferred: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def compare_count(self, counted: int | None, found: int, field: str, what: str, block: int | None) -> None:
        """Note it if the page says another number of items than were read of a field."""
        if counted is not None and counted != found:
            message = f"the page says {counted} {what}, {found} were read"
            self.notes.append(Note("count-differs", message, block, field=field))

    def extraction(self) -> Extraction:
        """Return the one draft of the page, with its notes."""
        said = {name: value for name, value in self.fields.items() if value}
        found = [name for name in self.unstated if name in self.spec.evidence and name not in (said | self.stated)]
        inferred = [name for name in dict.fromkeys((*self.inferred, *found)) if name not in self.stated]
        fields = {**self.fields, **self.unstated, **said, **self.stated}
        notes = [*self.notes, *_other_values(self.reading)]
        return Extraction(self.spec.name, self.reading, [Draft(fields, tuple(inferred))], notes)


def _other_values(reading: Reading) -> Iterator[Note]:
    """Yield a note of each value that stands behind a label which gave another one before."""
    first: dict[str, str] = {}
    for index, (block, label) in enumerate(zip(reading.blocks, reading.labels, strict=True)):
        if label is None or label.kind != "value" or block.field:
            continue
        name, value = label.name, label.groups["value"] or ""
        if normalise(first.setdefault(name, value)) != normalise(value):
            yield Note(
                "evidence-differs", f"the page's {name} is {first[name]!r}, and {value!r} as well", index, field=name
            )
