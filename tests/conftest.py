"""What all tests share: repeatable examples, processes that are started once, and what they need in memory."""

import gc
import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Derandomised: a failure here is a failure everywhere. A shared machine is slow at times: no deadline.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")
# xdist says how wide its workers' terminals are, and they have none.
os.environ.pop("COLUMNS", None)
# Where bytecode is not kept, each process that a test starts would compile the whole package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A shell lets what runs in its background ignore interrupts, and so would each command that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Leave what was collected out of all later looks for garbage (it lives to the end), and let these be fewer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def known_layouts() -> None:
    """Read a page: the parsing processes of runs, forked off this one, then have the layouts, compiled."""
    from parsed_pages import parse  # not in the process that hands out the tests: it reads nothing
    from term_pages import term_page

    parse(term_page("Alpha"), "alpha.txt")


@pytest.fixture(scope="session", autouse=True)
def drawing_processes() -> Iterator[None]:
    """Share drawing processes between tests."""
    from drawing_processes import kept_drawing_processes

    with kept_drawing_processes():
        yield
