"""What a deck says about itself: where its notes come from, under which licence, and how it is updated."""

from collections import Counter

from pipeline.notes import StudyNote
from pipeline.records import escape

__all__ = ["Credits"]


class Credits:
    """Collects whose a deck's notes are while they go by."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._said: Counter[str] = Counter()
        self._trademarks: Counter[str] = Counter()

    def add(self, note: StudyNote) -> None:
        """Count a note's attribution (publisher, licence and copyright lines as its page has them) and trademarks."""
        if note.attribution:
            self._said[note.attribution] += 1
        if note.trademarks:
            self._trademarks[note.trademarks] += 1

    def html(self) -> str:
        """Return the description, as HTML; the most frequent credit stands first."""
        said = [text for counted in (self._said, self._trademarks) for text in _by_frequency(counted)]
        parts = [
            f"<p><b>{escape(self._title)}</b></p>",
            *(f"<p>{text}</p>" for text in said),
            "<p>A newer file of this deck updates its cards and keeps reviews. Suspend cards, do not delete them.</p>",
        ]
        return "\n".join(parts)


def _by_frequency(counted: Counter[str]) -> list[str]:
    return sorted(counted, key=lambda text: (-counted[text], text))
