"""Who wrote a study guide, and when it was last changed: as exact as the page says it."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from typing import Final

from pipeline.layouts.reading import Reading
from pipeline.records import normalise

__all__ = ["Byline", "authors_of", "byline_of", "credited", "date_of", "doubled", "looks_like_person", "parts_of"]

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
_ISO: Final = re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_PARTICLE: Final = r"(?:de|van|von|der|den|la|le|bin|al|da|di)\s"
_PERSON: Final = re.compile(rf"[^\W\d_][\w.'’-]*+(?:\s++(?:{_PARTICLE}\s*+)*(?!{_PARTICLE})[^\W\d_][\w.'’-]*+){{1,3}}")
# The signs between a byline's parts; a dash or a comma only before a date.
_PARTS: Final = re.compile(
    r"(?:(?<!\s)\s++)?(?:[•|·]\s*+|[–—,-]\s++(?=(?:last\s++)?(?:updated|reviewed|published|modified|revised)\b))"
    r"|(?<!\s)\s++(?=(?:last\s++updated|updated\s++on)\b)",
    re.IGNORECASE,
)
_VERIFIED: Final = re.compile(r"(?:verified|updated|aligned) for the .{0,40}?\bexams?\s*", re.IGNORECASE)
_WROTE: Final = re.compile(r"(?:(?:written|authored|created|made|curated)\s++)?by(?:\s*+:)?\s++(?=\S)", re.IGNORECASE)
_CHANGED: Final = re.compile(r"(?:last\s+)?(?:updated|reviewed|modified|revised|edited)\b(?!\s+by)", re.IGNORECASE)
# "PhD", "M.A.", "RN": short, and with two capitals.
_BEHIND_NAME: Final = re.compile(
    r"(?:Jr|Sr|Esq|I{2,3}|IV)\.?|(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z]{0,4}(?:\.\s?[A-Z][a-z]?)*\.?"
)
_LONGEST_NAME: Final = 50
_MOST_WORDS: Final = 5  # of a name that is known to be one
_MOST_CREDIT: Final = 7  # words behind "written by" that can be one name ("the Editors of the Learning Library")
_MOST_BETWEEN: Final = 3  # blocks of furniture between the date and a name


def date_of(text: str) -> str | None:
    """Return the date that `text` holds, ISO 8601 and as exact as it is: "2021-12-14", "2026-06", "2026"; or None."""
    for named in _NAMED.finditer(text):
        month = _MONTHS.get(named["month"].lower())
        if month is not None:
            day = int(named["day"] or named["before"] or 0)
            last = monthrange(int(named["year"]), month)[1]
            return f"{named['year']}-{month:02}" + (f"-{day:02}" if 1 <= day <= last else "")
    found = _ISO.search(text) or _YEAR.search(text)
    return found.group() if found else None


def credited(text: str) -> list[str]:
    """Return the names in a line that is known to say who wrote a page: "by Dalia Savy"."""
    parts = [_WROTE.sub("", part, count=1) if _WROTE.match(part) else part for part in text.split(", ")]
    return authors_of(", ".join(parts))


def authors_of(text: str) -> list[str]:
    """Return the names in "Dalia Savy, Jed Quiaoit and the Content Team", each once, in order.

    A degree behind a comma is part of the name before it: "Jane Doe, PhD".
    """
    names: list[str] = []
    for part in re.split(r"(?:(?<!\s)\s++)?(?:,|;|&|\band\b|[•|·])\s*+", text):
        name = re.sub(r"^the\s+", "", part.strip(), flags=re.IGNORECASE)
        if names and _BEHIND_NAME.fullmatch(name):
            names[-1] = f"{names[-1]}, {name}"
        elif name:
            names.append(name)
    return list(dict.fromkeys(names))


def parts_of(text: str) -> tuple[list[str], str | None]:
    """Return the authors and the date of a byline, in whatever order it says them.

    Reading time, who reviewed the page and for which exam it was verified are no authors.
    """
    authors: list[str] = []
    changed: str | None = None
    dated: str | None = None
    names_follow = True
    for part in _PARTS.split(_VERIFIED.sub("", text)):
        wrote = _WROTE.match(part)
        if wrote or (names_follow and looks_like_person(part) and " by " not in part):
            names = authors_of(part[wrote.end() :] if wrote else part)
            authors += [name for name in names if name not in authors]
            names_follow = True
            continue
        names_follow = False
        if _CHANGED.match(part):
            changed = changed or date_of(part)
        else:
            dated = dated or date_of(part)
    return authors, changed or dated


def doubled(text: str) -> str | None:
    """Return the half of a text that says the same twice ("Dalia Savy Dalia Savy"), or None."""
    whole = text.strip()
    half = whole[: (len(whole) + 1) // 2].rstrip()
    between = whole[len(half) : len(whole) - len(half)]
    is_twice = 1 < len(half) <= len(whole) - len(half) and whole.endswith(half) and not between.strip()
    return half if is_twice and "\n" not in half else None


def looks_like_person(text: str) -> bool:
    """Say whether a line has the shape of a person's name: two to four words, each begun with a capital."""
    words = text.split()
    return (
        len(text) <= _LONGEST_NAME
        and bool(_PERSON.fullmatch(text))
        and words[0][:1].isupper()
        and words[-1][:1].isupper()
    )


