"""`[anki]`: which decks and cards are made."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

__all__ = ["AnkiSettings"]


class AnkiSettings(BaseModel):
    """`[anki]`: the decks' root name, and which kinds of note in which directions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    root: str = Field(
        "Guidepress",
        min_length=1,
        description="The deck under which each course has its own; `A::B` is a deck within a deck. "
        "Change it before the first build: Anki does not move cards that learners have.",
    )
    notes: tuple[Literal["key_term", "fact", "question"], ...] = Field(
        ("key_term", "fact", "question"), min_length=1, description="Which kinds of note are made."
    )
    directions: tuple[Literal["recognise", "recall"], ...] = Field(
        ("recognise", "recall"),
        min_length=1,
        description="Cards of a Key term note: `recognise` asks for the definition of a term, `recall` for the term of "
        "a definition.",
    )
    subdecks: Literal["none", "unit"] = Field(
        "none",
        description="`unit` puts the notes of a unit into a deck below the course's: guides' notes, and those "
        "of terms that guides name. Choose it before the first build: Anki does not move cards that learners have.",
    )
    tags: str = Field(
        "guidepress",
        pattern=r"^[^\s\"]*$",
        description="A tag under which all tags stand: `guidepress::course::…`. Empty for none.",
    )

    @field_validator("root")
    @classmethod
    def _names_a_deck(cls, value: str) -> str:
        if any(not part.strip() for part in value.split("::")):
            message = 'a deck\'s name, or several joined by "::", none of them empty'
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for name in ("notes", "directions"):
            values = getattr(self, name)
            if len(set(values)) < len(values):
                message = f"{name} names one thing twice"
                raise ValueError(message)
        return self
