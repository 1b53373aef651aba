"""Which of a field's candidates is believed: what somebody said beats what we guess."""

from collections.abc import Iterable
from enum import IntEnum
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

__all__ = ["Basis", "Candidate", "best"]

T = TypeVar("T")


class Basis(IntEnum):
    """On what a value rests, from the surest to the weakest. What rests on less than these is missing, not guessed.

    What the user says comes behind what the page says of itself, since `[[defaults]]` and a layout's `course` are for
    pages that do not say it; a layout's own labels, headings and selectors are places of the page that the user names.
    """

    LABELLED = 1  # the page says it: behind a label, under a heading, in a unit's line, in its front matter
    SAID = 2  # the user says it: a place that his layout believes alone, `[[defaults]]`, his layout's `course`
    AGREED = 3  # two witnesses agree: a line and the title, the address or the folder
    PLACED = 4  # a line at its fixed place in a form of page that was recognised by two signs

    @property
    def is_guess(self) -> bool:
        """Say whether nobody said it: `[[defaults]]` and the user's layout go before it."""
        return self > Basis.SAID


class Candidate(NamedTuple, Generic[T]):
    """A value for a field, and on what it rests."""

    basis: Basis
    value: T


def best(candidates: Iterable[tuple[Basis, T | None]]) -> Candidate[T] | None:
    """Return the candidate with the surest basis, of equal ones the first; None if there is none."""
    found = [Candidate(basis, value) for basis, value in candidates if value is not None]
    return min(found, key=itemgetter(0), default=None)
