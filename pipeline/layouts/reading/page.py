"""A page as a layout reads it: blocks cut where the layout's words stand, each labelled with what it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.blocks import Block, Page, Piece, Run, slice_runs, strip_runs
from pipeline.layouts.reading.furniture import without_furniture
from pipeline.layouts.reading.headings import sure_labels
from pipeline.layouts.reading.labels import LONGEST_HEADING, Label, label_of
from pipeline.layouts.reading.ledger import Ledger
from pipeline.layouts.reading.patterns import Compiled, comparable

__all__ = ["Reading"]

_MOST_SEGMENTS: Final = 40


@dataclass(slots=True)
class Reading:
    """A page, its blocks, their labels, and the ledger of who owns what."""

    page: Page
    blocks: tuple[Block, ...]
    labels: tuple[Label | None, ...]
    ledger: Ledger
    patterns: Compiled

    @classmethod
    def of(cls, page: Page, patterns: Compiled) -> "Reading":
        """Cut and label a page's blocks."""
        content, furniture = without_furniture(page.blocks, patterns)
        page = replace(page, cuts=(*page.cuts, *furniture)) if furniture else page
        blocks: list[Block] = []
        labels: list[Label | None] = []
        for block in _rejoined(content, patterns):
            for part, label in _parts(block, patterns):
                blocks.append(part)
                labels.append(label)
        sure = sure_labels(blocks, labels, patterns)
        return cls(page, tuple(blocks), tuple(sure), Ledger(blocks, page.cuts), patterns)

    def stated(self, field: str) -> list[int]:
        """Return the blocks that say a field outright: behind its label, or marked by a selector."""
        return [
            index
            for index, label in enumerate(self.labels)
            if label is not None and label.kind == "value" and label.name == field
        ]

    def stated_span(self, field: str) -> tuple[int, int, int] | None:
        """Return block, start and end of the first place that says a field outright; a label before it left out."""
        index = next(iter(self.stated(field)), None)
        if index is None:
            return None
        block, label = self.blocks[index], self.labels[index]
        value = (label.groups.get("value") if label is not None else None) or ""
        at = -1 if block.field else block.text.casefold().rfind(value.casefold())
        return (index, at, at + len(value)) if value and at >= 0 else (index, 0, len(block.text))

    def text(self, index: int) -> str:
        """Return a block's text as patterns see it."""
        return comparable(self.blocks[index].spaced)

    def piece(self, index: int, start: int = 0, end: int | None = None) -> tuple[int, Piece]:
        """Return a block, or the part of its text between two offsets, with the block's number."""
        return index, Piece(self.blocks[index], start, end)

    def shell_rule(self, index: int) -> str | None:
        """Return the name of the rule that knows a block as a word of the site around the page."""
        block = self.blocks[index]
        if len(block.text) > LONGEST_HEADING:
            return None
        found = self.patterns.shell.match(comparable(block.spaced))
        return found[0] if found else None


def _rejoined(blocks: Sequence[Block], patterns: Compiled) -> Iterator[Block]:
    """Yield the blocks, those joined again that together are one of the layout's sentences.

    Extractors that break the line at each element give "congrats on reading the definition of", the term, and the rest.
    """
    index = 0
    while index < len(blocks):
        if blocks[index].line is None:  # no line of a text extraction
            yield blocks[index]
            index += 1
            continue
        count = next(
            (count for count in (2, 3, 4) if _is_one_sentence(blocks[index : index + count], count, patterns)), 1
        )
        yield blocks[index] if count == 1 else _as_one(blocks[index : index + count])
        index += count


def _as_one(parts: Sequence[Block]) -> Block:
    text = _joined(parts)
    return replace(parts[0], text=text, runs=(Run(text),))


def _joined(parts: Sequence[Block]) -> str:
    text = re.sub(r"(?<!\s)\s++(?=[.,!])", "", " ".join(part.text for part in parts))
    return re.sub(r'^(["“])\s+', r"\1", text)


def _is_one_sentence(parts: Sequence[Block], count: int, patterns: Compiled) -> bool:
    """Say whether lines of a text extraction, none of them known by itself, are one sentence that names the term."""
    if len(parts) < count or any(
        part.line is None or part.frame is not None or not part.text or len(part.text) > LONGEST_HEADING
        for part in parts
    ):
        return False
    sentence = _joined(parts)
    if patterns.naming.match(comparable(sentence)) is None:
        return False  # as nearly all lines are, whose neighbours need not be looked at
    if any(_sure_label(part.text, patterns) is not None for part in parts[:-1]):
        return False
    label = label_of(sentence, patterns)
    if label is None or not label.groups.get("term"):
        return False
    last = _sure_label(parts[-1].text, patterns)
    if label.kind == "boilerplate":
        return last is None or last.name == label.name
    return parts[0].text.strip() in ('"', "“")


