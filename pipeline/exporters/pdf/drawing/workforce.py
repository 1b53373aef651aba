"""Drawing processes of this machine: started when there is work, watched while they draw, replaced when they die."""

import selectors
import shutil
import tempfile
import time
import weakref
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pipeline.exporters.pdf.drawing.jobs import Drawn, Failure, Job
from pipeline.processes import WatchedProcess

__all__ = ["ProcessWorkforce"]

_MODULE: Final = "pipeline.exporters.pdf.drawing.worker"
# No font of the machine may be seen; faces are added one by one, from memory.
_FONTS_CONF: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""
_MEGABYTE: Final = 1_000_000
# A process that gets little of a busy machine is given more wall time, up to so many times the limit.
_PATIENCE: Final = 3
_STARTING: Final = 60.0  # seconds, whatever the limit of a job
_DYING: Final = 5.0  # seconds for a process that has closed its output to end: how it does is then known

_Result = tuple[str, Drawn | Failure]


@dataclass(slots=True)
class _Order:
    """A job in the queue."""

    key: str
    make: Callable[[], Job]
    failed_before: bool = False


@dataclass(slots=True)
class _Worker:
    """A process, and the order that it starts for or works on."""

    process: WatchedProcess
    order: _Order | None = None
    ready: bool = False
    fresh: bool = True  # it has drawn nothing yet
    since: float = 0.0  # when it was given what it is doing
    limit: float = 0.0  # seconds of processor time for that
    deadline: float = 0.0
    cpu: float | None = None  # processor time before that


@dataclass(slots=True)
class _Staff:
    """The processes that live, and the folder that they share."""

    folder: Path
    workers: list[_Worker] = field(default_factory=list)

    def close(self) -> None:
        while self.workers:
            self.workers.pop().process.end()
        shutil.rmtree(self.folder, ignore_errors=True)