def _may_be_name(text: str) -> bool:
    """Say whether a line can be a name, in any script or as a handle, where its place says that it is one."""
    return (
        len(text) <= _LONGEST_NAME
        and len(text.split()) <= _MOST_WORDS
        and any(char.isalpha() for char in text)
        and not text.endswith(("!", "?", ":", ";", ","))
        and not (text.endswith(".") and text[-3:-2].islower())
    )


@dataclass(slots=True)
class Byline:
    """Authors and date, the claims of their blocks (block, start, end, field), and the first block behind them."""

    authors: list[str] = field(default_factory=list)
    updated: str | None = None
    claims: list[tuple[int, int, int, str]] = field(default_factory=list)
    end: int = 0


def byline_of(reading: Reading, start: int, end: int) -> Byline:
    """Take authors and date from their lines, and the names (each often twice) that stand behind them."""
    byline = Byline()
    last = start - 1
    dated = False
    for index in range(min(end, len(reading.blocks))):
        label = reading.labels[index]
        if label is None or label.kind != "label" or label.name not in ("byline", "updated"):
            continue
        authors, updated = parts_of(" ".join(reading.blocks[index].spaced.split()))
        introduces = label.name == "byline" and not authors and not label.groups.get("authors")
        if label.name == "byline" and not introduces and not (authors and all(map(_is_credit, authors))):
            continue
        if introduces or label.name == "updated":
            authors = []
        byline.authors += [name for name in authors if name not in byline.authors]
        byline.updated = byline.updated or updated
        owner = "authors" if authors else "[byline]" if introduces or not updated else "updated"
        byline.claims.append((index, 0, len(reading.blocks[index].text), owner))
        dated = dated or label.name == "updated"
        last = max(last, index)
        if introduces:
            last = max(last, _take_names(reading, byline, index + 1, introduced=True))
    if dated:
        last = max(last, _take_names(reading, byline, last + 1))
    byline.end = last + 1
    return byline


def _is_credit(name: str) -> bool:
    """Say whether what stands behind "written by" is a name, and not the rest of a sentence."""
    return len(name.split()) <= _MOST_CREDIT and not re.search(r"\d|[a-z]{3}\.$", name)


def _take_names(reading: Reading, byline: Byline, index: int, *, introduced: bool = False) -> int:
    """Take the names behind a date or "written by", and a date behind them; return the last of their blocks."""
    last = index - 1
    blocks = reading.blocks
    while index < len(blocks) and index - last <= _MOST_BETWEEN:
        block, label = blocks[index], reading.labels[index]
        if block.kind == "heading" or (label is not None and label.kind == "heading"):
            break
        if not block.text or label is not None or block.kind == "button":
            index += 1
            continue
        if byline.updated is None and (_NAMED.fullmatch(block.spaced) or _ISO.fullmatch(block.spaced)):
            byline.updated = date_of(block.spaced)
            byline.claims.append((index, 0, len(block.text), "updated"))
            last = index
            index += 1
            continue
        following = next((n for n in range(index + 1, len(blocks)) if blocks[n].text), None)
        twice = following is not None and normalise(blocks[following].text) == normalise(block.text)
        half = doubled(block.spaced)
        name = half if half and (looks_like_person(half) or 2 * len(half) == len(block.spaced)) else block.spaced
        sure = twice or introduced or name != block.spaced
        strange = not byline.authors and looks_like_person(name) and _is_strange(reading, index, name)
        if not (_may_be_name(name) if sure else strange):
            break
        taken = [index, following] if twice and following is not None else [index]
        byline.authors += [name] if name not in byline.authors else []
        byline.claims += [(n, 0, len(blocks[n].text), "authors") for n in taken]
        introduced = False
        last = taken[-1]
        index = last + 1
    return last


def _is_strange(reading: Reading, index: int, name: str) -> bool:
    """Say whether none of a line's words stands elsewhere on the page: a name, then, and no heading of its text."""
    rest = " ".join(block.text for number, block in enumerate(reading.blocks) if number != index).casefold()
    words = re.findall(r"[^\W\d_]{2,}", name.casefold())
    return bool(words) and not any(re.search(rf"\b{re.escape(word)}\b", rest) for word in words)
