"""The parts of a study guide's outline: its lead, its sections, and what its known headings stand over."""

from dataclasses import dataclass, field
from typing import Final

from pipeline.layouts.reading import Note

__all__ = ["LEAD", "SECTION", "GuideOutline", "Part"]

LEAD: Final = "lead"
SECTION: Final = "section"


@dataclass(slots=True)
class Part:
    """What stands under one heading; `name` is a field of the layout, LEAD or SECTION."""

    name: str
    heading: int | None = None
    level: int = 2
    blocks: list[int] = field(default_factory=list)
    counted: int | None = None
    inferred: bool = False  # its heading had no mark


@dataclass(slots=True)
class GuideOutline:
    """A guide's parts in order, and what is none of them."""

    parts: list[Part]
    notices: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    card: list[int] = field(default_factory=list)  # words of the card "more resources" that are headings elsewhere
    notes: list[Note] = field(default_factory=list)
    end: int = 0  # the first block behind the guide

    def named(self, name: str) -> list[Part]:
        """Return the parts of that name."""
        return [part for part in self.parts if part.name == name]
