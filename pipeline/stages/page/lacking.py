"""What to say of a page of a layout from the settings that lacks a field: where that layout looks for it."""

from collections.abc import Sequence

from pipeline.config import LayoutSpec

__all__ = ["expectation"]


def expectation(spec: LayoutSpec, field: str) -> tuple[str, str]:
    """Return a message that says where the layout expects a field, and a hint with the lines that would do."""
    places = []
    if words := (*spec.headings.get(field, ()), *spec.synonyms.get(field, ())):
        places.append(f"under a heading like {_either(words)}")
    if labels := spec.labels.get(field, ()):
        places.append(f"after {_either(labels)}")
    places += [f"in its {one.where}, by {one.pattern!r}" for one in spec.evidence.get(field, ())]
    where = f"expects it {' or '.join(places)}" if places else "does not say where it stands"
    hint = f'other words for it: `[layouts.headings]` with `{field} = ["…"]`; '
    return f'no {field} found: the layout "{spec.name}" {where}', hint


def _either(words: Sequence[str]) -> str:
    return " or ".join(f"“{word}”" for word in words)
