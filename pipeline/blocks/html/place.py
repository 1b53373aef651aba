"""Where a block stands in the tree: what the elements around it make of it."""

from dataclasses import dataclass, replace
from typing import Final

from bs4 import Tag

from pipeline.blocks.attributes import classes_of
from pipeline.blocks.html.elements import FRAMES, REGION_ROLES, REGION_TAGS, holds_the_page, is_hidden
from pipeline.blocks.model import Block, BlockKind, Frame, Region, Run, text_of

__all__ = ["Place"]

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEVELS: Final = frozenset("123456")
_FRAMELESS: Final = frozenset(("p", *_HEADINGS, "pre", "summary", "button")) - FRAMES


@dataclass(frozen=True, slots=True)
class Place:
    """What a block has from its containers; `pre` and `inside_main` are for those within it."""

    kind: BlockKind = "paragraph"
    level: int = 0
    frame: Frame | None = None
    region: Region = "main"
    hidden: bool = False
    shape: str = ""
    pre: bool = False  # white space is kept as it is
    inside_main: bool = False  # a `header` in here is one of the text, not of the site (HTML: its sectioning content)

    def within(self, tag: Tag) -> "Place":
        """Return the place of what stands in `tag`, a block element here."""
        name, attrs = tag.name, tag.attrs
        role = str(attrs.get("role", "")) if attrs else ""
        kind, level = self._kind_within(tag, role)
        frame = self.frame
        if name not in _FRAMELESS:
            frame = Frame(name if name in FRAMES else "div", frame, frame.depth + 1 if frame else 1)
        return Place(
            kind=kind,
            level=level,
            frame=frame,
            region=self._region_within(name, role),
            hidden=self.hidden or (bool(attrs) and is_hidden(tag) and not holds_the_page(tag)),
            shape=f"{name}.{classes_of(tag)}" if attrs else name,
            pre=self.pre or kind == "pre",
            inside_main=self.inside_main or name in ("main", "article", "section") or role == "main",
        )

    def block(self, runs: tuple[Run, ...]) -> Block:
        """Return the block that `runs` are here; one without text is a figure."""
        text = text_of(runs)
        kind = self.kind if text.strip() or self.kind == "pre" else "figure"
        text = text.strip("\n") if kind == "pre" else text
        return Block(kind, runs, text, self.frame, self.level, self.region, self.hidden, shape=self.shape)

    def out_of_sight(self) -> "Place":
        """Return this place as it is within an element that is not shown."""
        return replace(self, hidden=True)

    def _kind_within(self, tag: Tag, role: str) -> tuple[BlockKind, int]:
        name = tag.name
        if name in _HEADINGS:
            return "heading", int(name[1])
        if role == "heading":
            level = str(tag.attrs.get("aria-level", "2"))
            return "heading", int(level) if level in _LEVELS else 2
        if name in ("pre", "listing", "xmp"):
            return "pre", self.level
        if name in ("summary", "button"):
            return ("summary" if name == "summary" else "button"), self.level
        if self.kind not in ("summary", "button", "heading") or name in FRAMES:
            return "paragraph", 0
        return self.kind, self.level

    def _region_within(self, name: str, role: str) -> Region:
        region = REGION_ROLES.get(role) or REGION_TAGS.get(name)
        if region is not None:
            return region if region != "main" or self.region != "dialog" else self.region
        if name == "header" and not self.inside_main:
            return "header"
        return "main" if name in ("main", "article") else self.region
