"""Stretches around a page's text that begin with words of their own: comments, share bars, more to read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.blocks import Block, Cut, Frame, frames_of
from pipeline.layouts.reading.frames import is_inside, shared_frame
from pipeline.layouts.reading.patterns import Compiled, comparable

__all__ = ["without_furniture"]


@dataclass(frozen=True, slots=True)
class _Region:
    """A stretch of furniture: its name, the block with which it began, and the box that holds it if a heading did."""

    name: str
    start: Block
    box: Frame | None

    def ends_before(self, block: Block, patterns: Compiled) -> bool:
        if _ends(patterns.region_ends[self.name], self.start, block, patterns):
            return True
        if self.name not in patterns.headed_names:
            return False
        return _is_of_the_page(block, patterns) or (self.box is not None and self.box not in frames_of(block.frame))


def without_furniture(blocks: Sequence[Block], patterns: Compiled) -> tuple[list[Block], list[Cut]]:
    """Return the blocks that stand in none of the layout's regions, and the text of the others by the region's name.

    A cell keeps its place in the table, empty. A block that says a field is no furniture.
    """
    kept: list[Block] = []
    cuts: list[Cut] = []
    region: _Region | None = None  # that is open
    for index, block in enumerate(blocks):
        if region and region.ends_before(block, patterns):
            region = None
        if block.field in patterns.fields:
            kept.append(block)
            continue
        if region is None and (found := _region_at(block, patterns)):
            after = blocks[index + 1 : index + 2]
            headed = found in patterns.headed_names and after
            region = _Region(found, block, shared_frame(block, after[0]) if headed else None)
        if region is None:
            cuts += [Cut(block.furniture, block.text)] if block.furniture else []
            kept += [] if block.furniture else [block]
            continue
        cuts += [Cut(region.name, block.text)] if block.text else []
        if is_inside(block, "td", "th"):
            kept.append(replace(block, runs=(), text="", seams=(), halves=0))
        if patterns.region_ends[region.name] == "block":
            region = None
    return kept, cuts


def _region_at(block: Block, patterns: Compiled) -> str | None:
    kinds = (patterns.regions, patterns.headed_regions) if block.kind == "heading" else (patterns.regions,)
    for regions in kinds if block.text else ():
        if regions.groups and (
            found := regions.match(comparable(block.spaced)) or regions.match(comparable(block.text))
        ):
            return found[0]
    return None


def _is_of_the_page(block: Block, patterns: Compiled) -> bool:
    """Say whether a block is of the page's own text: what the layout knows as a heading of a field, or a notice."""
    text = comparable(block.spaced)
    return bool(text) and any(known.match(text) for known in (patterns.headings, patterns.notices))


def _ends(to: str, start: Block, block: Block, patterns: Compiled) -> bool:
    """Say whether a region ends before a block: a heading by its markup, none deeper than one that began the region.

    In text, where no heading is marked, the words of the layout tell one. No region goes on into the page's footer.
    """
    if block.region != start.region:
        return True
    if to != "heading" or not block.text:
        return False
    if block.kind == "heading":
        return start.kind != "heading" or block.level <= start.level
    return start.kind != "heading" and patterns.headings.match(comparable(block.spaced)) is not None
