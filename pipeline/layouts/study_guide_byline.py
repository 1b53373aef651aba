"""Who wrote a study guide, and when it was last changed: as exact as the page says it."""

import re
from typing import Final

__all__ = ["authors_of", "date_of", "doubled", "looks_like_person"]

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
