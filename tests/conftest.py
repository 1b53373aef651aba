"""What all tests share: examples of hypothesis are the same in every run, and no clock judges them."""

import os

from hypothesis import HealthCheck, settings

# Derandomised: a failure here is a failure everywhere. A shared machine is slow at times: no deadline.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")
# xdist says how wide its workers' terminals are, and they have none.
os.environ.pop("COLUMNS", None)
