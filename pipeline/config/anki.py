"""`[anki]`: which decks and cards are made."""

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["AnkiSettings"]


class AnkiSettings(BaseModel):
    """`[anki]`: the decks' root name, and which kinds of note in which directions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    root: str = Field("Guidepress", min_length=1, description="The deck under which each course has its own.")
