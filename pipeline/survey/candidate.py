"""A record as one page gives it, in the values by which records are compared."""

from dataclasses import dataclass

__all__ = ["Candidate"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a page gives; of those with one id, one is taken (DESIGN section 2)."""

    id: str
    path: str
    fields: int  # that are not empty
    characters: int  # of text in all of them
    captured: str  # sortable; "" if unknown
