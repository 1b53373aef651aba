"""The topic page, or study guide: objectives, sections, vocabulary and questions of one topic or unit."""

from typing import Literal

from pydantic import Field

from pipeline.records.base import Data, Item, Question, RecordBase
from pipeline.records.richtext import RichText

__all__ = ["Section", "StudyGuide", "Unit", "VocabularyItem"]


class Unit(Data):
    """A unit of a course."""

    number: int | None
    title: str | None = None


class Section(Data):
    """A heading and what stands under it, in page order; `level` is the heading's depth (2 is the page's first)."""

    key: str
    level: int = Field(ge=2, le=6)
    heading: RichText
    body: RichText


class VocabularyItem(Data):
    """A word of the guide's vocabulary; `definition_from` names the record whose definition stands in."""

    key: str
    term: RichText
    definition: RichText | None
    url: str | None = None
    record_id: str | None = None
    definition_from: str | None = None


class StudyGuide(RecordBase):
    """A study guide: what one topic (or unit, then `topic` is null) teaches, its words and its questions."""

    kind: Literal["study_guide"] = "study_guide"
    title: RichText
    unit: Unit | None = None
    topic: str | None = None
    objectives: tuple[Item, ...] = ()
    lead: RichText | None = None
    sections: tuple[Section, ...] = ()
    vocabulary: tuple[VocabularyItem, ...] = ()
    questions: tuple[Question, ...] = ()
    authors: tuple[str, ...] = ()
    updated: str | None = Field(default=None, description="ISO 8601, as exact as the page is: 2025-09.")
