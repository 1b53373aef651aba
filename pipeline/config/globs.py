"""Globs over the paths of raw pages, as `[[defaults]]` and `[[layouts]]` have them."""

import re
from functools import lru_cache

__all__ = ["path_matches"]

_MEANING = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def path_matches(pattern: str, path: str) -> bool:
    """Say whether a glob matches the whole of a POSIX path: `**` crosses folders, `*` and `?` do not."""
    return _compiled(pattern).fullmatch(path) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(_MEANING.get(part, re.escape(part)) for part in parts))
