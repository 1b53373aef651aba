"""Names on a page: without the marks that only show them as names, and several of them in one block."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipeline.blocks import Block, Piece

__all__ = ["end_of_marked", "end_of_name", "link_of", "names_within", "unmarked"]

# What a link adds for those who hear a page.
_NEW_TAB: Final = re.compile(r"(?:(?<!\s)\s++)?\((?:link )?opens? in (?:a )?new (?:tab|window)\)\s*+$", re.IGNORECASE)


def unmarked(piece: Piece) -> Piece:
    """Return a piece without the links and the weight in its runs: they only show a name as one."""
    block = piece.block
    runs = tuple(
        replace(run, marks=tuple(mark for mark in run.marks if mark.tag not in ("a", "strong"))) for run in block.runs
    )
    return Piece(replace(block, runs=runs, kind="paragraph"), piece.start, piece.end)


def end_of_name(text: str) -> int:
    """Return where a name ends in a text that may say "(opens in new tab)" behind it."""
    added = _NEW_TAB.search(text)
    return added.start() if added else len(text)


def end_of_marked(block: Block, *tags: str) -> int:
    """Return where the words at a block's start end that carry one of the marks `tags`; 0 if it starts without."""
    end = 0
    for run in block.runs:
        if not any(mark.tag in tags for mark in run.marks):
            break
        end += len(run.text)
    return end


def link_of(piece: Piece) -> str | None:
    """Return the address of a piece's first link."""
    return next((mark.value for run in piece.runs for mark in run.marks if mark.tag == "a"), None)


def names_within(text: str, seams: Sequence[int], limit: int | None) -> list[tuple[int, int]]:
    """Return where the names stand in a block that may hold several: at seams and line breaks.

    At commas only where that gives just as many names (`limit`) as the page says there are.
    """
    edges = sorted({0, len(text), *seams, *(i for i, char in enumerate(text) if char == "\n")})
    parts = [(start, end) for start, end in pairwise(edges) if text[start:end].strip()]
    if len(parts) == 1 and limit is not None and limit > 1 and text.count(",") == limit - 1:
        return list(pairwise([0, *(i for i, char in enumerate(text) if char == ","), len(text)]))
    return parts
