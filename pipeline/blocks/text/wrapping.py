"""Was a text hard-wrapped, and at which width? Told from how full its lines are, not from a guess."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["TextLine", "Wrapping"]

_WIDEST: Final = 132  # nobody wraps beyond a printer's line
_NARROWEST: Final = 40
_FEWEST: Final = 3  # full lines that it takes to believe in a wrap
_FEWEST_BETWEEN_BLANKS: Final = 2  # and where blank lines stand between paragraphs
_BLANKS: Final = 6  # lines, of which at least one is blank, where blank lines stand between paragraphs
_SHARE: Final = 0.5  # of neighbouring lines, that a wrap must explain
_SENTENCES: Final = 0.4  # of full lines at the most that end with a sentence: a wrap breaks anywhere
_SLACK: Final = 10  # columns that a line may stick out (a long word, a no-break space)
_TOO_LONG: Final = 0.05  # of all lines at the most that stick out further: a wrapper leaves none
_NEARLY: Final = 0.75  # of the width: a line between blanks that may be wrapped where a word would have fitted
_HALF: Final = 0.5  # and one of several, that an extractor may have broken at an element
_NARROW: Final = 100  # columns of a text's longest line that make it likely that it was wrapped
_LONG: Final = 60  # characters of a line that may have been broken off, where nothing else is known


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as the wrapper saw it: its text, and the column at which that begins (behind indentation and sign)."""

    text: str
    column: int
    begins: bool = False  # it has a sign of its own, or is known to begin something new
    whole: bool = True  # it may be complete: a short line that stands alone, or one that is known

    @property
    def first_word(self) -> int:
        """The length of its first word."""
        return len(self.text.split(" ", 1)[0])

    @property
    def ends_sentence(self) -> bool:
        """Say whether it may be the end of a paragraph."""
        return self.text.rstrip("\"'”’)").endswith((".", "?", "!"))


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The narrowest and the widest width that explain a text's full lines; 0 if it was not wrapped.

    `hanging`: the width counts indentation and list sign; else the text was wrapped first, and they were put before.
    """

    low: int
    high: int
    hanging: bool = True
    between_blanks: bool = False  # blank lines stand between paragraphs
    longest: int = 0  # columns of the longest line

    @classmethod
    def of(cls, lines: Sequence[TextLine | None]) -> "Wrapping":
        """Return the wrapping of `lines`; None stands for a blank one.

        A line that was wrapped is so full that the first word of the next would not have fitted. Each pair of
        neighbours thus names an interval of widths; a wrapped text has one width in most of the intervals.
        """
        blanks = sum(1 for line in lines if line is None)
        between_blanks = _BLANKS * blanks >= len(lines)
        fewest = _FEWEST_BETWEEN_BLANKS if between_blanks else _FEWEST
        best = (0, 0, 0, True)
        for hanging in (True, False):
            votes: Counter[int] = Counter()
            sentences: Counter[int] = Counter()
            pairs = 0
            for line, following in itertools.pairwise(lines):
                if line is None or following is None or following.begins:
                    continue
                pairs += 1
                end = _end(line, hanging=hanging)
                if end <= _WIDEST:
                    widths = range(max(end, _NARROWEST), min(end + following.first_word, _WIDEST) + 1)
                    votes.update(widths)
                    if line.text.endswith((".", "?", "!")) and following.text[:1].isupper():
                        sentences.update(widths)
            count = max(votes.values(), default=0)
            if count >= fewest and count >= _SHARE * pairs and count > best[0]:
                best_widths = [width for width, number in votes.items() if number == count]
                too_long = sum(1 for line in lines if line and _end(line, hanging=hanging) > max(best_widths) + _SLACK)
                if sentences[min(best_widths)] <= _SENTENCES * count and too_long <= _TOO_LONG * len(lines):
                    best = (count, min(best_widths), max(best_widths), hanging)
        longest = max((line.column + len(line.text) for line in lines if line), default=0)
        return cls(*best[1:], between_blanks, longest)

    def is_full(self, line: TextLine, following: TextLine) -> bool:
        """Say whether `line` was wrapped before `following`."""
        end = _end(line, hanging=self.hanging)
        if line.ends_sentence and end + 1 + following.first_word <= self.low:
            return False  # no wrapper breaks where the next word would have fitted
        if self.high and self.between_blanks and end >= (_NEARLY if line.whole else _HALF) * self.low:
            return True  # a wrapped text, and no blank line between
        return bool(self.high) and end <= self.high and end + 1 + following.first_word > self.low

    def breaks_within(self, line: TextLine, following: TextLine) -> bool:
        """Say whether a sentence goes on behind `line`, which could not have been longer than any other of its text.

        For a text without blank lines of which too little was wrapped to know the width.
        """
        if self.between_blanks or self.longest > _NARROW or not following.text[:1].islower():
            return False
        is_unfinished = line.column + len(line.text) >= _LONG and line.text[-1] not in ".?!:;"
        return is_unfinished and line.column + len(line.text) + 1 + following.first_word > self.longest

    def goes_on(self, line: TextLine, following: TextLine) -> bool:
        """Say whether two lines that stand alone between blank ones are one sentence: it goes on in lower case."""
        unfinished = len(line.text) >= _LONG and line.text[-1] not in ".?!:;"
        return self.between_blanks and unfinished and following.text[:1].islower()


def _end(line: TextLine, *, hanging: bool) -> int:
    return len(line.text) + (line.column if hanging else 0)
