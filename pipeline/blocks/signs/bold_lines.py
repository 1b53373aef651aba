"""Bold lines that head what stands below them in one block: `<b>Walls</b><br>A wall keeps…`, the headings of mails."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.blocks.inline import slice_runs, strip_runs
from pipeline.blocks.model import Block

__all__ = ["bold_lines_apart"]

_FEWEST: Final = 3  # such lines of a page; fewer may be run-in headings within its text
_LONGEST: Final = 120
_SENTENCE: Final = re.compile(r"[.,;!]$")


def bold_lines_apart(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, those apart whose first line is bold and the rest is not, on a page that heads them so.

    That is a page without headings below its title.
    """
    if any(block.kind == "heading" and block.level != 1 for block in blocks):
        return list(blocks)
    ends = [_end_of_bold(block) for block in blocks]
    if sum(end > 0 for end in ends) < _FEWEST:
        return list(blocks)
    return [part for block, end in zip(blocks, ends, strict=True) for part in (_parts(block, end) if end else (block,))]


def _end_of_bold(block: Block) -> int:
    """Return where a block's first line ends, if that is bold and the next is not, or not all of it; else 0."""
    start = len(block.text) - len(block.text.lstrip())
    end = block.text.find("\n", start)
    if not 0 < end <= _LONGEST or block.kind != "paragraph" or _SENTENCE.search(block.text[:end]):
        return 0
    second = block.text.find("\n", end + 1)
    is_headed = _is_bold(block, start, end) and not _is_bold(block, end, second if second > 0 else len(block.text))
    return end if is_headed else 0


def _is_bold(block: Block, start: int, end: int) -> bool:
    runs = slice_runs(block.runs, start, end)
    return all(not run.text.strip() or any(mark.tag == "strong" for mark in run.marks) for run in runs)


def _parts(block: Block, end: int) -> Iterator[Block]:
    for start, stop in ((0, end), (end, len(block.text))):
        runs = strip_runs(slice_runs(block.runs, start, stop))
        if runs:
            text = "".join(run.text for run in runs)
            yield replace(block, runs=runs, text=text, seams=(), halves=0, indents=())
