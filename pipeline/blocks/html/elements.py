"""What HTML's elements are to the reader: inline or container, mark or region, hidden, furniture of a heading."""

import re
from typing import Final
from urllib.parse import urljoin

from bs4 import Tag
from bs4.element import NavigableString

from pipeline.blocks.attributes import classes_of, is_aria_hidden
from pipeline.blocks.model import Region

__all__ = [
    "FRAMES",
    "IGNORED",
    "INLINE",
    "MARKS",
    "REGION_ROLES",
    "REGION_TAGS",
    "SEAMLESS",
    "holds_the_page",
    "is_box",
    "is_drawn_heading",
    "is_hidden",
    "is_permalink",
    "is_seen_in_sentence",
    "is_within_sentence",
    "outward_address",
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
        "output",
        "picture",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "slot",
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
NOTE: Final = "guidepress-note"  # the role that a selection gives to boxes beside the text: no page has it itself
REGION_TAGS: Final[dict[str, Region]] = {"nav": "nav", "aside": "aside", "footer": "footer", "dialog": "dialog"}
REGION_ROLES: Final[dict[str, Region]] = {
    "banner": "header", "navigation": "nav", "complementary": "aside", "contentinfo": "footer",
    "dialog": "dialog", "alertdialog": "dialog", "main": "main", NOTE: "note",
}  # fmt: skip
_HIDDEN_STYLE: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Names of letters that a font draws as a picture; and of what is for the ear alone.
_ICON: Final = re.compile(r"icon|material|symbols|glyph|emoji|\bfa[bsrl]?\b", re.IGNORECASE)
_FOR_THE_EAR: Final = re.compile(r"sr-only|screen-?reader|visually-?hidden|assistive", re.IGNORECASE)
_WORDS: Final = re.compile(r"\w")
_DRAWN_FORMULA: Final = re.compile(r"katex-html|mjx-")
_SENTENCES: Final = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))
_OUTWARD: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_PERMALINKS: Final = ("", "#", "¶", "§", "🔗", "🔗\ufe0e", "🔗\ufe0f")
_TWO_WITH_SPACE: Final = 5  # two children, white space before, between and behind


def second_half(tag: Tag) -> Tag | None:
    """Return the second of two spans if an element consists of nothing else."""
    if not 2 <= len(tag.contents) <= _TWO_WITH_SPACE:
        return None
    parts = [child for child in tag.contents if isinstance(child, Tag) or str(child).strip()]
    spans = [part for part in parts if isinstance(part, Tag) and part.name == "span"]
    return spans[1] if len(spans) == len(parts) == 2 else None


def is_hidden(tag: Tag) -> bool:
    """Say whether an element itself says that it is not shown, or not read aloud."""
    return is_aria_hidden(tag) or _is_unseen(tag)


def _is_unseen(tag: Tag) -> bool:
    attrs = tag.attrs
    return "hidden" in attrs or bool("style" in attrs and _HIDDEN_STYLE.search(str(attrs["style"])))


def holds_the_page(tag: Tag) -> bool:
    """Say whether an element that is hidden from the ear alone holds the page: one with an open dialog is saved so."""
    return not _is_unseen(tag) and tag.find(["h1", "main"]) is not None


def is_seen_in_sentence(tag: Tag) -> bool:
    """Say whether an element that is hidden from the ear alone (`aria-hidden`) is seen as words of a sentence.

    It is if there are words before or behind it, and if nothing beside it says the same to the ear. Whoever labels
    an element hides its text from the ear, too; and a formula's signs are words wherever they stand.
    """
    if _is_unseen(tag) or not _has_words(tag):
        return False
    if _DRAWN_FORMULA.search(tag.name) or _DRAWN_FORMULA.search(classes_of(tag)):
        return True
    beside = [_beside(tag, "previous_sibling"), _beside(tag, "next_sibling")]
    if _ICON.search(classes_of(tag)) or any(isinstance(other, Tag) and _says_same(other, tag) for other in beside):
        return False
    inner: Tag = tag
    while True:
        outer = inner.parent
        if any(map(_is_part_of_sentence, beside)) or (outer is not None and "aria-label" in outer.attrs):
            return True
        if outer is None or outer.name not in INLINE:
            return False
        inner = outer
        beside = [_beside(inner, "previous_sibling"), _beside(inner, "next_sibling")]


def _beside(tag: Tag, side: str) -> Tag | NavigableString | None:
    """Return what stands next to an element on that side, white space passed over."""
    other = getattr(tag, side)
    while isinstance(other, NavigableString) and not other.strip():
        other = getattr(other, side)
    return other if isinstance(other, Tag | NavigableString) else None


def _is_part_of_sentence(other: Tag | NavigableString | None) -> bool:
    if isinstance(other, Tag):
        return other.name in INLINE and not is_hidden(other) and _has_words(other)
    return other is not None and _WORDS.search(other) is not None


def _says_same(other: Tag, tag: Tag) -> bool:
    if _FOR_THE_EAR.search(classes_of(other)):
        return True
    return other.name in INLINE and other.get_text().casefold().split() == tag.get_text().casefold().split()


def _has_words(tag: Tag) -> bool:
    return any(_WORDS.search(text) for text in tag.strings)


def is_drawn_heading(picture: Tag) -> bool:
    """Say whether a picture is all that the heading of a section holds; a title's or a term's may be a formula."""
    heading = picture.find_parent("h2")
    return heading is not None and not heading.get_text().strip()


def is_permalink(tag: Tag) -> bool:
    """Say whether a link in a heading only leads to that heading: `<a href="#walls">#</a>`."""
    address, sign = str(tag.get("href") or ""), tag.get_text().strip()
    return address.startswith("#") and sign in _PERMALINKS


def is_box(tag: Tag) -> bool:
    """Say whether an element of a site's own (`<x-card>`) is a box: no paragraph holds it, and no words are beside it.

    What such an element is drawn as stands in a style that is not read.
    """
    parent = tag.parent
    if parent is None or parent.name in INLINE or parent.name in _SENTENCES or tag.name.startswith("mjx-"):
        return False
    sides = (_beside(tag, "previous_sibling"), _beside(tag, "next_sibling"))
    return all(other is None or (isinstance(other, Tag) and other.name not in INLINE) for other in sides)


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


def outward_address(link: Tag, base: str | None) -> str | None:
    """Return a link's absolute http(s) or mailto address, or None if it leads nowhere outside its page, `base`."""
    text = "".join(str(link.get("href") or "").split())
    if not text or text.startswith("#"):
        return None
    try:
        text = urljoin(base or "", text)
    except ValueError:
        return None
    return text if _OUTWARD.match(text) else None
