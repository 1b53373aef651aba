"""A page's notices, and who publishes it: the copyright line, the site's name, the user, or signs of a site."""

import re
from collections.abc import Iterable
from typing import Final

from pipeline.config import LayoutSpec
from pipeline.layouts.fields.context import PageContext
from pipeline.layouts.reading import Basis, Reading, best, site_of

__all__ = ["publisher_of", "take_notices"]

_COPYRIGHT: Final = re.compile(
    r"(?:©|\(c\)|copyright) ?(?:©|\(c\))? ?(?:\d{4}(?: ?[-–,] ?\d{4})*,? ?)?(?:by )?(?P<name>[^.|•·,\d][^.|•·,]*)",
    re.IGNORECASE,
)
_LEGAL_FORM: Final = re.compile(
    r"(?<![,\s])[,\s]++(?:inc|llc|ltd|limited|gmbh|corp|corporation|co|plc|s\.?a|b\.?v)\b\.?\s*+$", re.IGNORECASE
)
_RIGHTS: Final = re.compile(r"(?:(?<!\s)\s++)?\b(?:all rights reserved|\d{4}).*", re.IGNORECASE | re.DOTALL)


def take_notices(context: PageContext, blocks: Iterable[int]) -> None:
    """Read the notices, each once (a line wrapped off one is its end), and the publisher."""
    reading = context.reading
    notices: list[str] = []
    for index in blocks:
        if not reading.ledger.is_free(index):
            continue
        for line in reading.blocks[index].text.split("\n"):
            text = " ".join(line.split())
            if notices and text and reading.labels[index] is None:
                notices[-1] += f" {text}"
            elif text and text not in notices:
                notices.append(text)
        reading.ledger.claim(index, "notices")
    context.fields["notices"] = notices
    context.fields["publisher"] = publisher_of(reading, notices, context.spec)


def publisher_of(reading: Reading, notices: Iterable[str], spec: LayoutSpec) -> str | None:
    """Return the publisher's name without its legal form.

    "© 2024 Fiveable Inc. All rights reserved." says it, and the site's name in the page's head does. Else there is
    what the user's layout says, then what stands at the title's end, then whose words the page shows a sign of.
    """
    _, bar, last = (reading.page.title or "").rpartition(" | ")
    site = site_of(reading)
    found = best(
        [
            (Basis.LABELLED, _holder(notices) or reading.page.site),
            (Basis.SAID, spec.publisher),
            (Basis.AGREED, last.strip() if bar else None),
            (Basis.AGREED, site[0] if site else None),
        ]
    )
    return found.value if found else None


def _holder(notices: Iterable[str]) -> str | None:
    """Return who has the copyright, by the first notice that says it."""
    for notice in notices:
        if match := _COPYRIGHT.search(notice):
            name = _LEGAL_FORM.sub("", _RIGHTS.sub("", match["name"]).strip()).strip(" -–—")
            if name:
                return name
    return None
