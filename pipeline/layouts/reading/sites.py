"""Whose pages a page's own words show it to be one of."""

from pipeline.layouts.reading.page import Reading
from pipeline.layouts.reading.patterns import comparable

__all__ = ["site_of"]


def site_of(reading: Reading) -> tuple[str, str] | None:
    """Return the publisher whose site the page shows a sign of, and that sign: words of the page, or its address."""
    if not reading.patterns.sites.groups:
        return None
    texts = [comparable(reading.page.url or ""), *(reading.text(n) for n in range(len(reading.blocks)))]
    for text in texts:
        if text and (found := reading.patterns.sites.match(text)):
            return found[0], text
    return None
