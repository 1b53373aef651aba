"""Blocks that a layout says are no content, of any length and wherever: out of the page, and in its ledger."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.blocks import Block, Cut
from pipeline.layouts.reading.frames import is_inside
from pipeline.layouts.reading.patterns import Compiled, comparable

__all__ = ["without_furniture"]


def without_furniture(blocks: Sequence[Block], patterns: Compiled) -> tuple[list[Block], list[Cut]]:
    """Return the blocks that stand in none of the layout's regions, and the text of the others by the region's name.

    A cell keeps its place in the table, empty. A block that says a field is no furniture.
    """
    kept: list[Block] = []
    cuts: list[Cut] = []
    name, start = "", None  # the region that is open, and the block with which it began
    for block in blocks:
        if start is not None and _ends(patterns.region_ends[name], start, block, patterns):
            start = None
        if block.field in patterns.fields:
            kept.append(block)
            continue
        if start is None and (found := _region_at(block, patterns)):
            name, start = found, block
        if start is None:
            cuts += [Cut(block.furniture, block.text)] if block.furniture else []
            kept += [] if block.furniture else [block]
            continue
        cuts += [Cut(name, block.text)] if block.text else []
        if is_inside(block, "td", "th"):
            kept.append(replace(block, runs=(), text="", seams=(), halves=0))
        if patterns.region_ends[name] == "block":
            start = None
    return kept, cuts


def _region_at(block: Block, patterns: Compiled) -> str | None:
    if not block.text or not patterns.region_ends:
        return None
    found = patterns.regions.match(comparable(block.spaced)) or patterns.regions.match(comparable(block.text))
    return found[0] if found else None


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
