"""Marks that sites put into a text: links to edit it, numbers of footnotes, "citation needed", signs of folds."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline.blocks.inline import merge, strip_runs
from pipeline.blocks.model import Block, Cut, Page, Run, frames_of, text_of

__all__ = ["without_apparatus"]

_EDIT_WORDS: Final = (
    r"(?:edit(?: source)?|(?:quelltext )?bearbeiten|modifier(?: le (?:code|wikicode))?|editar(?: código)?|編集|编辑|"
    r"modifica(?: wikitesto)?|(?:brontekst )?bewerken|edytuj(?: kod)?|redigera(?: wikitext)?|править(?: код)?)"
)
# Name of the rule -> what it takes out wherever it stands.
_MARKS: Final = {
    "edit link": re.compile(rf"\s?\[ ?{_EDIT_WORDS}(?: ?\| ?{_EDIT_WORDS})? ?\]|\s?\(edit\)\Z", re.IGNORECASE),
    "editors' note": re.compile(
        r"\s?\[(?:(?:(?:additional |better |non-primary )?(?:citations?|sources?|clarification|verification|page|year|"
        r"quotation|attribution)(?: \w+)? needed)|(?:when|who|which|(?:according to|by) whom)\?|"
        r"dubious(?: – discuss)?|failed verification|dead link)\]",
        re.IGNORECASE,
    ),
    # Right behind a sentence or a clause; within one it may be an index or a date that somebody filled in.
    "footnote mark": re.compile(
        r"(?<=[.!?,;:…”\"’)])(?:\s?\[\d{1,3}\])+(?=\Z)|(?<=[.!?,;…”\"’)])(?:\[\d{1,3}\])+(?=\s)|\[\^[\w-]{1,20}\](?!:)"
    ),
}
# By which a text is folded: behind a question anywhere; else where it can be nothing else, in what opens the text.
_FOLDS: Final = "▾▼▲▴⌄⌃˅˄⏷⏶▸▶►⏵⊕⊖➕➖+−–×✕-"
_FOLD: Final = re.compile(
    rf"(?<=\?)\s*[{_FOLDS}]\ufe0f?\Z|\A[▾▼⌄▸▶►⏵⏷⊕⊖➕➖+−–-]\ufe0f?\s+(?=\S.*\?\Z)",
)
_OPENER_FOLD: Final = re.compile(
    r"(?:(?<!\s)\s++)?[▾▼▲▴⌄⌃˅˄⏷⏶⊕⊖➕➖]\ufe0f?\Z|\s[+−×✕]\Z|\A[▾▼▸▶►⏵⏷⊕⊖➕➖]\ufe0f?\s*+(?=\S)"
)
_OPENERS: Final = ("heading", "summary", "button")
# "[1]", "[note 2]", "[nb3]": each in one way only.
_RAISED: Final = re.compile(
    r"(?:\s*+\[(?:\w{1,3}|n\w{3}|nb\w{3}|note\w{1,3}|lower-alpha\w{1,3}|(?:note|nb|n|lower-alpha)\s++\w{1,3})\])+\s*+",
    re.IGNORECASE,
)
_BACKWARDS: Final = re.compile(r"(?:\]\d{1,3}\[)+(?=\S)")  # footnote marks at the end of a heading, read from there
_Span = tuple[int, int, str]


def without_apparatus(page: Page) -> Page:
    """Return a page without such marks; what they say is kept as cuts, each kind by its name."""
    said: dict[str, list[str]] = {}
    blocks: list[Block] = []
    for block in page.blocks:
        text = block.text
        folds = bool(text) and (text.removesuffix("\ufe0f")[-1:] in _FOLDS or text[:1] in _FOLDS)
        spans = _spans(block) if folds or "[" in text or "(" in text else []
        for start, end, name in spans:
            said.setdefault(name, []).append(block.text[start:end].strip())
        kept = _without(block, spans) if spans else block
        if kept.runs or not spans or any(frame.tag in ("td", "th") for frame in frames_of(block.frame)):
            blocks.append(kept)
    if not said:
        return page
    cuts = tuple(Cut(name, " ".join(texts)) for name, texts in said.items())
    return replace(page, blocks=tuple(blocks), cuts=(*page.cuts, *cuts))


def _spans(block: Block) -> list[_Span]:
    """Return what of a block is such a mark, in order; nothing overlaps."""
    if block.kind == "pre":
        return []
    found = sorted(_found(block))
    spans: list[_Span] = []
    for start, end, name in found:
        if not spans or start >= spans[-1][1]:
            spans.append((start, end, name))
    return spans


def _found(block: Block) -> Iterator[_Span]:
    at = 0
    for run in block.runs:
        if _is_raised(run) and _RAISED.fullmatch(run.text):
            yield at, at + len(run.text), "footnote mark"
        at += len(run.text)
    text = _masked(block)
    for name, pattern in _MARKS.items():
        yield from ((match.start(), match.end(), name) for match in pattern.finditer(text))
    for pattern in (_FOLD, _OPENER_FOLD) if block.kind in _OPENERS else (_FOLD,):
        yield from ((match.start(), match.end(), "fold sign") for match in pattern.finditer(text))
    if block.kind == "heading" and (tail := _BACKWARDS.match(block.text[::-1])):
        yield len(block.text) - tail.end(), len(block.text), "footnote mark"


def _is_raised(run: Run) -> bool:
    return any(mark.tag == "sup" for mark in run.marks)


def _masked(block: Block) -> str:
    """Return a block's text without that of code and formulas, in which brackets are signs of their own."""
    return "".join(
        "\0" * len(run.text) if run.math or any(mark.tag == "code" for mark in run.marks) else run.text
        for run in block.runs
    )


def _without(block: Block, spans: Sequence[_Span]) -> Block:
    runs = strip_runs(merge(_outside(block.runs, spans)))
    text = text_of(runs)
    ends = [end for _, end, _ in spans]
    gone = list(itertools.accumulate((end - start for start, end, _ in spans), initial=0))

    def moved(offset: int) -> int:
        before = bisect_right(ends, offset)
        inside = max(offset - spans[before][0], 0) if before < len(spans) else 0
        return offset - gone[before] - inside

    seams = tuple(sorted({at for seam in block.seams if 0 < (at := moved(seam)) < len(text)}))
    halves = moved(block.halves)
    return replace(block, runs=runs, text=text, seams=seams, halves=halves if halves < len(text) else 0)


def _outside(runs: Iterable[Run], spans: Sequence[_Span]) -> Iterator[Run]:
    """Yield what of the runs lies in none of `spans`."""
    at = n = 0
    for run in runs:
        start, end = at, at + len(run.text)
        if not run.text:
            yield run
        while n < len(spans) and spans[n][0] < end:
            if spans[n][0] > start:
                yield replace(run, text=run.text[start - at : spans[n][0] - at])
            start = max(start, min(spans[n][1], end))
            if spans[n][1] > end:
                break
            n += 1
        if start < end:
            yield replace(run, text=run.text[start - at :])
        at = end
