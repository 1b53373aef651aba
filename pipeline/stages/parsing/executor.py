"""Where pages are parsed: worker processes with a watchdog, so that no page can stop a run or another page."""

import contextlib
import importlib
import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Protocol

from pipeline.config import Settings, SurroundingsError
from pipeline.pages import RawPage
from pipeline.processes import Ended, cpu_seconds, signals_held
from pipeline.records import Reject
from pipeline.stages.parsing.packing import rejected
from pipeline.stages.parsing.worker import Ready, Reply, memory_reject, work
from pipeline.store import PageEntry

__all__ = ["PARSER", "Executor", "Job", "Parsed", "ProcessPool"]

PARSER: Final = "pipeline.stages.page.parse:parse_page"
# A worker that gets little of a busy machine is given more wall time, up to so many times the limit.
_PATIENCE: Final = 10
_STILLBORN: Final = 3  # workers ended from outside, one after another, before one of them could parse


@dataclass(frozen=True, slots=True)
class Job:
    """A page to parse. `file` and `key` come back with the result: which raw file it is of, what it is stored under."""

    file: str
    key: str
    page: RawPage


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a job gave; `traceback` is that of a defect of ours."""

    job: Job
    entry: PageEntry
    traceback: str | None = None


class Executor(Protocol):
    """Parses pages somewhere."""

    def run(self, jobs: Iterable[Job]) -> Iterator[Parsed]:
        """Yield the result of each job, in any order, taking no more jobs than it can work on."""


@dataclass(slots=True)
class _Worker:
    process: Any  # each multiprocessing context has a Process class of its own
    connection: Connection
    ready: bool = False
    job: Job | None = None
    since: float = 0.0  # when that job was handed out
    deadline: float = 0.0
    cpu: float = 0.0  # processor time of the pages before it


class ProcessPool:
    """A few worker processes. A page that takes too long, or ends its worker, is rejected; the others go on.

    Workers are forked off after the parser was imported, so that replacing one takes milliseconds. A worker is given
    a page only when it waits for one: neither side of a pipe can then be stuck in writing what the other does not read.
    """

    def __init__(self, settings: Settings, parser: str = PARSER) -> None:
        """Take the parser by name, `module:function`: a run that has nothing to parse does not import it."""
        self._parser = parser
        self._settings = settings
        # Any: the classes of the standard library's contexts share no type that has both `Process` and `Pipe`.
        self._context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self._workers: list[_Worker] = []
        self._suspects: deque[Job] = deque()
        self._stillborn = 0

    def run(self, jobs: Iterable[Job]) -> Iterator[Parsed]:
        """Yield the result of each job, in any order. When the caller stops listening, the workers end.

        Raises RuntimeError if workers cannot start at all, SurroundingsError if they are killed before they have.
        """
        try:
            yield from self._run(iter(jobs), self._settings.workers)
            # A page whose worker died is tried once more, alone: the death may have been another's doing.
            while self._suspects:
                yield from self._run(iter([self._suspects.popleft()]), 1, last_chance=True)
        finally:
            for worker in list(self._workers):
                self._end(worker)

    def _run(self, jobs: Iterator[Job], size: int, *, last_chance: bool = False) -> Iterator[Parsed]:
        waiting: deque[Job] = deque()
        results: list[Parsed] = []
        more = True
        while True:
            # First give the workers something to do, then deal with what they did.
            while more and len(waiting) < size:
                job = next(jobs, None)
                if job is None:
                    more = False
                else:
                    waiting.append(job)
            busy = sum(worker.job is not None for worker in self._workers)
            while len(self._workers) < min(size, len(waiting) + busy):
                self._start()
            for worker in self._workers:
                if waiting and worker.ready and worker.job is None:
                    self._hand_out(worker, waiting.popleft())
            yield from results
            if not more and not waiting and all(worker.job is None for worker in self._workers):
                return
            results = self._collect(last_chance=last_chance)

    def _start(self) -> None:
        with contextlib.suppress(ImportError):  # the worker fails in the same way, and reports it
            importlib.import_module(self._parser.partition(":")[0])
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=work, args=(theirs, self._parser, self._settings, os.getpid()), daemon=True
        )
        with signals_held():
            process.start()
            self._workers.append(_Worker(process, ours))
        theirs.close()

    def _end(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)

    def _hand_out(self, worker: _Worker, job: Job) -> None:
        worker.job = job
        # If it is dead, `_collect` will see that, and knows the page.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            worker.connection.send(job.page)
        worker.since = time.monotonic()
        worker.deadline = worker.since + self._settings.limits.seconds

    def _collect(self, *, last_chance: bool) -> list[Parsed]:
        """Wait until something happens; return what that gave."""
        deadlines = [worker.deadline for worker in self._workers if worker.job]
        timeout = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        readable = set(wait([worker.connection for worker in self._workers], timeout))
        results: list[Parsed | None] = []
        for worker in list(self._workers):
            if worker.connection in readable:
                results.append(self._hear(worker, last_chance=last_chance))
            elif worker.job and time.monotonic() >= worker.deadline and not worker.connection.poll():
                results.append(self._judge(worker, worker.job))
        return [result for result in results if result]

    def _hear(self, worker: _Worker, *, last_chance: bool) -> Parsed | None:
        try:
            said: Ready | Reply = worker.connection.recv()
        except (EOFError, ConnectionResetError):
            return self._bury(worker, last_chance=last_chance)
        if isinstance(said, Ready):
            if said.traceback:
                raise RuntimeError(f"the parser cannot be loaded\n{said.traceback}")
            worker.ready = True
            self._stillborn = 0
            return None
        job, worker.job, worker.cpu = worker.job, None, said.cpu
        if job is None:
            raise RuntimeError("a worker answered without having been asked")
        if said.last:
            self._end(worker)
        return Parsed(job, said.entry, said.traceback)

    def _bury(self, worker: _Worker, *, last_chance: bool) -> Parsed | None:
        self._end(worker)
        ended = Ended(worker.process.exitcode)
        if not worker.ready:
            if not ended.from_outside:
                raise RuntimeError(f"a worker process ended before it could parse ({ended.how})")
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                # Short of memory, the system ends processes so; none of ours does.
                raise _ended_by_others("before they could parse", ended)
            return None
        if worker.job is None:
            return None
        if last_chance:
            return self._death(worker.job, ended)
        self._suspects.append(worker.job)
        return None

    def _death(self, job: Job, ended: Ended) -> Parsed:
        # SIGKILL is what the system sends when memory is short; compiled parsers abort when an allocation fails.
        if ended.how in {"SIGKILL", "SIGABRT"}:
            return Parsed(job, memory_reject(job.page.path, self._settings))
        if ended.from_outside:
            raise _ended_by_others(f"twice over {job.page.path}", ended)
        reject = Reject(
            path=job.page.path,
            line=None,
            code="internal",
            message=f"a defect of guidepress: the worker process that read this page ended ({ended.how}), twice",
            hint="report it with the page, if you may",
        )
        note = f"{job.page.path}: the worker process that read this page ended ({ended.how}), twice\n"
        return Parsed(job, rejected(reject, settled=False), note)

    def _judge(self, worker: _Worker, job: Job) -> Parsed | None:
        """Reject the page that a worker is stuck on, unless the machine is so busy that it had little time for it."""
        limit = self._settings.limits.seconds
        spent = cpu_seconds(worker.process.pid)
        if spent is not None:
            missing = 0.9 * limit - (spent - worker.cpu)
            if missing > 0 and time.monotonic() - worker.since < _PATIENCE * limit:
                worker.deadline = time.monotonic() + max(missing, 0.01)
                return None
        self._end(worker)
        reject = Reject(
            path=job.page.path,
            line=None,
            code="timeout",
            message=f"not parsed within the {limit:g} seconds of `limits.seconds`",
            hint="if the page is a good one, raise `limits.seconds`",
        )
        return Parsed(job, rejected(reject, settled=False))


def _ended_by_others(when: str, ended: Ended) -> SurroundingsError:
    hint = "is there memory for so many? Fewer workers: --jobs"
    return SurroundingsError(f"worker processes were ended from outside ({ended.how}) {when}", hint=hint)
