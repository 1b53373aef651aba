"""The order of new cards in a course, with gaps for what comes later (DESIGN section 4)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.notes import NoteSummary

__all__ = ["HIGHEST", "STEP", "dues", "in_rounds"]

STEP: Final = 100
HIGHEST: Final = 999_999  # Anki treats a million and above as another order

_NUMBER: Final = re.compile(r"\d+")


def in_rounds(notes: Iterable[NoteSummary]) -> list[NoteSummary]:
    """Return the notes of a course in the order in which they are to be learned.

    Unit after unit, those of none last; in a unit first its terms, then in rounds the first fact of each page, the
    first question of each, the second fact, and so on: no card follows another of its page, which would answer it.
    Within a round topics go by their numbers, pages and items by their own order.
    """
    seen: Counter[tuple[str, str]] = Counter()

    def place(note: NoteSummary) -> tuple[bool, int, int, bool, list[int]]:
        turn = 0
        if note.kind != "key_term":
            seen[note.record_id, note.kind] += 1
            turn = 2 * seen[note.record_id, note.kind] + (note.kind == "question")
        topic = [int(number) for number in _NUMBER.findall(note.place.topic)]
        return not note.place.unit, int(note.place.unit or 0), turn, not topic, topic

    return sorted(notes, key=place)


def dues(known: Sequence[int | None]) -> list[int]:
    """Return a value for each note of a course in order; `known` holds those that notes have, which stay.

    New notes between two known ones are spread over the gap, one alone takes the middle; after the last, and in a new
    course, they go in steps of 100, or smaller where 999,999 would be passed. Where no gap is left a note takes its
    predecessor's value, and so comes right after it.
    """
    out: list[int] = []
    before = 0
    index = 0
    while index < len(known):
        value = known[index]
        if value is not None:
            out.append(value)
            before = value
            index += 1
            continue
        end = index
        while end < len(known) and known[end] is None:
            end += 1
        out.extend(_spread(before, known[end] if end < len(known) else None, end - index))
        before = out[-1]
        index = end
    return out


def _spread(before: int, after: int | None, count: int) -> list[int]:
    if after is None:
        step = min(STEP, (HIGHEST - before) // count)
        return [before + step * place for place in range(1, count + 1)]
    gap = max(after - before, 0)
    return [before + gap * place // (count + 1) for place in range(1, count + 1)]
