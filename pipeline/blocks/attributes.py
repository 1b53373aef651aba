"""What an element says of itself in attributes that both the reader of HTML and that of formulas ask for."""

from bs4 import Tag

__all__ = ["classes_of", "is_aria_hidden"]


def classes_of(tag: Tag) -> str:
    """Return an element's classes, as one string."""
    value = tag.attrs.get("class", "")
    return value if isinstance(value, str) else " ".join(value)


def is_aria_hidden(tag: Tag) -> bool:
    """Say whether an element is hidden from screen readers."""
    return str(tag.attrs.get("aria-hidden", "")).lower() == "true"
