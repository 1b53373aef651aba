"""Deleting what stands where a file of the state should be."""

import shutil
from pathlib import Path

__all__ = ["remove"]


def remove(path: Path) -> None:
    """Delete the file, link or folder at `path`, if there is one. Raises OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
