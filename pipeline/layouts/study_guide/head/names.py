"""The names of a guide, as far as its head has been read, and which text said them."""

from dataclasses import dataclass, field

from pipeline.blocks import Piece
from pipeline.layouts.reading import Note
from pipeline.layouts.study_guide.head.crumbs import Crumb

__all__ = ["GuideHead"]


@dataclass(slots=True)
class GuideHead:
    """What stands above a guide's text; `start` is the first block behind it; a claim is (block, start, end, field)."""

    title: Piece | None = None
    topic: str | None = None
    course: str | None = None
    course_url: str | None = None
    course_line: Crumb | None = None  # a line that may say it by its place alone
    course_place: str = ""  # where it was said, if by no line of the page
    unit_number: int | None = None
    unit_title: str | None = None
    authors: list[str] = field(default_factory=list)
    updated: str | None = None
    start: int = 0
    inferred: list[str] = field(default_factory=list)
    repeated: set[int] = field(default_factory=set)  # blocks above the text that only say these names again
    claims: list[tuple[int, int, int, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def claim_course(self, crumb: Crumb) -> None:
        """Claim a line as the class's name, unless it is the unit's already."""
        if not any(
            block == crumb.block and start < crumb.end and crumb.start < end for block, start, end, _ in self.claims
        ):
            self.claims.append((crumb.block, crumb.start, crumb.end, "course"))
