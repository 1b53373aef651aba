"""The memory that a worker may add for one page.

The limit is on address space (RLIMIT_AS), set anew before each page to what the process has plus what a page may add:
an allocation beyond it fails at once inside that page's own work, whatever memory the machine has and whatever earlier
pages left behind, while watching the resident size from outside would come too late for a page that grows fast.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

try:
    import resource
except ImportError:  # not on Windows: there only the watchdog's clock limits a page
    resource = None  # type: ignore[assignment]

__all__ = ["memory"]


@contextlib.contextmanager
def memory(size: int) -> Iterator[None]:
    """Let this process take `size` more bytes than it has, and no more: then MemoryError is raised."""
    used = _address_space()
    if resource is None or used is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = used + size
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
