"""What all tests share: examples of hypothesis are the same in every run, no clock judges them; drawing processes."""

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from drawing_processes import kept_drawing_processes

# Derandomised: a failure here is a failure everywhere. A shared machine is slow at times: no deadline.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")
# xdist says how wide its workers' terminals are, and they have none.
os.environ.pop("COLUMNS", None)
# A shell lets what runs in its background ignore interrupts, and so would each command that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def drawing_processes() -> Iterator[None]:
    """Share drawing processes between tests."""
    with kept_drawing_processes():
        yield
