"""In which elements of the page a block stands: lists, tables, cards."""

from collections.abc import Container

from pipeline.blocks import Block, Frame, frames_of

__all__ = ["depth_of", "innermost", "is_inside", "shared_frame"]


def depth_of(block: Block) -> int:
    """Return how deep in the page a block stands; 0 in a page of text."""
    return block.frame.depth if block.frame is not None else 0


def innermost(block: Block, *tags: str) -> Frame | None:
    """Return the innermost frame of one of `tags` around a block."""
    return next((frame for frame in frames_of(block.frame) if frame.tag in tags), None)


def is_inside(block: Block, *tags: str) -> bool:
    """Say whether a block stands in a frame of one of `tags`."""
    return innermost(block, *tags) is not None


def shared_frame(first: Block, second: Block, outside: Container[Frame] = ()) -> Frame | None:
    """Return the innermost frame that holds both blocks and is none of `outside`."""
    above = {frame for frame in frames_of(first.frame) if frame not in outside}
    return next((frame for frame in frames_of(second.frame) if frame in above), None)
