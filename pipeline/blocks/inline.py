"""Runs of inline content: collecting them with white space collapsed, cutting them, and writing them as HTML."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pipeline.blocks.model import Mark, Run
from pipeline.records import escape

__all__ = ["RunBuilder", "inline_html", "merge", "slice_runs", "strip_runs"]

# What becomes one space: two or more white-space characters of any kind, or one of these. A single ideographic space
# (U+3000) is a letter's width in Japanese text, and is kept.
_SPACE: Final = re.compile("[ \t\n\r\f\v\N{NO-BREAK SPACE}\N{ZERO WIDTH NO-BREAK SPACE}]+|\\s{2,}")
# Invisible characters that are dropped, as text is compared without them.
_INVISIBLE: Final = dict.fromkeys(map(ord, "\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\N{WORD JOINER}"))


class RunBuilder:
    """Collects one block's runs: collapses white space as a browser does, drops it at both ends."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._length = 0
        self._space = True  # the text so far ends in white space, or there is none
        self.seams: list[int] = []
        self.indents: dict[int, int] = {}  # where a line begins that no-break spaces set in -> how many

    def add(self, text: str, marks: tuple[Mark, ...]) -> None:
        """Add text as it stands in the source."""
        if self._space:
            self._indent(text)
            if text.isspace():
                return
        text = _SPACE.sub(" ", text if text.isascii() else text.translate(_INVISIBLE))
        if self._space:
            text = text.lstrip(" ")
        if text:
            self._push(Run(text, marks))
            self._space = text.endswith(" ")

    def add_raw(self, text: str, marks: tuple[Mark, ...]) -> None:
        """Add text of a `pre`: white space stays."""
        if text:
            self._push(Run(text, marks))
            self._space = False

    def add_math(self, tex: str, marks: tuple[Mark, ...], *, display: bool) -> None:
        r"""Add a formula, as `\( TeX \)` or, for a display, `\[ TeX \]`."""
        tex = " ".join(tex.split())
        self._push(Run(f"\\[{tex}\\]" if display else f"\\({tex}\\)", marks, math=True))
        self._space = False

    def add_image(self, src: str, alt: str, marks: tuple[Mark, ...]) -> None:
        """Add a picture."""
        self._runs.append(Run("", (*marks, Mark("img", src)), alt=" ".join(alt.split())))
        self._space = False

    def add_break(self) -> None:
        """Add a line break."""
        self._trim()
        self._push(Run("\n"))
        self._space = True

    def add_seam(self) -> None:
        """Note that one inline element ends and another begins here."""
        if self._length and not self._space and (not self.seams or self.seams[-1] != self._length):
            self.seams.append(self._length)

    @property
    def length(self) -> int:
        """How many characters there are so far."""
        return self._length

    @property
    def ends_in_break(self) -> bool:
        """Say whether the last thing added was a line break."""
        return bool(self._runs) and self._runs[-1].text == "\n"

    def _indent(self, text: str) -> None:
        """Note the no-break spaces at the head of a line: a page without lists sets its items in with them."""
        if text[:1].isspace() and (not self._runs or self._runs[-1].text == "\n"):
            width = text[: len(text) - len(text.lstrip())].count("\N{NO-BREAK SPACE}")
            if width:
                self.indents[self._length] = self.indents.get(self._length, 0) + width

    def _push(self, run: Run) -> None:
        self._runs.append(run)
        self._length += len(run.text)

    def _trim(self) -> None:
        while self._runs and self._runs[-1].text and not self._runs[-1].math:
            last = self._runs.pop()
            kept = last.text.rstrip(" \n")
            self._length -= len(last.text) - len(kept)
            if kept:
                self._runs.append(last if len(kept) == len(last.text) else replace(last, text=kept))
                return

    def finish(self) -> tuple[Run, ...]:
        """Return the runs, neighbours with the same marks joined; the builder is empty after it."""
        if not self._runs:
            self.seams, self.indents, self._space = [], {}, True
            return ()
        self._trim()
        runs = merge(self._runs)
        self.seams = [seam for seam in self.seams if seam < self._length]
        self._runs, self._length, self._space = [], 0, True
        return runs


def merge(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return `runs` with neighbours under the same marks joined and empty ones dropped."""
    merged: list[Run] = []
    for run in runs:
        if not run.text and not (run.marks and run.marks[-1].tag == "img"):
            continue
        last = merged[-1] if merged else None
        if last and last.text and run.text and last.marks == run.marks and not last.math and not run.math:
            merged[-1] = replace(last, text=last.text + run.text)
        else:
            merged.append(run)
    return tuple(merged)


def slice_runs(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """Return what stands between two offsets of the runs' text; pictures at either end are included."""
    cut: list[Run] = []
    offset = 0
    for run in runs:
        after = offset + len(run.text)
        if not run.text:
            if start <= offset <= end:
                cut.append(run)
        elif after > start and offset < end:
            cut.append(replace(run, text=run.text[max(start - offset, 0) : end - offset]))
        offset = after
    return merge(cut)


def strip_runs(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return `runs` without white space at both ends."""
    text = "".join(run.text for run in runs)
    start = len(text) - len(text.lstrip())
    return slice_runs(runs, start, max(len(text.rstrip()), start))


def inline_html(runs: Sequence[Run]) -> str:
    """Return runs as a canonical HTML fragment: marks nested in the order in which runs carry them."""
    parts: list[str] = []
    opened: list[Mark] = []
    for run in runs:
        marks = [mark for mark in run.marks if mark.tag != "img"]
        shared = 0
        while shared < min(len(opened), len(marks)) and opened[shared] == marks[shared]:
            shared += 1
        parts.extend(f"</{mark.tag}>" for mark in reversed(opened[shared:]))
        parts.extend(_open_tag(mark) for mark in marks[shared:])
        opened = marks
        if run.text:
            parts.append(escape(run.text).replace("\n", "<br>"))
        else:
            src, alt = escape(run.marks[-1].value), escape(run.alt)
            parts.append(f'<img src="{src.replace(chr(34), "&quot;")}" alt="{alt.replace(chr(34), "&quot;")}">')
    parts.extend(f"</{mark.tag}>" for mark in reversed(opened))
    return "".join(parts)


def _open_tag(mark: Mark) -> str:
    if mark.tag != "a":
        return f"<{mark.tag}>"
    href = escape(mark.value).replace('"', "&quot;")
    return f'<a href="{href}">'
