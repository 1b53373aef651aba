"""Ids that depend on what a page says and on nothing else: slugs, record ids, item keys."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Final

from slugify import slugify

__all__ = ["SLUG_LENGTH", "course_slug", "item_keys", "key_term_id", "normalise", "slug", "study_guide_id"]

SLUG_LENGTH: Final = 80
_QUOTES: Final = re.compile("['\"`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u00ab\u00bb]")
_SPACES_AND_HYPHENS: Final = re.compile("[\\s\u2010\u2011-]+")
_LOSSLESS: Final = re.compile("[a-z0-9-]+")


def normalise(text: str) -> str:
    """Return `text` as NFKC, casefolded, white space collapsed, trimmed (DESIGN section 2, "Normalised")."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


def _hex(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def slug(text: str) -> str:
    """Return the slug of a term, course or title: at most 80 characters of `a-z 0-9 -`.

    Where slugging loses more than spaces, hyphens, quotes and case (`C`, `C++` and `C#` must differ), or cuts,
    `-` and 6 hex digits of the SHA-256 of the normalised text are appended.
    """
    normal = normalise(text)
    simple = _SPACES_AND_HYPHENS.sub("-", _QUOTES.sub("", normal)).strip("-")
    if _LOSSLESS.fullmatch(simple) and len(simple) <= SLUG_LENGTH:
        return simple
    suffix = _hex(normal, 6)
    stem = slugify(_QUOTES.sub("", normal), max_length=SLUG_LENGTH - len(suffix) - 1).strip("-")
    return f"{stem}-{suffix}" if stem else suffix


def course_slug(title: str) -> str:
    """Return the slug of a course's title."""
    return slug(title)


def key_term_id(publisher: str, course: str, term: str) -> str:
    """Return `<publisher>/<course slug>/<term slug>` from the three names as the page has them."""
    return f"{slug(publisher)}/{slug(course)}/{slug(term)}"


def study_guide_id(publisher: str, course: str, place: str, title: str) -> str:
    """Return `<publisher>/<course slug>/<place>/<title slug>`; `place` is "unit-3", or "guide" without a unit."""
    return f"{slug(publisher)}/{slug(course)}/{place}/{slug(title)}"


def item_keys(texts: Iterable[str]) -> list[str]:
    """Return a key for each text: 10 hex of its normalised form, and `-2`, `-3`… where a page says it again."""
    seen: Counter[str] = Counter()
    keys = []
    for text in texts:
        key = _hex(normalise(text), 10)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys
