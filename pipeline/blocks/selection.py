"""What of a page's markup is to be read, and as what: a value that the reader of HTML obeys, whoever made it."""

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["PageHead", "Pick", "Selecting", "Selection", "nothing_selected"]


@dataclass(frozen=True, slots=True)
class Pick:
    """The element that says a field: by its text, or by an attribute's value."""

    field: str
    selector: str
    attribute: str = ""  # "" for the element's text
    every: bool = False  # all elements that match say the field together; else the first one does


@dataclass(frozen=True, slots=True)
class Selection:
    """Which elements count as content, which are dropped (by name), and which say a field. Selectors are CSS."""

    content: tuple[str, ...] = ()  # nothing but what is within these, if the page has any of them
    drop: tuple[tuple[str, str], ...] = ()  # (name in the ledger, selector)
    picks: tuple[Pick, ...] = ()
    headings: tuple[tuple[int, str], ...] = ()  # (level, selector) of what only looks like a heading
    notes: tuple[str, ...] = ()  # boxes beside the text: hints, warnings
    unwrapped: tuple[str, ...] = ()  # elements of which only what is within counts
    expected: tuple[str, ...] = ()  # selectors that should find something: it is told if they do not
    systems: tuple[str, ...] = ()  # names of the publishing systems it was made for; the page keeps them

    def __bool__(self) -> bool:
        return bool(self.content or self.drop or self.picks or self.expected)


@dataclass(frozen=True, slots=True)
class PageHead:
    """What is known of a page before its blocks are read."""

    title: str | None
    url: str | None
    shows: Callable[[str], bool]  # whether a selector finds something on the page


Selecting = Callable[[PageHead], Selection]


def nothing_selected(_: PageHead) -> Selection:
    """Return the selection under which all of a page is read."""
    return Selection()
