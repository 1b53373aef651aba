"""Drawing processes: started when there is work, watched while they draw, replaced when they are stuck."""

import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.exporters.pdf.drawing.jobs import Drawn, Failure, Job
from pipeline.exporters.pdf.drawing.worker import read_message, write_message

__all__ = ["Workforce"]

# No font of the machine may be seen; faces are added one by one, from memory.
_FONTS_CONF: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""
_MEGABYTE: Final = 1_000_000


class _DiedError(Exception):
    """The process ended without an answer."""


class _Worker:
    """One process and its two pipes."""

    def __init__(self, folder: Path, memory: int) -> None:
        source = str(Path(__file__).resolve().parents[4])
        path = os.pathsep.join(part for part in (source, os.environ.get("PYTHONPATH", "")) if part)
        environment = os.environ | {
            "FONTCONFIG_FILE": str(folder / "fonts.conf"),
            "GUIDEPRESS_PDF_MEMORY": str(memory),
            "PYTHONPATH": path,
            # Fonts that are cut while drawing would carry the time of day otherwise.
            "SOURCE_DATE_EPOCH": "0",
            "TMPDIR": str(folder),
        }
        self.errors = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  (closed when the process has ended)
        command = [sys.executable, "-P", "-m", "pipeline.exporters.pdf.drawing.worker"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, env=environment
        )
        assert self.process.stdin is not None  # noqa: S101  (PIPE was asked for)
        assert self.process.stdout is not None  # noqa: S101
        self.jobs = self.process.stdin
        self.replies = self.process.stdout

    def receive(self, seconds: float) -> tuple[Any, bool]:
        """Return the next message and False, or None and whether the time was up."""
        stuck = threading.Event()

        def stop() -> None:
            stuck.set()
            self.process.kill()

        watchdog = threading.Timer(seconds, stop)
        watchdog.start()
        try:
            return read_message(self.replies), False
        except EOFError:
            if stuck.is_set():
                return None, True
            raise _DiedError(self.last_words()) from None
        finally:
            watchdog.cancel()

    def last_words(self) -> str:
        """Return how the process ended, and the last line that it wrote."""
        code = self.process.wait()
        self.errors.seek(0)
        lines = self.errors.read().decode("utf-8", "replace").strip().splitlines()
        return f"the drawing process ended with code {code}" + (f": {lines[-1]}" if lines else "")

    def end(self) -> None:
        """Let the process end: it does when its input is closed; one that is stuck is killed."""
        self.jobs.close()
        try:
            self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.replies.close()
        self.errors.close()


@dataclass(slots=True)
class _Staff:
    """The processes that live, and those that have nothing to do."""

    folder: Path
    alive: list[_Worker] = field(default_factory=list)
    idle: queue.SimpleQueue[_Worker] = field(default_factory=queue.SimpleQueue)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def dismiss(self, worker: _Worker) -> None:
        with self.lock:
            self.alive.remove(worker)
        worker.end()

    def close(self) -> None:
        for worker in self.alive[:]:
            self.dismiss(worker)
        shutil.rmtree(self.folder, ignore_errors=True)


class Workforce:
    """Up to `size` drawing processes (0: one for each processor), which live until `close` or the end of the run."""

    def __init__(self, size: int, *, seconds: float, memory_mb: int) -> None:
        self._size = size or os.cpu_count() or 1
        self._seconds = seconds
        self._memory = memory_mb * _MEGABYTE
        folder = Path(tempfile.mkdtemp(prefix="guidepress-pdf-"))
        (folder / "fonts.conf").write_text(_FONTS_CONF.format(cache=folder / "cache"))
        self._staff = _Staff(folder)
        self.close = weakref.finalize(self, self._staff.close)

    def open(self) -> Failure | None:
        """Start the first process, which waits for work; return why it cannot be started, if so."""
        worker = self._engage()
        if isinstance(worker, Failure):
            return worker
        self._staff.idle.put(worker)
        return None

    def draw(self, jobs: Sequence[Job]) -> list[Drawn | Failure]:
        """Return the results in the order of `jobs`. A job that fails does not stop the others."""
        if not jobs:
            return []
        with ThreadPoolExecutor(max_workers=min(self._size, len(jobs))) as threads:
            return list(threads.map(self._draw_one, jobs))

    def _draw_one(self, job: Job) -> Drawn | Failure:
        worker = self._engage()
        if isinstance(worker, Failure):
            return worker
        try:
            write_message(worker.jobs, job)
            answer, stuck = worker.receive(self._seconds)
        except _DiedError as death:
            return self._replaced(worker, str(death))
        except BrokenPipeError:
            return self._replaced(worker, worker.last_words())
        if stuck:
            return self._replaced(worker, f"it took longer than {self._seconds:g} seconds (`pdf.seconds`)")
        self._staff.idle.put(worker)
        result: Drawn | Failure = answer
        return result

    def _replaced(self, worker: _Worker, message: str) -> Failure:
        self._staff.dismiss(worker)
        return Failure(message)

    def _engage(self) -> _Worker | Failure:
        """Return an idle process, or a new one; Failure if none can be started here."""
        try:
            return self._staff.idle.get_nowait()
        except queue.Empty:
            pass
        worker = _Worker(self._staff.folder, self._memory)
        with self._staff.lock:
            self._staff.alive.append(worker)
        try:
            answer, stuck = worker.receive(self._seconds)
        except _DiedError as death:
            self._staff.dismiss(worker)
            return Failure(str(death), exit_code=1)
        if stuck or isinstance(answer, Failure):
            self._staff.dismiss(worker)
            return answer or Failure("a drawing process did not start in time")
        return worker
