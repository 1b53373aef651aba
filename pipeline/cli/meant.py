"""What a mistyped name was probably meant to be."""

import difflib
from collections.abc import Iterable, Mapping

__all__ = ["meant"]


def meant(name: str, known: Iterable[str], elsewhere: Mapping[str, str] | None = None) -> str:
    """Return `; did you mean …?` with the known names nearest to this one; "" if none is near.

    `elsewhere` has the known names of what goes by another name in other tools.
    """
    others = elsewhere or {}
    near = difflib.get_close_matches(name.lower(), [*known, *others], 3, cutoff=0.6)
    names = list(dict.fromkeys(others.get(one, one) for one in near))
    return f"; did you mean {' or '.join(f'`{one}`' for one in names)}?" if names else ""
