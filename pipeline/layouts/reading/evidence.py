"""Where else on a page its term and course stand: it confirms what was read, and may stand in for what was lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from pipeline.blocks import Page
from pipeline.config import LayoutSpec
from pipeline.layouts.reading.draft import Origin
from pipeline.layouts.reading.page import Reading
from pipeline.layouts.reading.patterns import comparable
from pipeline.records import normalise, slug

__all__ = ["GIVEN", "Witness", "agreed", "front_course", "said", "site_of", "witnesses"]

# The places of witnesses that are no places of the page.
GIVEN: Final = "[[defaults]]"
_LAYOUT: Final = "layout"
_LONGEST_PLACE: Final = 1000  # characters of a title or an address in which a name is looked for


@dataclass(frozen=True, slots=True)
class Witness:
    """One place that names a field: what it says, and whether that is the name itself or only a slug of it."""

    place: str
    value: str
    is_slug: bool = False
    alone: bool = False  # the user says it, or says that this place is to be believed by itself

    @property
    def name(self) -> str:
        """The name as a person would write it: a slug's words apart."""
        return re.sub(r"[-_+]+", " ", self.value).strip() if self.is_slug else self.value

    @property
    def is_evidence(self) -> bool:
        """Say whether it is a place of the page, from which a field is inferred, and not the user."""
        return self.place not in (GIVEN, _LAYOUT)

    @property
    def title(self) -> str:
        """The name as a title: a slug's words begun with capitals."""
        return self.name.title() if self.is_slug and self.name.islower() else self.name

    def confirms(self, text: str) -> bool:
        """Say whether this place names `text`."""
        if self.is_slug:
            return _same(self.value, text) or self.value == slug(text)
        return normalise(self.value) == normalise(text) or _same(self.value, text)


def _same(first: str, second: str) -> bool:
    """Say whether two names have the same letters and digits, if they have any."""
    return bool(_bare(first)) and _bare(first) == _bare(second)


def _bare(text: str) -> str:
    """Return letters and digits alone: what a slug, a title and a sentence have in common."""
    return "".join(char for char in normalise(text) if char.isalnum())


def witnesses(
    reading: Reading, spec: LayoutSpec, field: str, origin: Origin, *, end: int | None = None
) -> list[Witness]:
    """Return what the page's furniture, headings, title, URL and path say of `field`, and then the user; best first.

    `end` is the block with which another page begins in the same file.
    """
    found = [*_from_text(reading, end)] if field == "term" else []
    places = {"title": reading.page.title, "url": reading.page.url, "path": origin.path}
    for rule in spec.evidence.get(field, ()):
        text = (places[rule.where] or "")[:_LONGEST_PLACE]
        if any(witness.place == rule.where for witness in found):
            continue  # of several patterns for one place, the first that matches speaks
        if text and (match := re.search(rule.pattern, text, re.IGNORECASE)):
            value = match["value"]
            is_slug = rule.where in ("url", "path")
            found.append(Witness(rule.where, unquote(value) if is_slug else value, is_slug, rule.alone))
    if field in origin.given:
        found.append(Witness(GIVEN, origin.given[field], alone=True))
    if field == "course" and spec.course:
        found.append(Witness(_LAYOUT, spec.course, alone=True))
    return found


def front_course(page: Page) -> str | None:
    """Return the class that a Markdown page's front matter says: `course`, or `subject` of a page that has a `type`."""
    return page.front.get("course") or (page.front.get("subject") if page.front.get("type") else None) or None


def _from_text(reading: Reading, end: int | None) -> Iterator[Witness]:
    """Yield what a pattern's group `term` caught: in the congratulation, and over “X” also found in."""
    for block, label in zip(reading.blocks[:end], reading.labels, strict=False):
        if label is None or not (value := label.groups.get("term")):
            continue
        # The pattern saw straight quotes and single spaces; the page's own spelling is what counts.
        at = " ".join(block.spaced.split())
        start = _same_length(at).casefold().find(_same_length(value).casefold())
        yield Witness(label.name, at[start : start + len(value)] if start >= 0 else value)


def _same_length(text: str) -> str:
    return text.translate(str.maketrans("“”„‟«»’‘‚‛‐‑", '""""""\'\'\'\'--'))


def said(found: list[Witness]) -> Witness | None:
    """Return the first witness that the user wants believed by itself."""
    return next((witness for witness in found if witness.alone), None)


def agreed(found: list[Witness]) -> Witness | None:
    """Return the best witness that at least one other, at another place, confirms."""
    for witness in found:
        if witness.is_slug:
            continue
        if any(other.place != witness.place and other.confirms(witness.value) for other in found):
            return witness
    return None


def site_of(reading: Reading) -> tuple[str, str] | None:
    """Return the publisher whose site the page shows a sign of, and that sign: words of the page, or its address."""
    if not reading.patterns.sites.groups:
        return None
    texts = [comparable(reading.page.url or ""), *(reading.text(n) for n in range(len(reading.blocks)))]
    for text in texts:
        if text and (found := reading.patterns.sites.match(text)):
            return found[0], text
    return None
