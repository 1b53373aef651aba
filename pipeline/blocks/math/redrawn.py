"""The same formula, drawn again: elements beside MathML that show its signs for the eye."""

from collections import Counter
from collections.abc import Iterator

from bs4 import Tag

from pipeline.blocks.attributes import is_aria_hidden
from pipeline.blocks.math.mathml import local_name

__all__ = ["copies_after", "draws_again", "is_math"]


def is_math(tag: Tag) -> bool:
    """Say whether an element is MathML's outermost one."""
    return local_name(tag) == "math"


def copies_after(root: Tag, math: Tag | None) -> int:
    """Return how many of the next sibling elements show the signs of `root` again and nothing else.

    Only a sibling that touches it, is hidden from screen readers, and has the same letters and digits: a sanitiser
    may have taken the classes that would say so.
    """
    if math is None:
        return 0
    signs: Counter[str] | None = None
    count = 0
    for sibling in _touching(root):
        if not is_aria_hidden(sibling) or sibling.name == "img":
            break
        signs = signs if signs is not None else _letters(math)
        if not signs or _letters(sibling) != signs:
            break
        count += 1
    return count


def draws_again(tag: Tag) -> bool:
    """Say whether `tag` is hidden from screen readers and shows the formula again that stands right before it."""
    before = tag.previous_sibling
    if not isinstance(before, Tag) or not is_aria_hidden(tag):
        return False
    math = before if is_math(before) else before.find(is_math)
    return isinstance(math, Tag) and bool(signs := _letters(math)) and _letters(tag) == signs


def _touching(root: Tag) -> Iterator[Tag]:
    for sibling in root.next_siblings:
        if isinstance(sibling, Tag):
            yield sibling
        elif str(sibling).strip():
            return


def _letters(tag: Tag) -> Counter[str]:
    """Return the letters and digits that an element shows, however ordered; a formula's source is not shown."""
    shown = (
        str(text)
        for text in tag.find_all(string=True)
        if not text.find_parent(lambda outer: local_name(outer) == "annotation")
    )
    return Counter(char for text in shown for char in text if char.isalnum())
