"""What to say of a page of a layout from the settings that lacks a field: where it was looked for, and what helps."""

import json
import re
from collections.abc import Sequence
from typing import Final

from pipeline.config import INSTEAD, LayoutSpec, fields_of
from pipeline.layouts import Reading

__all__ = ["expectation", "lines_that_help"]

_MOST_WORDS: Final = 4  # that a message names
_LONGEST_HEADING: Final = 80


def expectation(spec: LayoutSpec, field: str) -> str | None:
    """Return a message that says, in the layout's own words, where it expects a field; None if it says nothing of it.

    What an extended layout looks for besides is not told: its words are not the user's.
    """
    places = []
    if field in spec.select:
        places.append(f"in `{spec.select[field]}`")
    if words := (*spec.headings.get(field, ()), *spec.synonyms.get(field, ())):
        places.append(f"under a heading like {_either(words)}")
    if labels := spec.labels.get(field, ()):
        places.append(f"after {_either(labels)}")
    places += [f"in its {one.where}, by {one.pattern!r}" for one in spec.evidence.get(field, ())]
    if not places and spec.extends is not None:
        return None
    where = f"expects it {' or '.join(places)}" if places else "does not say where it stands"
    return f'no {field} found: the layout "{spec.name}" {where}'


def lines_that_help(spec: LayoutSpec, field: str, reading: Reading) -> str:
    """Return the two lines of TOML that would let the layout find a field: a heading of the page's, or a selector."""
    if field in fields_of(spec.kind, "headings") or field == "content":
        name = "vocabulary" if field == "content" else field
        return f"[layouts.headings]\n{name} = [{json.dumps(_unknown_heading(reading), ensure_ascii=False)}]"
    return f'[layouts.select]\n{field} = "{"h1" if field in ("term", "title") else "…"}"'


def _unknown_heading(reading: Reading) -> str:
    """Return the first heading that no word of the layout knows, as a pattern; "…" if there is none."""
    for block, label in zip(reading.blocks, reading.labels, strict=True):
        is_heading = (block.kind == "heading" and block.level > 1) or block.is_bold
        if is_heading and label is None and 0 < len(block.text) <= _LONGEST_HEADING:
            return re.sub(r"([.?*+()\[\]{}|^$\\])", r"\\\1", " ".join(block.text.split()).lower())
    return "…"


def _either(words: Sequence[str]) -> str:
    shown = [f"“{word}”" for word in words if word != INSTEAD]
    more = f" (and {len(shown) - _MOST_WORDS} more)" if len(shown) > _MOST_WORDS else ""
    return " or ".join(shown[:_MOST_WORDS]) + more
