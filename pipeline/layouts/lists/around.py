"""What lies around the blocks of a section, and which of them head others."""

from collections.abc import Iterable, Sequence

from pipeline.blocks import Frame, frames_of
from pipeline.layouts.reading import Reading

__all__ = ["headed", "outer_frames", "top_item"]


def outer_frames(reading: Reading, heading: int | None) -> set[Frame]:
    """Return the containers that hold a section's heading, and so say nothing of its items."""
    return set(frames_of(reading.blocks[heading].frame)) if heading is not None else set()


def top_item(reading: Reading, index: int, outside: set[Frame], tags: Iterable[str] = ("li",)) -> Frame | None:
    """Return the outermost frame of one of `tags` around a block, below the frames `outside`."""
    found = None
    for frame in frames_of(reading.blocks[index].frame):
        if frame in outside:
            break
        if frame.tag in tags:
            found = frame
    return found


def headed(reading: Reading, blocks: Sequence[int]) -> list[int]:
    """Return the headings among blocks, or summaries, or buttons, if the first block is one."""
    kind = reading.blocks[blocks[0]].kind if blocks else ""
    is_head = kind in ("heading", "summary", "button")
    return [index for index in blocks if is_head and reading.blocks[index].kind == kind]
