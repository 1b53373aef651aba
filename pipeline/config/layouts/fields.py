"""The fields of both kinds of record that a layout may speak of, by the part of the layout that speaks of them."""

from typing import Final, Literal

__all__ = ["BUILTIN_NAMES", "Kind", "LayoutPart", "fields_of"]

Kind = Literal["key_term", "study_guide"]
LayoutPart = Literal["headings", "labels", "synonyms", "evidence", "select"]

# What `extends` calls the built-in layouts, and the kind of each.
BUILTIN_NAMES: Final[dict[str, Kind]] = {"key-term": "key_term", "study-guide": "study_guide"}

# Fields of one value: a selector, a line or another place of the page may say them.
_ONE_VALUE: Final[dict[Kind, tuple[str, ...]]] = {
    "key_term": ("term", "course", "definition", "publisher", "language", "license"),
    "study_guide": (
        "title",
        "course",
        "unit",
        "topic",
        "lead",
        "authors",
        "updated",
        "publisher",
        "language",
        "license",
    ),
}
_HEADED: Final[dict[Kind, tuple[str, ...]]] = {
    "key_term": ("definition", "facts", "questions", "related_terms", "also_found_in", "subjects"),
    "study_guide": ("objectives", "vocabulary", "questions"),
}
# Labels that are no fields: the line over the authors' names, and the one that marks the class.
_SIGNS: Final[dict[Kind, tuple[str, ...]]] = {"key_term": (), "study_guide": ("byline", "bookmarks")}


def fields_of(kind: Kind, part: LayoutPart) -> tuple[str, ...]:
    """Return the fields that a part of a layout of this kind may name."""
    if part == "headings":
        return _HEADED[kind]
    if part == "synonyms":
        return (*_HEADED[kind], "course") if kind == "key_term" else _HEADED[kind]
    if part == "labels":
        return (*_ONE_VALUE[kind], *_SIGNS[kind])
    return _ONE_VALUE[kind]
