"""Several terms with their definitions in one block: on lines of their own (`br`), or one bold term after another."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from pipeline.blocks import Block, slice_runs

__all__ = ["pairs_within"]

_MOST: Final = 200  # lines of one block: no list of terms is longer, and each is looked at in all of the block
_SENTENCE_END: Final = re.compile(r"[.!?;)][\"'”’)]{0,20}\s{1,20}\Z")


def pairs_within(
    block: Block, split: Callable[[Block], tuple[int, int] | None], *, alone: bool
) -> list[tuple[int, int, int, int]]:
    """Return (start, end of the term, start of the definition, end) of a block's pairs, if there are two or more.

    A term alone on its line, in bold or a link, has an empty definition.

    `split` tells where a term ends and its definition begins. Where the first term is in bold or a link, all are; plain
    ones count only where each line has one and the block stands `alone`: a definition too may have lines with a colon.
    """
    starts = [0, *_beginnings(block)]
    if not 2 <= len(starts) <= _MOST:
        return []
    is_marked = _is_marked(block, 0)
    pairs: list[tuple[int, int, int, int]] = []
    for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True):
        part = _part(block, start, end)
        found = split(part) if _is_marked(block, start) == is_marked else None
        stop = start + len(part.text)
        if part.is_bold or part.is_link:
            pairs.append((start, stop, stop, stop))  # a term without a definition
        elif found is not None and part.text[found[1] :].strip():
            pairs.append((start, start + found[0], start + found[1], stop))
        elif is_marked and pairs:
            pairs[-1] = (*pairs[-1][:3], stop)
        else:
            return []
    defined = any(goes_on < stop for _, _, goes_on, stop in pairs)
    return pairs if len(pairs) > 1 and defined and (is_marked or alone) else []


def _beginnings(block: Block) -> Iterator[int]:
    """Yield where a line begins, or bold words behind a sentence: there may be another term."""
    at = 0
    for run in block.runs:
        yield from (at + line.end() for line in re.finditer("\n", run.text))
        is_bold = any(mark.tag == "strong" for mark in run.marks)
        if at and is_bold and block.text[at - 1] != "\n" and _SENTENCE_END.search(block.text, max(at - 20, 0), at):
            yield at
        at += len(run.text)


def _is_marked(block: Block, start: int) -> bool:
    """Say whether the words at `start` are in bold or a link."""
    runs = slice_runs(block.runs, start, start + 1)
    return bool(runs) and any(mark.tag in ("strong", "a") for mark in runs[0].marks)


def _part(block: Block, start: int, end: int) -> Block:
    text = block.text[start:end].rstrip()
    seams = tuple(seam - start for seam in block.seams if start < seam < start + len(text))
    return replace(block, runs=slice_runs(block.runs, start, start + len(text)), text=text, seams=seams)
