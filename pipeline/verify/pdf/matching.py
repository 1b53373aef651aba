"""Passages against what is printed: what is missing, what is changed, what is too much."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.exporters.pdf.kinds import Passage
from pipeline.verify.pdf.equality import PrintedText, Said
from pipeline.verify.pdf.speech import Drawable, Hopeful, Known, is_beyond_measure, spoken

__all__ = ["Matcher", "quoted"]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Compares passages with what is printed; what can be drawn is tried only where it matters."""

    known: Known

    def differences(self, passages: Sequence[Passage], printed: Sequence[Said]) -> Iterator[str]:
        """Yield every difference between passages and print: in order, all of them, and nothing else is right."""
        scripts = not any(is_beyond_measure(passage) for passage in passages)
        text = PrintedText(printed, scripts=scripts)
        if not text.says(_said(passages, Hopeful())):
            said = _said(passages, self.known)
            if not text.says(said):
                yield from _compared(text, said)

    def says(self, passage: Passage, printed: Sequence[Said]) -> bool:
        """Say whether what is printed is just this passage."""
        return not any(True for _ in self.differences([passage], printed))


def _said(passages: Sequence[Passage], drawable: Drawable) -> list[list[Said]]:
    return [spoken(passage, drawable) for passage in passages]


def _compared(text: PrintedText, passages: Sequence[Sequence[Said]]) -> Iterator[str]:
    """Yield what is missing and what is too much, passage by passage."""
    position = 0
    missing: list[str] = []
    for passage in passages:
        if not text.length_of(passage):
            continue
        found = text.find(passage, position)
        if found is None:
            missing.append(_shown(passage))
            continue
        begin, end = found
        yield from _between(missing, text.excerpt(position, begin))
        missing.clear()
        position = end
    yield from _between(missing, text.excerpt(position, len(text)))


def _between(missing: Sequence[str], stands: str) -> Iterator[str]:
    if missing and stands:
        first, *others = missing
        yield f"the text {quoted(first)} is not found in its place: {quoted(stands)} stands there"
        missing = others
    elif stands:
        yield f"{quoted(stands)} stands there, where nothing is to be"
    for text in missing:
        yield f"the text {quoted(text)} is not found in its place"


def _shown(passage: Sequence[Said]) -> str:
    return "".join(f" {said.text} " if said.how else said.text for said in passage)


def quoted(text: str) -> str:
    """Return a text as it is shown in a message, on one line and not too long."""
    line = " ".join(html.unescape(text).split())
    return f"“{line if len(line) <= 80 else line[:79] + '…'}”"
