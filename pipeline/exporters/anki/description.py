"""What a deck says about itself: where its notes come from, under which licence, and how it is updated."""

from collections import Counter
from collections.abc import Mapping

from pipeline.records import escape

__all__ = ["Credits"]


class Credits:
    """Collects whose a deck's notes are while they go by."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._said: Counter[str] = Counter()
        self._trademarks: Counter[str] = Counter()

    def add(self, said: Mapping[str, int], trademarks: Mapping[str, int]) -> None:
        """Count attributions (publisher, licence and copyright lines as pages have them), and trademarks, of notes."""
        self._said.update(said)
        self._trademarks.update(trademarks)

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
    return sorted(filter(None, counted), key=lambda text: (-counted[text], text))
