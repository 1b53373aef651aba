"""Deleting below the build folder: plain files of ours, never what a path or a link leads out to."""

import itertools
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

__all__ = ["Deletion", "delete_below", "leads_out", "refusal"]

Deletion = Literal["deleted", "absent", "refused"]


def leads_out(path: str) -> bool:
    """Say whether what should be a path below the build folder is none: absolute, upwards, or no path at all.

    Lists of our files may have come with a build of somebody else (CWE-22).
    """
    named = Path(path)
    return bool(named.anchor) or not named.parts or ".." in named.parts or "\0" in path


def refusal(build: Path, paths: Sequence[str]) -> str:
    """Return what a person is told of `paths` that were refused."""
    shown = ", ".join(map(repr, paths[:3])) + (", …" if len(paths) > 3 else "")
    return (
        f"{build}: listed as ours, but left alone: {shown}\n"
        "  hint: it leads out of the build folder, or is or lies behind a link; delete it yourself if it is yours"
    )


def delete_below(build: Path, path: str) -> Deletion:
    """Delete the file `path` below `build` and the folders that it leaves empty, but not `build`; return what it was.

    Refused is what leads out of the build folder, and what is no plain file in plain folders: we write nothing else,
    and behind a link are other people's files. Raises OSError.
    """
    target = build / path
    if leads_out(path):
        return "refused"
    folders = list(itertools.takewhile(lambda folder: folder != build, target.parents))
    if any(os.path.islink(one) for one in (build, *folders)):  # noqa: PTH114  (a dead mount is False, not an error)
        return "refused"
    try:
        if not stat.S_ISREG(target.lstat().st_mode):
            return "refused"
        target.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return "absent"
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            break  # not empty
    return "deleted"
