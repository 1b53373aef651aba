"""What every kind of record shares: the course, media, source, and the parts that kinds are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.records.richtext import RichText

__all__ = ["SCHEMA_VERSION", "Course", "Data", "Item", "Labelled", "Media", "Question", "RecordBase", "Source"]

SCHEMA_VERSION: Final = 1


class Data(BaseModel):
    """A part of a record: frozen, and no key but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Labelled:
    """Marks a field that is one line behind a label of the page: "Difficulty: hard".

    A layout that has a pattern for it under `[labels]`, with a group `value`, reads it. One that is `shown` stands
    below the record's heading in handouts and is a tag of its notes (`difficulty::hard`): nothing else need be added.
    """

    shown: bool = True


class Course(Data):
    """A class: the one a page is from, or one in which its term is found as well."""

    slug: str = Field(description="From the title: see `id`.", min_length=1)
    title: str = Field(min_length=1)
    url: str | None = None


class Item(RichText):
    """A sentence of a list: a fact, an objective."""

    key: str = Field(description="10 hex digits of the normalised text; an ordinal if the page says it twice.")


class Question(Data):
    """A question with its answer; `choices` is empty where the page offers none."""

    key: str
    question: RichText
    choices: tuple[RichText, ...] = ()
    answer: RichText | None = Field(description="The right choice's text even where the page gives a letter.")
    explanation: RichText | None = None


class Media(Data):
    """A picture of the page, kept by content: `name` is what `img[src]` says."""

    name: str = Field(description="SHA-256 prefix and the extension of its media type.")
    media_type: str
    alt: str
    sha256: str
    size: int = Field(alias="bytes", ge=0)

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Source(Data):
    """Where a record comes from, and what was not read but inferred or given."""

    path: str = Field(description="POSIX path below the raw folder; members as `a.zip!/b.html`.")
    sha256: str
    media_type: str
    encoding: str
    layout: str
    url: str | None = None
    captured_at: str | None = Field(default=None, description="ISO 8601, UTC, if the container says it.")
    inferred: tuple[str, ...] = Field(default=(), description="Fields found by evidence, their heading being lost.")
    given: tuple[str, ...] = Field(default=(), description="Fields that came from `[[defaults]]`.")


class RecordBase(Data):
    """What all kinds share."""

    schema_version: Literal[1] = SCHEMA_VERSION
    kind: str
    id: str = Field(description="`<publisher>/<course slug>/<term slug>`; a guide: `…/unit-3/<title slug>`.")
    course: Course
    media: tuple[Media, ...] = ()
    notices: tuple[str, ...] = Field(default=(), description="Copyright and trademark lines.")
    publisher: str = "unknown"
    language: str
    license: Annotated[str | None, Labelled(shown=False)] = None  # it is credited, and no property of the subject
    source: Source

    @classmethod
    def labelled(cls, *, shown: bool = False) -> Iterator[str]:
        """Yield the names of the fields that are read behind a label; of those that are `shown` only, if asked."""
        for name, field in cls.model_fields.items():
            if any(isinstance(mark, Labelled) and (mark.shown or not shown) for mark in field.metadata):
                yield name

    def details(self) -> list[tuple[str, str]]:
        """Return name and value of the labelled fields that are shown and that this record has."""
        return [(name, value) for name in type(self).labelled(shown=True) if (value := getattr(self, name))]
