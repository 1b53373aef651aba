"""A process of ours at the other end of two pipes, whoever waits for it: how much it worked, and how it ended."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.processes.messages import taken, write_message

__all__ = ["Ended", "WatchedProcess", "cpu_seconds"]

# What a process meets by its own doing: a bad address, a failed assertion, an allocation that its libraries abort on.
# Every other signal comes from outside: the system is short of memory, somebody ended it.
_OWN_DOING: Final = {"SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGSEGV", "SIGSYS", "SIGTRAP"}
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: a negative code is a signal's number, as `subprocess` has it."""

    code: int | None
    last_words: str = ""  # the last line that it wrote to its error stream

    @property
    def how(self) -> str:
        """Return the signal's name, or the code in words."""
        if self.code is not None and self.code < 0:
            with contextlib.suppress(ValueError):
                return signal.Signals(-self.code).name
            return f"signal {-self.code}"
        return f"exit code {self.code}"

    @property
    def from_outside(self) -> bool:
        """Say whether a signal ended it that is sent by others."""
        return self.code is not None and self.code < 0 and self.how not in _OWN_DOING


class WatchedProcess:
    """A Python module run as a process; it reads messages from its input, and writes messages to its output."""

    def __init__(self, module: str, folder: Path, environment: Mapping[str, str]) -> None:
        """Start it, with a folder of its own below `folder` for its temporary files. Raises OSError.

        On Linux it ends with the thread that calls this (`end_with`): call it from one that lives.
        """
        source = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (source, os.environ.get("PYTHONPATH", "")) if part)
        self._folder = Path(tempfile.mkdtemp(dir=folder))
        self._errors = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  (closed when the process has ended)
        self._process = subprocess.Popen(
            # -P: a folder named like our package, where the user happens to work, is not meant.
            [sys.executable, "-P", "-m", module, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, **environment, "PYTHONPATH": path, "TMPDIR": str(self._folder)},
        )
        assert self._process.stdin is not None  # noqa: S101  (PIPE was asked for)
        assert self._process.stdout is not None  # noqa: S101
        self._in, self._out = self._process.stdin, self._process.stdout
        self._received = bytearray()

    def fileno(self) -> int:
        """Return what is to be waited for: it can be read when there is something to `receive`."""
        return self._out.fileno()

    @property
    def is_alive(self) -> bool:
        """Say whether it has not ended."""
        return self._process.poll() is None

    @property
    def cpu_seconds(self) -> float | None:
        """Return the processor time that it has used; None where the system does not tell."""
        return cpu_seconds(self._process.pid)

    def send(self, message: Any) -> None:
        """Send a message to a process that waits for one; that it has ended is found by `receive`."""
        with contextlib.suppress(BrokenPipeError):
            write_message(self._in, message)

    def receive(self) -> tuple[Any] | None:
        """Return a message if one is there as a whole, without waiting for the rest. Raises EOFError at the end."""
        data = os.read(self.fileno(), _CHUNK)
        if not data:
            raise EOFError
        self._received += data
        return taken(self._received)

    def end(self, *, patience: float = 0) -> Ended:
        """Kill it, if it does not end within so many seconds, and return how it ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self._process.kill()
        code = self._process.wait()
        lines: list[str] = []
        with contextlib.suppress(OSError):
            self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - _CHUNK))
            lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        self._errors.close()
        for pipe in (self._in, self._out):
            with contextlib.suppress(OSError):  # what it did not read any more
                pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        return Ended(code, lines[-1] if lines else "")


def cpu_seconds(pid: int) -> float | None:
    """Return the processor seconds that a process has used; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None
