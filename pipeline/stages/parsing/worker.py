"""A worker process: parses one page after another, within the memory that a page may take.

The limit is on address space (RLIMIT_AS), set anew before each page to what the process has plus what a page may add:
an allocation beyond it fails at once inside that page's own work, whatever memory the machine has and whatever earlier
pages left behind, while watching the resident size from outside would come too late for a page that grows fast.
"""

import contextlib
import importlib
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.config import Settings
from pipeline.pages import RawPage
from pipeline.processes import end_with, own_signals
from pipeline.records import Reject
from pipeline.stages.parsing.packing import pack, rejected
from pipeline.store import PageEntry

if TYPE_CHECKING:  # with it come the parser's libraries, which only a worker needs
    from pipeline.stages.page import ParseOutcome

try:
    import resource
except ImportError:  # not on Windows: there only the watchdog's clock limits a page
    resource = None  # type: ignore[assignment]

__all__ = ["TRACEBACK", "ParsePage", "Ready", "Reply", "defect", "memory_reject", "parse_one", "work"]


ParsePage = Callable[[RawPage, Settings], "ParseOutcome"]
TRACEBACK: Final = ".state/traceback.txt"
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker's first word: it is able to parse, or, with a traceback, why not."""

    traceback: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What one page gave; `cpu` is the worker's processor time so far; `last` says that it ends after this page."""

    entry: PageEntry
    cpu: float
    traceback: str | None = None
    last: bool = False


def work(connection: Connection, parser: str, settings: Settings, parent: int) -> None:
    """Answer each page that comes with a Reply, until the other end is closed.

    `parser` is `module:function`, `parent` the process that is to be worked for, and not to be outlived.
    """
    own_signals()
    end_with(parent)
    _close_all_but(connection.fileno())
    module, _, name = parser.partition(":")
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            parse: ParsePage = getattr(importlib.import_module(module), name)
        except Exception:  # noqa: BLE001 (the run's own process raises it)
            connection.send(Ready(traceback.format_exc()))
            return
        connection.send(Ready())
        while True:
            page: RawPage = connection.recv()
            reply = parse_one(parse, page, settings)
            connection.send(reply)
            if reply.last:
                return


def _close_all_but(kept: int) -> None:
    """Close what came with the fork: the run's lock on its folder, its database, other workers' pipes."""
    if sys.platform != "linux":  # there nothing was inherited
        return
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))


def parse_one(parse: ParsePage, page: RawPage, settings: Settings) -> Reply:
    """Return what `page` gives; an exception, which is a defect of ours, becomes a reject with its traceback."""
    try:
        with _memory(settings.limits.memory_mb):
            entry = pack(parse(page, settings))
    except MemoryError:
        return Reply(memory_reject(page.path, settings), time.process_time(), last=True)
    except Exception as error:  # noqa: BLE001 (told in full: its traceback is kept, the run ends with exit code 1)
        entry, told = defect(page.path, error)
        return Reply(entry, time.process_time(), told)
    return Reply(entry, time.process_time())


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


def memory_reject(path: str, settings: Settings) -> PageEntry:
    """Return the entry of a page that needed more memory than it may."""
    reject = Reject(
        path=path,
        line=None,
        code="memory",
        message=f"more memory needed than the {settings.limits.memory_mb} MB of `limits.memory_mb`",
        hint="if the page is a good one, raise `limits.memory_mb`",
    )
    return rejected(reject, settled=False)


@contextlib.contextmanager
def _memory(megabytes: int) -> Iterator[None]:
    used = _address_space()
    if resource is None or used is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = used + megabytes * _MEGABYTE
    if soft != resource.RLIM_INFINITY:
        allowed = min(allowed, soft)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int | None:
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):  # no /proc: the limit is the watchdog's alone
        return None
