"""A copy of a build's state for a run that must not change it: what was parsed once need not be parsed again."""

import contextlib
import sqlite3

from pipeline.store.folder import StateFolder

__all__ = ["copy_state"]


def copy_state(source: StateFolder, target: StateFolder) -> bool:
    """Copy the state file of `source`, which is only read, below `target`, which has none; say whether there was one.

    A state that cannot be read is left: the copy is then empty, and every page is parsed. Another run may be at work.
    """
    if not source.database.is_file():
        return False
    target.path.mkdir(parents=True, exist_ok=True)
    try:
        with (
            contextlib.closing(sqlite3.connect(f"{source.database.absolute().as_uri()}?mode=ro", uri=True)) as old,
            contextlib.closing(sqlite3.connect(target.database)) as new,
        ):
            old.backup(new)
    except sqlite3.Error:
        target.discard()
        return False
    return True
