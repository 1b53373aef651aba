"""Was a text hard-wrapped, and at which column? Told from how full its lines are, not from a guess."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["Wrapping"]

_WIDEST: Final = 132  # nobody wraps beyond a printer's line
_NARROWEST: Final = 30
_FEWEST: Final = 3  # full lines that it takes to believe in a wrap
_SHARE: Final = 0.5  # of neighbouring lines, that a wrap must explain


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The column at which a text was wrapped; 0 if it was not."""

    width: int

    @classmethod
    def of(cls, lines: Sequence[tuple[int, str] | None]) -> "Wrapping":
        """Return the wrapping of `lines`: (column after the last character, text), None for a blank line.

        A line that was wrapped is so full that the first word of the next would not have fitted. Each pair of
        neighbours thus names an interval of widths; a wrapped text has one width in most of the intervals.
        """
        votes: Counter[int] = Counter()
        pairs = 0
        for line, following in zip(lines, lines[1:], strict=False):
            if line is None or following is None:
                continue
            pairs += 1
            end, after = line[0], line[0] + len(following[1].split(" ", 1)[0])
            if end <= _WIDEST:
                votes.update(range(max(end, _NARROWEST), min(after, _WIDEST) + 1))
        if not votes:
            return cls(0)
        # Of equally good widths, the widest: it is the one the wrapper was told.
        width, count = max(votes.items(), key=lambda item: (item[1], item[0]))
        return cls(width if count >= _FEWEST and count >= _SHARE * pairs else 0)

    def is_full(self, end: int, following: str) -> bool:
        """Say whether a line that ends at column `end` was wrapped before `following`."""
        return bool(self.width) and end <= self.width < end + 1 + len(following.split(" ", 1)[0])
