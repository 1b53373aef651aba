"""Passages against what is printed: what is missing, what is changed, what is too much."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.exporters.pdf.kinds import Passage
from pipeline.verify.pdf.equality import PrintedText, Said
from pipeline.verify.pdf.speech import Drawable, Hopeful, Listed, is_beyond_measure, spoken

__all__ = ["Compared", "Matcher", "quoted"]


@dataclass(frozen=True, slots=True)
class Compared:
    """Passages beside what is printed: what each says, and whether the print is just that, in order."""

    text: PrintedText
    passages: Sequence[Sequence[Said]]
    is_equal: bool

    def differences(self) -> Iterator[str]:
        """Yield every difference: all passages in order, and nothing else, is right."""
        if not self.is_equal:
            yield from _differences(self.text, self.passages)

    def starts(self) -> list[int]:
        """Return where in the text each passage begins, if all are as long as they are to be."""
        return [0, *accumulate(self.text.length_of(passage) for passage in self.passages)][:-1]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Compares passages with what is printed; what can be drawn is tried only where it matters."""

    known: Drawable

    def compared(self, passages: Sequence[Passage], printed: Sequence[Said]) -> Compared:
        """Return the passages beside the print."""
        text = PrintedText(printed, scripts=not any(map(is_beyond_measure, passages)))
        for drawable in (Hopeful(), self.known):
            said = [spoken(passage, drawable) for passage in passages]
            if text.says(said):
                return Compared(text, said, is_equal=True)
        return Compared(text, said, is_equal=False)

    def differences(self, passages: Sequence[Passage], printed: Sequence[Said]) -> Iterator[str]:
        """Yield every difference between passages and print."""
        return self.compared(passages, printed).differences()

    def says(self, passage: Passage, printed: Sequence[Said]) -> bool:
        """Say whether what is printed is just this passage."""
        return self.compared([passage], printed).is_equal

    def of_lists(self) -> "Matcher":
        """Return the matcher of what stands in lists, where pictures are but named."""
        return Matcher(Listed(self.known))


def _differences(text: PrintedText, passages: Sequence[Sequence[Said]]) -> Iterator[str]:
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
