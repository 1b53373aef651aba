r"""Mathematics within runs of text: found by its delimiters or its doubling, kept once as `\( TeX \)`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pipeline.blocks.inline import merge
from pipeline.blocks.math import MathSpan, find_formulas, find_math, find_suspect, find_tripled, holds_threefold
from pipeline.blocks.model import Block, Page, Remark, Run

__all__ = ["mark_math"]

_MAY_BE_DELIMITED: Final = re.compile(r"\$|\\\(|\\\[|\\begin")
_SHOWN: Final = 80  # characters of what is in doubt
_MAY_BE_DOUBLED: Final = re.compile(r"[\\^_{}=<>]")


def mark_math(page: Page, *, doubled: bool) -> Page:
    """Return the page with its formulas marked. `doubled`: text extractions hold KaTeX twice, without delimiters.

    What looks doubled, but does not agree with itself, is left as it is and remarked on.
    """
    remarks: list[Remark] = []
    variables = doubled and _says_all_thrice(page)
    blocks = tuple(_marked(block, remarks, doubled=doubled, variables=variables) for block in page.blocks)
    return replace(page, blocks=blocks, remarks=(*page.remarks, *remarks))


def _says_all_thrice(page: Page) -> bool:
    """Say whether letters stand three times on a page, and other formulas do so too: then the letters are formulas."""
    texts = [block.text for block in page.blocks if block.kind != "pre"]
    return any(find_tripled(text, variables=True) for text in texts) and any(holds_threefold(text) for text in texts)


def _marked(block: Block, remarks: list[Remark], *, doubled: bool, variables: bool) -> Block:
    if block.kind == "pre":
        return block
    may_be_doubled = doubled and (variables or _MAY_BE_DOUBLED.search(block.text))
    if not (_MAY_BE_DELIMITED.search(block.text) or may_be_doubled):
        return block
    runs: list[Run] = []
    changed: list[tuple[int, int, int]] = []  # start and end of a formula as it stood, and by how much it grew
    at = 0
    for run in block.runs:
        spans: Sequence[MathSpan] = ()
        if run.text and not run.math and all(mark.tag != "code" for mark in run.marks):
            spans = find_formulas(run.text, variables=variables) if doubled else find_math(run.text)
            for suspect in find_suspect(run.text) if doubled else ():
                if any(span.start <= suspect.start < span.end for span in spans):
                    continue
                seen = run.text[suspect.start : suspect.end][:_SHOWN]
                message = f"{suspect.reason}: {seen!r}, left as it is"
                remarks.append(Remark("doubtful-mathematics", message, seen, (suspect.reason,)))
        runs.extend(_split(run, spans))
        changed += [(at + span.start, at + span.end, len(_written(span)) - span.end + span.start) for span in spans]
        at += len(run.text)
    if tuple(runs) == block.runs:
        return block
    merged = merge(runs)
    seams = _moved(block.seams, changed)
    (halves,) = _moved((block.halves,), changed) or (0,)
    return replace(block, runs=merged, text="".join(run.text for run in merged), seams=seams, halves=halves)


def _moved(places: Sequence[int], changed: Sequence[tuple[int, int, int]]) -> tuple[int, ...]:
    """Return offsets in a text as they are after its formulas have grown; those within a formula are gone."""
    return tuple(
        place + sum(growth for _, end, growth in changed if end <= place)
        for place in places
        if not any(start < place < end for start, end, _ in changed)
    )


def _split(run: Run, spans: Iterable[MathSpan]) -> Iterable[Run]:
    at = 0
    for span in spans:
        if span.start > at:
            yield replace(run, text=run.text[at : span.start])
        yield replace(run, text=_written(span), math=True)
        at = span.end
    if at < len(run.text):
        yield replace(run, text=run.text[at:]) if at else run


def _written(span: MathSpan) -> str:
    tex = " ".join(span.tex.split())
    return f"\\[{tex}\\]" if span.display else f"\\({tex}\\)"
