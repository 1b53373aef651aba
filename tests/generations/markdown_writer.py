"""Writes Markdown blocks in one style, escaping what CommonMark would read as mark-up."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from .model import escape, squeeze
from .reading import text_of_html

__all__ = ["Writer", "clean"]

SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
START = re.compile(r"^(\d+)([.)])(?=\s)|^([-+=])(?=\s|$)")


def clean(text: str) -> str:
    """Return `text` with each character escaped that may be mark-up."""
    text = SPECIAL.sub(r"\\\1", text)
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    return START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", text)


class Writer:
    """Collects blocks; `result` is the page."""

    def __init__(self, heading: str, bullet: str, numbers: str, tight: bool, escaping: str) -> None:
        """Set the style: see `render_markdown.Style`."""
        self._style = heading
        self._bullet = bullet
        self._numbers = numbers
        self._tight = tight
        self._escape_all = escaping == "all"
        self._blocks: list[str] = []

    def text(self, text: str) -> str:
        """Return `text` raw where CommonMark reads it back as it is, else escaped."""
        if self._escape_all:
            return clean(text)
        return text if _reads_as_it_is(text) else clean(text)

    def html(self, text: str) -> str:
        """Return `text` for a place within raw HTML."""
        return escape(text)

    def block(self, text: str) -> None:
        """Add a block of its own."""
        self._blocks.append(text)

    def join(self, text: str) -> None:
        """Add `text` to the last block."""
        self._blocks[-1] += text

    def heading(self, level: int, text: str) -> None:
        """Add a heading: `bold` has no levels, `setext` has two."""
        setext = {1: "=", 2: "-"}
        if self._style == "bold" and level > 1:
            self.block(text if text.startswith("**") else f"**{text}**")
        elif self._style == "setext" and level in setext:
            self.block(f"{text}\n{setext[level] * max(3, min(len(text), 40))}")
        else:
            tail = f" {'#' * level}" if self._style == "closed" else ""
            self.block(f"{'#' * level} {text}{tail}")

    def numbered(self, items: list[str]) -> None:
        """Add a numbered list."""
        lines = [f"{n}{self._numbers} {item}" for n, item in enumerate(items, 1)]
        self._list(lines)

    def bulleted(self, items: list[str]) -> None:
        """Add a bulleted list."""
        self._list([f"{self._bullet} {item}" for item in items])

    def nested(self, pairs: list[tuple[str, str]], *, numbered: bool = False) -> None:
        """Add a list in which each item holds a list of one item."""
        inner = {"*": "+", "+": "-", "-": "-"}[self._bullet]
        lines = []
        for number, (one, two) in enumerate(pairs, 1):
            mark = f"{number}{self._numbers}" if numbered else self._bullet
            lines.append(f"{mark} {one}{self._gap()}{' ' * (len(mark) + 1)}{inner} {two}")
        self._list(lines)

    def table(self, head: tuple[str, str], rows: list[tuple[str, str]]) -> None:
        """Add a table of two columns; pipes in cells are escaped."""
        cells = [[re.sub(r"(?<!\\)\|", r"\\|", cell) for cell in row] for row in rows]
        lines = [f"| {head[0]} | {head[1]} |", "| --- | --- |"]
        self.block("\n".join(lines + [f"| {one} | {two} |" for one, two in cells]))

    def result(self) -> str:
        """Return the page, blocks separated by a blank line."""
        return "\n\n".join(self._blocks) + "\n"

    def _gap(self) -> str:
        return "\n" if self._tight else "\n\n"

    def _list(self, lines: list[str]) -> None:
        self.block(self._gap().join(lines))


@cache  # the same texts stand in each of the styles
def _reads_as_it_is(text: str) -> bool:
    return not START.match(text) and squeeze(text_of_html(_commonmark().render(text))) == squeeze(text)


@cache
def _commonmark() -> MarkdownIt:
    return MarkdownIt()