class ProcessWorkforce:
    """Up to `size` drawing processes, which live until `close`, or the end of the run.

    A job is tried once more, on a fresh process, if its process died, or if it failed on one that had drawn before:
    what others left behind may have been the cause. `seconds` limits the processor time of a job, `memory_mb` the
    address space of a process: what needs more fails by its content.
    """

    def __init__(self, size: int, *, seconds: float, memory_mb: int, scratch: Path | None = None) -> None:
        self._size = size
        self._seconds = seconds
        self._memory = memory_mb * _MEGABYTE
        self._queue: deque[_Order] = deque()
        self._staff = _Staff(Path(tempfile.mkdtemp(prefix="guidepress-pdf-", dir=scratch)))
        self.close = weakref.finalize(self, self._staff.close)
        self._fonts = self._staff.folder / "fonts.conf"
        self._fonts.write_text(_FONTS_CONF.format(cache=self._staff.folder / "cache"))

    def submit(self, key: str, make: Callable[[], Job]) -> None:
        """Queue a job; `make` is called when its turn comes."""
        self._queue.append(_Order(key, make))

    def finished(self) -> Generator[_Result, None, None]:
        """Yield key and result of each job of the queue, as they come; more may be submitted meanwhile."""
        results: list[_Result] = []
        try:
            while True:
                self._hand_out(results)
                if results:
                    yield from results
                    results = []
                elif self._busy():
                    self._collect(results)
                else:
                    return
        finally:
            self._queue.clear()
            for worker in self._busy():
                self._dismiss(worker)

    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._staff.workers if worker.order]

    def _hand_out(self, results: list[_Result]) -> None:
        while self._queue and (len(self._busy()) < self._size):
            order = self._queue.popleft()
            try:
                worker = self._free(fresh=order.failed_before)
            except OSError as error:
                results.append((order.key, Failure.of(error)))
                continue
            worker.order = order
            self._time(worker)
            if worker.ready:
                worker.process.send(order.make())

    def _free(self, *, fresh: bool) -> _Worker:
        """Return a process that has nothing to do. Raises OSError if none can be started."""
        for worker in [worker for worker in self._staff.workers if worker.order is None]:
            if not fresh and worker.process.is_alive:
                return worker
            self._dismiss(worker)
        limits = {
            "FONTCONFIG_FILE": str(self._fonts),
            "GUIDEPRESS_PDF_MEMORY": str(self._memory),
            # Fonts that are cut while drawing would carry the time of day otherwise.
            "SOURCE_DATE_EPOCH": "0",
        }
        worker = _Worker(WatchedProcess(_MODULE, self._staff.folder, limits))
        self._staff.workers.append(worker)
        return worker

    def _time(self, worker: _Worker) -> None:
        worker.since = time.monotonic()
        worker.limit = self._seconds if worker.ready else max(self._seconds, _STARTING)
        worker.deadline = worker.since + worker.limit
        worker.cpu = worker.process.cpu_seconds

    def _dismiss(self, worker: _Worker) -> None:
        self._staff.workers.remove(worker)
        worker.process.end()

    def _collect(self, results: list[_Result]) -> None:
        """Wait until something happens; add what that gave."""
        busy = self._busy()
        with selectors.DefaultSelector() as selector:
            for worker in busy:
                selector.register(worker.process, selectors.EVENT_READ)
            left = min(worker.deadline for worker in busy) - time.monotonic()
            readable = {key.fileobj for key, _ in selector.select(max(0.0, left))}
        for worker in busy:
            if worker.process in readable:
                self._hear(worker, results)
            elif time.monotonic() >= worker.deadline:
                self._judge(worker, results)

    def _hear(self, worker: _Worker, results: list[_Result]) -> None:
        try:
            received = worker.process.receive()
        except EOFError:
            self._bury(worker, results)
            return
        if received is None or worker.order is None:
            return
        (answer,) = received
        if answer is None:
            worker.ready = True
            self._time(worker)
            worker.process.send(worker.order.make())
        elif isinstance(answer, Failure):
            was_fresh = worker.fresh
            self._end(worker, answer, results, again=not was_fresh)
        else:
            results.append((worker.order.key, answer))
            worker.order, worker.fresh = None, False

    def _bury(self, worker: _Worker, results: list[_Result]) -> None:
        ended = worker.process.end(patience=_DYING)
        about = f": {ended.last_words}" if ended.last_words else ""
        if ended.from_outside:
            failure = Failure(f"the drawing process was ended from outside ({ended.how}), twice", "outside")
        elif worker.ready:
            failure = Failure(f"the drawing process ended by itself ({ended.how}), twice{about}")
        else:
            failure = Failure(f"the drawing process does not start ({ended.how}){about}", "defect")
        self._end(worker, failure, results, again=True)

    def _judge(self, worker: _Worker, results: list[_Result]) -> None:
        """End a process whose time is up, unless the machine is so busy that it had little of it."""
        limit, spent = worker.limit, worker.limit
        now = worker.process.cpu_seconds
        if now is not None and worker.cpu is not None:
            spent = now - worker.cpu
            missing = 0.9 * limit - spent
            if missing > 0 and time.monotonic() - worker.since < _PATIENCE * limit:
                worker.deadline = time.monotonic() + max(missing, 0.01)
                return
        if not worker.ready:
            failure = Failure(f"a drawing process did not start within {limit:g} seconds", "outside")
        elif spent >= 0.9 * limit:
            failure = Failure(f"it took longer than {limit:g} seconds (`pdf.seconds`)")
        else:
            waited = f"it took {_PATIENCE * limit:g} seconds, and {spent:.0f} of the processor's (`pdf.seconds`)"
            failure = Failure(waited, "outside")
        self._end(worker, failure, results, again=False)

    def _end(self, worker: _Worker, failure: Failure, results: list[_Result], *, again: bool) -> None:
        """Dismiss a process that failed, and have its order done once more, or give it up."""
        order = worker.order
        self._dismiss(worker)
        if order is None:
            return
        if again and not order.failed_before:
            order.failed_before = True
            self._queue.append(order)
        else:
            results.append((order.key, failure))
