"""Rejects of pages that were not parsed to their end, and of files that were not read: why, and what to do."""

import traceback
from typing import Final

from pipeline.config import Limits
from pipeline.records import Reject
from pipeline.stages.parsing.packing import rejected
from pipeline.store import PageEntry

__all__ = ["TRACEBACK", "death", "defect", "out_of_memory", "out_of_time"]

TRACEBACK: Final = ".state/traceback.txt"


def out_of_time(path: str, limits: Limits, *, parsed: bool) -> PageEntry:
    """Return the entry of a page that took too long, or (not parsed) of a file of which reading a page did."""
    what = "parsed" if parsed else "read"
    reject = Reject(
        path=path,
        line=None,
        code="timeout",
        message=f"not {what} within the {limits.seconds:g} seconds of `limits.seconds`",
        hint="if the page is a good one, raise `limits.seconds`",
    )
    return rejected(reject, settled=False)


def out_of_memory(path: str, limits: Limits) -> PageEntry:
    """Return the entry of a page that needed more memory than it may."""
    reject = Reject(
        path=path,
        line=None,
        code="memory",
        message=f"more memory needed than the {limits.memory_mb} MB of `limits.memory_mb`",
        hint="if the page is a good one, raise `limits.memory_mb`",
    )
    return rejected(reject, settled=False)


def death(path: str, how: str) -> tuple[PageEntry, str]:
    """Return the entry of a page over which a worker ended by itself, twice; and what to keep of it."""
    told = f"the worker process that read this page ended ({how}), twice"
    reject = Reject(
        path=path,
        line=None,
        code="internal",
        message=f"a defect of guidepress: {told}",
        hint="report it with the page, if you may",
    )
    return rejected(reject, settled=False), f"{path}: {told}\n"


def defect(path: str, error: Exception) -> tuple[PageEntry, str]:
    """Return the entry of a page on which our own code failed, and the traceback to keep."""
    reject = Reject(
        path=path,
        line=None,
        code="internal",
        message=f"a defect of guidepress: {type(error).__name__}; see {TRACEBACK} in the build folder",
        hint="report it with that file and, if you may, the page",
    )
    told = f"{path}\n{''.join(traceback.format_exception(error))}"
    return rejected(reject, settled=False), told
