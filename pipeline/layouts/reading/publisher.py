"""Who publishes a page: what its copyright line says, else the site's name, else nothing."""

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["publisher_of"]

_COPYRIGHT: Final = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–,]\s*\d{4})*,?\s*)?(?:by\s+)?(?P<name>[^.|•·,\d][^.|•·,]*)",
    re.IGNORECASE,
)
_LEGAL_FORM: Final = re.compile(
    r"[,\s]+(?:inc|llc|ltd|limited|gmbh|corp|corporation|co|plc|s\.?a|b\.?v)\b\.?\s*$", re.IGNORECASE
)
_RIGHTS: Final = re.compile(r"\s*\b(?:all rights reserved|\d{4}).*$", re.IGNORECASE)


def publisher_of(notices: Iterable[str], site: str | None, title: str | None) -> str | None:
    """Return the publisher's name without its legal form ("© 2024 Fiveable Inc. All rights reserved." → Fiveable)."""
    for notice in notices:
        if match := _COPYRIGHT.search(notice):
            name = _LEGAL_FORM.sub("", _RIGHTS.sub("", match["name"]).strip()).strip(" -–—")
            if name:
                return name
    if site:
        return site
    if title and " | " in title:
        return title.rsplit(" | ", 1)[1].strip() or None
    return None
