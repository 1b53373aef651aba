"""What HTML's elements are to the reader: inline or container, mark or region, hidden, furniture of a heading."""

import re
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from pipeline.blocks.model import Region

__all__ = [
    "FRAMES",
    "IGNORED",
    "INLINE",
    "MARKS",
    "REGION_ROLES",
    "REGION_TAGS",
    "SEAMLESS",
    "classes",
    "is_hidden",
    "is_permalink",
    "is_within_sentence",
    "second_half",
]

MARKS: Final = {
    "strong": "strong", "b": "strong",
    "em": "em", "i": "em", "cite": "em", "var": "em", "dfn": "em",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "sub": "sub", "sup": "sup",
}  # fmt: skip
INLINE: Final = frozenset(MARKS) | frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "bdi",
        "bdo",
        "big",
        "data",
        "del",
        "font",
        "ins",
        "label",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "small",
        "span",
        "strike",
        "time",
        "u",
        "math",
        "script",
        "annotation",
        "semantics",
        "mrow",
    ]
)
SEAMLESS: Final = frozenset(("sub", "sup", "em", "i", "code", "wbr", "rt", "rp"))
FRAMES: Final = frozenset(
    [
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "details",
        "summary",
    ]
)
IGNORED: Final = frozenset(["head", "title", "script", "style", "template"])
REGION_TAGS: Final[dict[str, Region]] = {"nav": "nav", "aside": "aside", "footer": "footer", "dialog": "dialog"}
REGION_ROLES: Final[dict[str, Region]] = {
    "banner": "header", "navigation": "nav", "complementary": "aside", "contentinfo": "footer",
    "dialog": "dialog", "alertdialog": "dialog", "main": "main",
}  # fmt: skip
_HIDDEN_STYLE: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_PERMALINKS: Final = ("", "#", "¶", "§", "🔗", "🔗\ufe0e", "🔗\ufe0f")
_TWO_WITH_SPACE: Final = 5  # two children, white space before, between and behind


def second_half(tag: Tag) -> Tag | None:
    """Return the second of two spans if an element consists of nothing else."""
    if not 2 <= len(tag.contents) <= _TWO_WITH_SPACE:
        return None
    parts = [child for child in tag.contents if isinstance(child, Tag) or str(child).strip()]
    spans = [part for part in parts if isinstance(part, Tag) and part.name == "span"]
    return spans[1] if len(spans) == len(parts) == 2 else None


def classes(tag: Tag) -> str:
    """Return an element's classes, as one string."""
    value = tag.attrs.get("class", "")
    return value if isinstance(value, str) else " ".join(value)


def is_hidden(tag: Tag) -> bool:
    """Say whether an element itself says that it is not shown."""
    attrs = tag.attrs
    return (
        "hidden" in attrs
        or str(attrs.get("aria-hidden", "")).lower() == "true"
        or bool("style" in attrs and _HIDDEN_STYLE.search(str(attrs["style"])))
    )


def is_permalink(tag: Tag) -> bool:
    """Say whether a link in a heading only leads to that heading: `<a href="#walls">#</a>`."""
    address, sign = str(tag.get("href") or ""), tag.get_text().strip()
    return address.startswith("#") and sign in _PERMALINKS


def is_within_sentence(tag: Tag) -> bool:
    """Say whether a button stands in the middle of a sentence, as a word with a tooltip does."""
    before, after = tag.previous_sibling, tag.next_sibling
    return (
        isinstance(before, NavigableString)
        and isinstance(after, NavigableString)
        and bool(before.strip())
        and bool(after.strip())
        and not before.rstrip().endswith((".", "!", "?", ":"))
    )
