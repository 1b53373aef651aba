"""What pages are compared by: short digests of a record's texts, made with the page and kept by the store."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.records import Record, normalise
from pipeline.survey.texts import texts_of

__all__ = ["EDGE", "Mark", "SurveyRow", "marks_of"]

EDGE: Final = 5  # words at a text's beginning and end that count as the same
_FEWEST: Final = 8  # words of a text whose edges are looked at
_LEFT_OUT: Final = frozenset(
    (
        "also_found_in",
        "authors",
        "notices",
        "term",
        "course.title",
        "questions.choices",
        "related_terms.term",
        "vocabulary.term",
        "sections.heading",
    )
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A digest of a text, or of its first or last words; `field` is the text's, with its item's key."""

    name: str  # the field without keys
    part: str  # "all", "begin" or "end"
    digest: str
    field: str


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A record as it is compared with those beside it."""

    path: str
    id: str
    course: str
    publisher: str
    marks: str  # as `marks_of` gives them

    def unpacked(self) -> Iterator[Mark]:
        """Yield the marks."""
        for name, part, digest, field in json.loads(self.marks):
            yield Mark(name, part, digest, field)


def marks_of(record: Record) -> str:
    """Return the marks of a record's texts as JSON: names are left out, which many records may share."""
    marks = []
    for text in texts_of(record):
        if text.name in _LEFT_OUT:
            continue
        words = normalise(text.rich.text).split()
        marks.append((text.name, "all", _digest(words), text.field))
        if len(words) >= _FEWEST:
            marks.append((text.name, "begin", _digest(words[:EDGE]), text.field))
            marks.append((text.name, "end", _digest(words[-EDGE:]), text.field))
    return json.dumps(marks, separators=(",", ":"), ensure_ascii=False)


def _digest(words: Sequence[str]) -> str:
    return hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
