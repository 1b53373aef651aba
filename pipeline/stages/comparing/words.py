"""A text word by word against another."""

import difflib
import re
from typing import Final, Literal

__all__ = ["WordRun", "word_diff"]

_WORD: Final = re.compile(r"\s+|[^\s]+")

WordRun = tuple[Literal["same", "gone", "new"], str]


def word_diff(old: str, new: str) -> list[WordRun]:
    """Return a text as runs of words that are in both, only in the old one, only in the new one."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    runs: list[WordRun] = []
    for kind, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            runs.append(("same", "".join(before[old_from:old_to])))
            continue
        if old_to > old_from:
            runs.append(("gone", "".join(before[old_from:old_to])))
        if new_to > new_from:
            runs.append(("new", "".join(after[new_from:new_to])))
    return runs
