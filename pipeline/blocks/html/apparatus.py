"""What stands in a text without being part of it: the sign that a word processor draws, the number of a footnote."""

import re
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

__all__ = ["drawn_list_sign", "is_note_reference"]

_DRAWN: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_LEVEL: Final = re.compile(r"mso-list\s*:[^;]{0,80}?\blevel(\d)", re.IGNORECASE)
_MARGIN: Final = re.compile(r"margin-left\s*+:\s*+(\d{0,4}(?:\.\d{1,4})?)\s*+(in|pt|cm)\b", re.IGNORECASE)
_INDENTS: Final = {"in": 0.5, "pt": 36.0, "cm": 1.27}  # by which Word sets each level further in
_LONGEST_SIGN: Final = 6
# "1", "[12]", "(b)", "*", "[note 3]".
_REFERENCE: Final = re.compile(r"[\[(]?\s*(?:(?:note|nb|n)\.?\s*)?(?:[\w*†‡§¶]{1,3}|[*†‡]{4})\s*[\])]?", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"\[\d{1,3}\]")
_LONGEST_REFERENCE: Final = 12
_ROLES: Final = ("doc-noteref", "noteref")


def drawn_list_sign(tag: Tag) -> tuple[str, int] | None:
    """Return the list sign that Word draws at the head of a paragraph, and the level of its item; else None.

    It says so; and where its own styles were filtered out, a few characters are followed by a span of blanks.
    """
    sign = " ".join(tag.get_text().split()) if _is_drawn(tag) else ""
    if not sign:
        return None
    item = tag.find_parent("p")
    style = str(item.attrs.get("style", "")) if item is not None else ""
    if said := _LEVEL.search(style):
        return sign, int(said[1])
    margin = _MARGIN.search(style)
    return sign, round(float(margin[1] or 0) / _INDENTS[margin[2].lower()]) if margin else 1


def _is_drawn(tag: Tag) -> bool:
    if _DRAWN.search(str(tag.attrs.get("style", ""))):
        return True
    blanks = tag.contents[-1] if len(tag.contents) > 1 else None
    if not isinstance(blanks, Tag) or blanks.name != "span":
        return False
    gap = blanks.get_text()
    return gap.isspace() and "\N{NO-BREAK SPACE}" in gap and len(tag.get_text().strip()) <= _LONGEST_SIGN


def is_note_reference(tag: Tag) -> bool:
    """Say whether an element is the number of a footnote: a raised link within the page, or `[2]` at the end of a word.

    The latter has its brackets in its own element; those of an index belong to the text, or to its code.
    """
    if tag.name not in ("a", "sup", "span", "small"):
        return False
    text = (tag.get_text() if tag.name in ("a", "sup") else tag.string or "").strip()
    if len(text) > _LONGEST_REFERENCE or _REFERENCE.fullmatch(text) is None:
        return False
    if _IN_BRACKETS.fullmatch(text) and _ends_word(tag.previous_sibling):
        return tag.find_parent("code") is None
    links = [tag] if tag.name == "a" else tag.find_all("a")
    raised = tag.name == "sup" or tag.find("sup") is not None or tag.find_parent("sup") is not None
    return any(_leads_to_note(link, raised=raised) for link in links)


def _ends_word(before: object) -> bool:
    return isinstance(before, NavigableString) and bool(before) and not before[-1:].isspace()


def _leads_to_note(link: Tag, *, raised: bool) -> bool:
    attrs = link.attrs
    is_said = attrs.get("role") in _ROLES or attrs.get("epub:type") in _ROLES
    return is_said or (raised and "#" in str(attrs.get("href", "")))
