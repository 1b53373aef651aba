"""The language of a file whose records may be in several: words are hyphenated, and read out, by it."""

from collections import Counter
from collections.abc import Iterable

__all__ = ["prevailing"]


def prevailing(languages: Iterable[str], default: str) -> str:
    """Return the BCP 47 tag that most records have, the first by name of several; `default` if there is no record."""
    counts = Counter(languages)
    return min(counts, key=lambda name: (-counts[name], name)) if counts else default
