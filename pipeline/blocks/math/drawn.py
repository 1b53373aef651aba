"""Formulas of which a page has nothing but the drawing: what can still be read of it, and what is lost."""

from typing import Final, Literal

from bs4 import Tag

from pipeline.blocks.math.mathml import text_of

__all__ = ["drawn_script", "loss_of_formula"]

_SHOWN: Final = 80


def drawn_script(tag: Tag) -> Literal["sub", "sup"] | None:
    """Say whether a `span` is a script as KaTeX draws it: one of a stack beside its base, the lowest first.

    A stack that reaches below the line (`vlist-t2`) begins with the subscript.
    """
    stack = tag.parent
    if stack is None or not _is_stack(stack):
        return None
    table = stack.parent.parent if stack.parent is not None else None
    if table is None or table.parent is None or "msupsub" not in _classes(table.parent):
        return None
    is_lowest = tag.find_previous_sibling() is None
    return "sub" if is_lowest and "vlist-t2" in _classes(table) else "sup"


def loss_of_formula(tag: Tag) -> str | None:
    """Return what is lost of a formula that is no more than its drawing, or None: nothing, or `tag` is not its root."""
    if not _is_drawing(tag) or tag.find_parent(_is_drawing) is not None:
        return None
    words, text = _classes(tag), text_of(tag)
    if not text:
        is_empty = "katex" in words and tag.find() is None
        return None if is_empty or "MathJax_Preview" in words else "a formula is drawn without a letter: it is not read"
    if any(
        drawn_script(piece) is None for stack in tag.find_all(_is_stack) for piece in stack.find_all(recursive=False)
    ):
        return f"a formula's source is lost, and with it how its signs are arranged: {text[:_SHOWN]!r}"
    return None


def _is_drawing(tag: Tag) -> bool:
    return tag.name == "mjx-container" or any(word == "katex" or word.startswith("MathJax") for word in _classes(tag))


def _is_stack(tag: Tag) -> bool:
    return tag.attrs.get("class") == "vlist"


def _classes(tag: Tag) -> list[str]:
    return str(tag.attrs.get("class", "")).split()
