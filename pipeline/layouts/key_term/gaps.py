"""Blocks without a heading: which field they belong to, if at least two signs agree.

The signs are the form of the blocks (numbered items, questions with nested answers, `term: definition` lines), their
place between the sections that are known, and that the page has no such section of its own.
"""

from collections.abc import Sequence, Set

from pipeline.layouts.lists import is_numbered, pair_of
from pipeline.layouts.questions import questions_of
from pipeline.layouts.reading import Reading, is_inside

__all__ = ["read_gap"]


def read_gap(
    reading: Reading, blocks: Sequence[int], *, known: Set[str], before: Set[str], after: Set[str]
) -> dict[str, tuple[int, ...]]:
    """Return the `blocks` by the field they belong to; blocks of no field are left out.

    `known` are the fields read already, `before` and `after` the names of the sections around.
    """
    facts = () if "facts" in known or before & {"questions", "related_terms"} else _numbered(reading, blocks)
    rest = [index for index in blocks if index not in facts]
    pairs = [i for i in rest if pair_of(reading, i) is not None and not is_inside(reading.blocks[i], "li")]
    pairs_last = bool(pairs) and rest[-len(pairs) :] == pairs
    asked = [index for index in rest if not (pairs_last and index in pairs)]
    questions: tuple[int, ...] = ()
    if "questions" not in known and not before & {"related_terms", "also_found_in"}:
        placed = bool(facts) or "facts" in known or bool(after)
        questions = tuple(asked) if placed and _asks_with_nested_answers(reading, asked) else ()
    rest = [index for index in rest if index not in questions]
    placed = "also_found_in" in after or bool(questions) or "questions" in known
    is_related = "related_terms" not in known and "also_found_in" not in before and placed
    related = tuple(rest) if is_related and set(rest) <= set(pairs) else ()
    return {"facts": facts, "questions": questions, "related_terms": related}


def _numbered(reading: Reading, blocks: Sequence[int]) -> tuple[int, ...]:
    """Return the blocks up to the last numbered one, if the first one is numbered too."""
    numbered = [index for index in blocks if is_numbered(reading.blocks[index])]
    if not numbered or numbered[0] != blocks[0]:
        return ()
    return tuple(index for index in blocks if index <= numbered[-1])


def _asks_with_nested_answers(reading: Reading, blocks: Sequence[int]) -> bool:
    if not any(is_inside(reading.blocks[index], "li") for index in blocks):
        return False
    drafts, _ = questions_of(reading, blocks, None)
    return any(draft.answer for draft in drafts)