def _sure_label(text: str, patterns: Compiled) -> Label | None:
    label = label_of(text, patterns)
    return label if label is not None and label.is_sure else None


def _parts(block: Block, patterns: Compiled) -> Iterator[tuple[Block, Label | None]]:
    """Yield a block's parts: all of it, or cut before and behind words of the layout within it."""
    if not block.text or (block.kind == "pre" and block.field not in patterns.fields):
        yield block, None
        return
    if block.field in patterns.fields:
        yield block, Label("value", block.field, {"value": block.text})
        return
    label = label_of(block.spaced, patterns)
    if label is None and block.seams:
        label = label_of(block.text, patterns)  # a box around each letter
    if label is not None and not label.is_sure and "\n" in block.text:
        label = None
    if label is not None and label.kind != "notice":
        yield block, label
        return
    points = _cut_points(block, patterns)
    if not points:
        yield block, label
        return
    edges = [0, *points, len(block.text)]
    start = 0  # an index into edges
    pending = 0  # the first edge not yet given out
    while start < len(edges) - 1:
        found = _longest_label(block, edges, start, patterns)
        if found is None:
            start += 1
            continue
        end, label = found
        before = block.text[edges[pending] : edges[start]].strip()
        if block.kind == "heading" and label.kind == "heading" and before and not re.search(r"\s", before):
            # An icon that a font draws from its name: `<i>expand_more</i>Review Questions`.
            yield _cut(block, edges[pending], edges[start]), Label("boilerplate", "icon", {})
        else:
            yield from _plain_part(block, edges[pending], edges[start])
        yield _cut(block, edges[start], edges[end]), label
        start = pending = end
    yield from _plain_part(block, edges[pending], edges[-1])


def _longest_label(block: Block, edges: Sequence[int], start: int, patterns: Compiled) -> tuple[int, Label] | None:
    for end in range(len(edges) - 1, start, -1):
        part = _cut(block, edges[start], edges[end])
        if part.text and (label := _sure_label(part.spaced, patterns)):
            return end, label
    return None


def _plain_part(block: Block, start: int, end: int) -> Iterator[tuple[Block, Label | None]]:
    part = _cut(block, start, end)
    if part.runs:
        yield part, None


def _cut_points(block: Block, patterns: Compiled) -> list[int]:
    """Return the offsets at which a word of the layout may begin or end within a block."""
    text = block.text
    points = {match.start() for match in re.finditer("\n", text)} | set(block.seams)
    head = text[:LONGEST_HEADING]
    straight = _straight(head)
    # `Definition: the word …` and `from class: Biology`, at the head of a block; bold words need no colon.
    is_parted = any(sign in straight for sign in ":-–—")
    if is_parted and (found := patterns.headings.match_start(straight, r"\s*(?::|\s[–—])\s+(?=\S)")):
        is_pair = text[:1].islower() and ":" not in found[1].group()  # `definition – what a word means`
        points |= set() if is_pair else {found[1].end()}
    if is_parted and (found := patterns.labels.match_start(straight, r"\s*(?::|\s[-–—])\s+(?=\S)")):
        points.add(found[1].end())
    if (
        block.runs
        and len(block.runs) > 1
        and (block.kind == "heading" or any(mark.tag == "strong" for mark in block.runs[0].marks))
    ):
        points.add(len(block.runs[0].text))
    for pattern in patterns.inner:
        if inner := pattern.search(_straight(text)):
            points |= {inner.start(), inner.end()}
    # `© 2024 … All rights reserved. AP® is a trademark …` in one breath.
    if ("eserved" in text or "RESERVED" in text) and (
        match := re.search(r"all rights reserved\.?\s+(?=\S)", text, re.IGNORECASE)
    ):
        points.add(match.end())
    return sorted(point for point in points if 0 < point < len(text))[:_MOST_SEGMENTS]


def _straight(text: str) -> str:
    """Return `text` with straight quotes, every character in its place."""
    return text.translate(_STRAIGHT)


_STRAIGHT: Final = str.maketrans("“”„‟’‘‚‛", "\"\"\"\"''''")


def _cut(block: Block, start: int, end: int) -> Block:
    runs = strip_runs(slice_runs(block.runs, start, end))
    if start == 0 and end == len(block.text):
        return block
    text = "".join(run.text for run in runs)
    lead = len(block.text[start:end]) - len(block.text[start:end].lstrip())
    seams = tuple(seam - start - lead for seam in block.seams if 0 < seam - start - lead < len(text))
    return replace(block, runs=runs, text=text, seams=seams, halves=0)
