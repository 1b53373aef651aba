"""Keeps drawing processes from one test to the next: each takes a second of processor time to start.

Only those that start as the test run itself would start them are shared; a test that changes the environment (to put
a module before the real one, or another machine's fonts) has its own, and so has whatever runs as a command.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipeline.exporters.pdf import drawing

__all__ = ["kept_drawing_processes"]

_OF_THE_TEST = ("PYTEST_CURRENT_TEST", "GUIDEPRESS_JOBS")


def _surroundings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _OF_THE_TEST}


@contextmanager
def kept_drawing_processes() -> Iterator[None]:
    """Let all workforces with the same limits share their processes; these end with the context."""
    staffs: dict[tuple[float, int], Any] = {}
    surroundings = _surroundings()

    class Kept(drawing.ProcessWorkforce):
        def __init__(self, size: int, *, seconds: float, memory_mb: int, scratch: Path | None = None) -> None:
            if _surroundings() != surroundings:
                super().__init__(size, seconds=seconds, memory_mb=memory_mb, scratch=scratch)
                return
            super().__init__(size, seconds=seconds, memory_mb=memory_mb)
            key = (seconds, memory_mb)
            if key in staffs:
                self.close()  # the folder of its own: it has no processes yet
                self._staff = staffs[key]
                self._fonts = self._staff.folder / self._fonts.name
            else:
                self.close.detach()
                staffs[key] = self._staff

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "ProcessWorkforce", Kept)
        yield
    for staff in staffs.values():
        staff.close()
