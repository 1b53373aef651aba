"""From blocks back to a canonical HTML fragment: containers rebuilt, one lone paragraph left inline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.blocks.inline import inline_html, slice_runs, strip_runs
from pipeline.blocks.model import Block, Frame, Run, frames_of
from pipeline.records import RichText, escape

__all__ = ["Piece", "rich_text"]

_LISTS: Final = ("ul", "ol")
_TABLE: Final = ("table", "thead", "tbody", "tr", "th", "td")
_BARE: Final = ("table", "thead", "tbody", "pre")  # nothing stands in them without an element of its own
_KEPT: Final = frozenset((*_LISTS, "li", "blockquote", *_TABLE))


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or the part of its text between two offsets."""

    block: Block
    start: int = 0
    end: int | None = None

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its runs, trimmed."""
        if self.start == 0 and self.end is None:
            return self.block.runs
        return strip_runs(
            slice_runs(self.block.runs, self.start, len(self.block.text) if self.end is None else self.end)
        )

    @property
    def text(self) -> str:
        """Its plain text, trimmed."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class _Node:
    tag: str
    frame: Frame | None = None
    children: list["_Node | str"] = field(default_factory=list)


def rich_text(pieces: Iterable[Piece], *, below: Frame | None = None) -> RichText:
    """Return the rich text of `pieces` in page order, with their containers below the frame `below`.

    A list item's or a cell's only paragraph, and a fragment's only paragraph, stand without `p`.
    """
    pieces = [piece for piece in pieces if piece.runs or _is_cell(piece.block)]
    shared = _shared_frames([piece.block for piece in pieces]) if below is None else set(frames_of(below))
    root = _Node("")
    for piece in pieces:
        node = root
        for frame in _kept_frames(piece.block, shared):
            last = node.children[-1] if node.children else None
            if isinstance(last, _Node) and last.frame is frame:
                node = last
            else:
                inner = _Node(frame.tag, frame)
                node.children.append(inner)
                node = inner
        node.children.append(_Node("p" if piece.block.kind != "pre" else "pre", None, [_leaf(piece)]))
    return RichText.of(_written(root))


def _is_cell(block: Block) -> bool:
    """Say whether it is an empty cell, which keeps the others in their columns."""
    return block.frame is not None and block.frame.tag in ("td", "th")


def _leaf(piece: Piece) -> str:
    if piece.block.kind == "pre":
        return escape("".join(run.text for run in piece.runs))
    html = inline_html(piece.runs)
    return f"<strong>{html}</strong>" if piece.block.kind == "heading" and not piece.block.is_bold else html


def _kept_frames(block: Block, shared: set[Frame]) -> list[Frame]:
    frames = [frame for frame in frames_of(block.frame) if frame.tag in _KEPT and frame not in shared]
    return frames[::-1]


def _shared_frames(blocks: Sequence[Block]) -> set[Frame]:
    """Return the frames that hold all the blocks, and that therefore say nothing about their order.

    A list or a table whose items are the content itself is not one of them.
    """
    if not blocks:
        return set()
    shared = set(frames_of(blocks[0].frame))
    for block in blocks[1:]:
        shared &= set(frames_of(block.frame))
    outermost = sorted(shared, key=lambda frame: frame.depth)
    kept: set[Frame] = set()
    for index, frame in enumerate(outermost):
        inside = outermost[index + 1 :]
        if frame.tag in (*_LISTS, "table") and len(blocks) > 1 and not any(f.tag in ("li", "td", "th") for f in inside):
            break
        kept.add(frame)
    return kept


def _written(root: _Node) -> str:
    """Return a tree as HTML, without recursion: a page may nest its lists deeper than Python calls."""
    parts: list[str] = []
    waiting: list[_Node | str] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
        else:
            waiting += reversed(_opened(item))
    return "".join(parts)


def _opened(node: _Node) -> "list[_Node | str]":
    """Return a node as its tags and what stands between them."""
    inside = node.children if node.tag in _BARE else _inside(node)
    return [f"<{node.tag}>", *inside, f"</{node.tag}>"] if node.tag else inside


def _inside(node: _Node) -> "list[_Node | str]":
    first, *rest = node.children or [""]
    if not isinstance(first, _Node) or first.tag != "p":
        return node.children
    is_item = node.tag in ("li", "td", "th")
    # `<li>text<ul>…`: as pages write it.
    if not rest or (is_item and all(isinstance(child, _Node) and child.tag in _LISTS for child in rest)):
        return [*first.children, *rest]
    return node.children
