"""The key-term page: one term of a class, its definition, facts, questions and related terms."""

from typing import Literal

from pipeline.records.base import Course, Data, Item, Question, RecordBase
from pipeline.records.richtext import RichText

__all__ = ["KeyTerm", "NamedIn", "RelatedTerm"]


class RelatedTerm(Data):
    """A term that the page refers to, with the short definition it gives."""

    term: RichText
    definition: RichText | None
    url: str | None = None


class NamedIn(Data):
    """A study guide whose vocabulary names this term."""

    record_id: str
    unit: int | None = None
    topic: str | None = None


class KeyTerm(RecordBase):
    """A key-term page: one term of a class, its definition, facts, questions and related terms."""

    kind: Literal["key_term"] = "key_term"
    term: RichText
    definition: RichText
    facts: tuple[Item, ...] = ()
    questions: tuple[Question, ...] = ()
    related_terms: tuple[RelatedTerm, ...] = ()
    also_found_in: tuple[Course, ...] = ()
    named_in: tuple[NamedIn, ...] = ()
