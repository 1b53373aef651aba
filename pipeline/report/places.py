"""How a raw page is named to a person: by the path that she can open, with the line."""

from collections.abc import Sequence
from pathlib import Path

__all__ = ["place"]


def place(path: str, line: int | None, roots: Sequence[Path]) -> str:
    """Return `raw/bio/osmosis.html:41`. `path` is as records and rejects have it: relative to its raw root, or, with
    several roots, beginning with the root's name.
    """
    shown = path
    if len(roots) == 1:
        shown = (roots[0] / path).as_posix() if path not in {"", "."} else roots[0].as_posix()
    else:
        first, _, rest = path.partition("/")
        for root in roots:
            if root.name == first:
                shown = (root / rest).as_posix()
                break
    return f"{shown}:{line}" if line else shown
