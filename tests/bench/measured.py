"""One command as a whole: seconds by the clock and of the processors, and the peak memory of each of its processes."""

import math
import os
import resource
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

__all__ = ["Usage", "exponent", "measure"]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command used."""

    seconds: float  # by the clock
    processor: float  # of it and of all its children
    main_mb: float  # peak of the command's own process
    others_mb: float  # the highest peak of any process that it started


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Usage:
    """Run a command in `folder` to its end. Raises CalledProcessError, with what it said, if it fails."""
    before = _of_children()
    began = perf_counter()
    with (folder / "said.txt").open("w+") as said:
        with subprocess.Popen(
            command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}
        ) as process:
            peaks = _Peaks(process.pid)
            code = process.wait()
            peaks.stop()
        seconds = perf_counter() - began
        if code:
            said.seek(0)
            raise subprocess.CalledProcessError(code, command, said.read()[-2000:])
    return Usage(seconds, _of_children() - before, peaks.main, peaks.others)


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """Return the slope of the line through (log size, log value) with the least squares: 1 is linear growth."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(value, 1e-9)) for value in values]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def _of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class _Peaks:
    """Looks at a process and all below it five times a second; Linux tells each one's peak as VmHWM."""

    def __init__(self, pid: int) -> None:
        self.main = self.others = 0.0
        self._pid = pid
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        self._ended.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.2):
            self.main = max(self.main, _peak(self._pid))
            for child in _below(self._pid):
                self.others = max(self.others, _peak(child))


def _peak(pid: int) -> float:
    with suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text()
        if "VmHWM:" in status:
            return int(status.split("VmHWM:")[1].split()[0]) / 1024
    return 0.0


def _below(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *_below(int(child))]
    return found
