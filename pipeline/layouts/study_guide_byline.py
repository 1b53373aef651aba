"""Who wrote a study guide, and when it was last changed: as exact as the page says it."""

import re
from dataclasses import dataclass, field
from typing import Final

from pipeline.layouts.reading import Reading
from pipeline.records import normalise

__all__ = ["Byline", "authors_of", "byline_of", "date_of", "doubled", "looks_like_person"]

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
_NAMED: Final = re.compile(
    r"(?:(?P<before>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>[a-z]{3,9})\.?"
    r"(?:\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?)?,?\s+(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_ISO: Final = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?\b")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_PERSON: Final = re.compile(
    r"[^\W\d_][\w.'’-]*(?:\s+(?:(?:de|van|von|der|den|la|le|bin|al|da|di)\s+)*[^\W\d_][\w.'’-]*){1,3}"
)
_LONGEST_NAME: Final = 50
_MOST_DAYS: Final = 31
_MOST_BETWEEN: Final = 3  # blocks of furniture between the date and a name


def date_of(text: str) -> str | None:
    """Return the date that `text` holds, ISO 8601 and as exact as it is: "2021-12-14", "2026-06", "2026"; or None."""
    for named in _NAMED.finditer(text):
        month = _MONTHS.get(named["month"].lower())
        if month is not None:
            day = int(named["day"] or named["before"] or 0)
            return f"{named['year']}-{month:02}" + (f"-{day:02}" if 1 <= day <= _MOST_DAYS else "")
    found = _ISO.search(text) or _YEAR.search(text)
    return found.group() if found else None


def authors_of(text: str) -> list[str]:
    """Return the names in "Dalia Savy, Jed Quiaoit and the Content Team", each once, in order."""
    parts = re.split(r"\s*(?:,|;|&|\band\b|[•|·])\s*", text)
    names = [re.sub(r"^the\s+", "", part.strip(), flags=re.IGNORECASE) for part in parts]
    return list(dict.fromkeys(name for name in names if name))


def doubled(text: str) -> str | None:
    """Return the half of a text that says the same twice ("Dalia Savy Dalia Savy"), or None."""
    match = re.fullmatch(r"(\S.+?)\s*\1", text.strip())
    return match[1] if match else None


def looks_like_person(text: str) -> bool:
    """Say whether a line has the shape of a person's name: two to four words, each begun with a capital."""
    words = text.split()
    return (
        len(text) <= _LONGEST_NAME
        and bool(_PERSON.fullmatch(text))
        and words[0][:1].isupper()
        and words[-1][:1].isupper()
    )


@dataclass(slots=True)
class Byline:
    """Authors and date, the claims of their blocks (block, start, end, field), and the first block behind them."""

    authors: list[str] = field(default_factory=list)
    updated: str | None = None
    claims: list[tuple[int, int, int, str]] = field(default_factory=list)
    end: int = 0


def byline_of(reading: Reading, start: int, end: int) -> Byline:
    """Take authors and date from their lines, and the names (each often twice) that stand behind the date."""
    byline = Byline()
    last = start - 1
    dated = False
    for index in range(min(end, len(reading.blocks))):
        label = reading.labels[index]
        if label is None or label.kind != "label" or label.name not in ("byline", "updated"):
            continue
        found = reading.patterns.labels.match(" ".join(reading.blocks[index].spaced.split()))
        groups = found[1].groupdict() if found and found[0] == label.name else label.groups
        if groups.get("authors"):
            byline.authors += [name for name in authors_of(groups["authors"] or "") if name not in byline.authors]
        if groups.get("updated") and byline.updated is None:
            byline.updated = date_of(groups["updated"] or "")
        byline.claims.append(
            (index, 0, len(reading.blocks[index].text), "authors" if groups.get("authors") else "updated")
        )
        dated = dated or label.name == "updated"
        last = max(last, index)
    if dated:
        last = max(last, _take_names(reading, byline, last + 1))
    byline.end = last + 1
    return byline


def _take_names(reading: Reading, byline: Byline, index: int) -> int:
    """Take the names behind the date line; return the last of their blocks."""
    last = index - 1
    blocks = reading.blocks
    while index < len(blocks) and index - last <= _MOST_BETWEEN:
        block, label = blocks[index], reading.labels[index]
        if block.kind == "heading" or (label is not None and label.kind == "heading"):
            break
        if not block.text or label is not None or block.kind == "button":
            index += 1
            continue
        following = next((n for n in range(index + 1, len(blocks)) if blocks[n].text), None)
        twice = following is not None and normalise(blocks[following].text) == normalise(block.text)
        name = doubled(block.spaced) or block.spaced
        sure = twice or name != block.spaced or (not byline.authors and _is_strange(reading, index, name))
        if not looks_like_person(name) or not sure:
            break
        taken = [index, following] if twice and following is not None else [index]
        byline.authors += [name] if name not in byline.authors else []
        byline.claims += [(n, 0, len(blocks[n].text), "authors") for n in taken]
        last = taken[-1]
        index = last + 1
    return last


def _is_strange(reading: Reading, index: int, name: str) -> bool:
    """Say whether none of a line's words stands elsewhere on the page: a name, then, and no heading of its text."""
    rest = " ".join(block.text for number, block in enumerate(reading.blocks) if number != index).casefold()
    words = re.findall(r"[^\W\d_]{2,}", name.casefold())
    return bool(words) and not any(re.search(rf"\b{re.escape(word)}\b", rest) for word in words)
