"""Where pages are parsed: worker processes with a watchdog, so that no page can stop a run or another page."""

import contextlib
import importlib
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from multiprocessing.connection import Connection, wait
from typing import Any, Final

from pipeline.config import Settings, SurroundingsError
from pipeline.processes import Ended, cpu_seconds, signals_held
from pipeline.stages.fingerprint import parsing_fingerprint
from pipeline.stages.parsing.parts import Done, Event, Outcome, Part, Stretch, Take
from pipeline.stages.parsing.reading import READING, Leaving, Message, Parsing
from pipeline.stages.parsing.rejecting import death, out_of_memory, out_of_time
from pipeline.stages.parsing.runs import Run, Runs
from pipeline.stages.parsing.worker import Ready, Said, work

__all__ = ["NOT_PARSED", "PARSER", "ProcessPool"]

PARSER: Final = "pipeline.stages.page.parse:parse_page"
NOT_PARSED: Final = "pipeline.stages.parsing.reading:not_parsed"  # reads only
# A worker that gets little of a busy machine is given more wall time, up to so many times the limit.
_PATIENCE: Final = 10
_STILLBORN: Final = 3  # workers ended from outside, one after another, before one of them could parse


@dataclass(slots=True)
class _Worker:
    process: Any  # each multiprocessing context has a Process class of its own
    connection: Connection
    ready: bool = False
    run: Run | None = None
    since: float = 0.0  # when it was heard last
    limit: float = 0.0  # seconds that it has for what it does
    deadline: float = 0.0
    cpu: float = 0.0  # processor time when it was heard last


class ProcessPool:
    """A few worker processes. A page that takes too long, or ends its worker, is rejected; the others go on.

    Workers are forked off after the parser was imported, so that replacing one takes milliseconds. A worker is given
    a part only when it waits for one: neither side of a pipe can then be stuck in writing what the other does not read.
    """

    def __init__(self, settings: Settings, parser: str = PARSER, *, size: int | None = None) -> None:
        """Take the parser by name, `module:function`: a run that has nothing to parse does not import it."""
        self._parser = parser
        self._settings = settings
        self._size = size or settings.workers
        # Any: the classes of the standard library's contexts share no type that has both `Process` and `Pipe`.
        self._context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self._workers: list[_Worker] = []
        self._runs = Runs()
        self._stillborn = 0

    def run(self, take: Take) -> Iterator[tuple[Part, Event]]:
        """Yield what the parts give, as it comes. When the caller stops listening, workers that are busy end.

        Raises RuntimeError if workers cannot start at all, SurroundingsError if they are ended from outside, again and
        again.
        """
        try:
            yield from self._run(take, self._size)
            # A page whose worker died is tried once more, alone: the death may have been another's doing.
            while self._runs.bring_suspect():
                yield from self._run(lambda: None, 1)
                yield from self._run(take, self._size)
        finally:
            self._runs.clear()
            for worker in [worker for worker in self._workers if worker.run]:
                self._end(worker)

    def close(self) -> None:
        """Let all workers end."""
        while self._workers:
            self._end(self._workers[0])

    def _run(self, take: Take, size: int) -> Iterator[tuple[Part, Event]]:
        while True:
            # First give the workers something to do, then deal with what they did.
            self._runs.fill(take, size)
            busy = sum(worker.run is not None for worker in self._workers)
            while len(self._workers) < min(size, len(self._runs) + busy):
                self._start()
            for worker in self._workers:
                if self._runs and worker.ready and worker.run is None and busy < size:
                    self._hand_out(worker, self._runs.next())
                    busy += 1
            events = self._runs.events()
            yield from events
            if not events:
                if not self._runs and not any(worker.run for worker in self._workers):
                    return
                self._collect()

    def _start(self) -> None:
        with contextlib.suppress(ImportError):  # the worker fails in the same way, and reports it
            importlib.import_module(self._parser.partition(":")[0])
        ours, theirs = self._context.Pipe()
        arguments = (theirs, self._parser, self._settings, self._fingerprint, os.getpid())
        process = self._context.Process(target=work, args=arguments, daemon=True)
        with signals_held():
            process.start()
            self._workers.append(_Worker(process, ours))
        theirs.close()

    def _end(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)

    def _hand_out(self, worker: _Worker, run: Run) -> None:
        worker.run = run
        # If it is dead, `_collect` will see that, and knows the part.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            worker.connection.send(run.part)
        self._clock(worker, run)

    def _clock(self, worker: _Worker, run: Run) -> None:
        limit = self._settings.limits.seconds
        worker.limit = limit if run.page else limit * (1 + run.part.file.size / READING)
        worker.since = time.monotonic()
        worker.deadline = worker.since + worker.limit

    def _collect(self) -> None:
        """Wait until something happens, and deal with it."""
        deadlines = [worker.deadline for worker in self._workers if worker.run]
        timeout = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        readable = set(wait([worker.connection for worker in self._workers], timeout))
        for worker in list(self._workers):
            if worker.connection in readable:
                self._hear(worker)
            elif worker.run and time.monotonic() >= worker.deadline and not worker.connection.poll():
                self._judge(worker, worker.run)

    def _hear(self, worker: _Worker) -> None:
        try:
            said: Said = worker.connection.recv()
        except (EOFError, ConnectionResetError):
            self._bury(worker)
            return
        worker.cpu = said.cpu
        if isinstance(said.message, Ready):
            if said.message.traceback:
                raise RuntimeError(f"the parser cannot be loaded\n{said.message.traceback}")
            worker.ready = True
            self._stillborn = 0
            return
        if worker.run is None:
            raise RuntimeError("a worker answered without having been asked")
        self._follow(worker, worker.run, said.message)

    def _follow(self, worker: _Worker, run: Run, message: Message) -> None:
        match message:
            case Parsing():
                run.at, run.page = message.index, message
            case Outcome():
                self._runs.tell(run, message)
            case Stretch():
                run.part = replace(run.part, begin=message.after)
                self._runs.tell(run, message)
            case Done():
                worker.run = None
                self._runs.over(run, message)
            case Leaving():
                self._end(worker)
                worker.run = None
                if message.over:
                    self._runs.over(run)
                else:
                    self._runs.go_on(run)
        if worker.run:
            self._clock(worker, run)

    def _bury(self, worker: _Worker) -> None:
        self._end(worker)
        ended = Ended(worker.process.exitcode)
        run = worker.run
        if not worker.ready:
            if not ended.from_outside:
                raise RuntimeError(f"a worker process ended before it could parse ({ended.how})")
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                # Short of memory, the system ends processes so; none of ours does.
                raise _ended_by_others("before they could parse", ended)
        elif run is None:
            return
        elif run.part.walk:
            self._runs.go_on(run)
        elif run.alone:
            self._dead(run, ended)
        else:
            self._runs.suspect(run)

    def _dead(self, run: Run, ended: Ended) -> None:
        """Reject what a worker ended over for the second time."""
        path = run.path
        # SIGKILL is what the system sends when memory is short; compiled parsers abort when an allocation fails.
        if ended.how in {"SIGKILL", "SIGABRT"}:
            entry, told = out_of_memory(path, self._settings.limits), None
        elif ended.from_outside:
            raise _ended_by_others(f"twice over {path}", ended)
        else:
            entry, told = death(path, ended.how)
        self._runs.give_up(run, Outcome(run.at, path, "", entry, parsed=bool(run.page), traceback=told))

    def _judge(self, worker: _Worker, run: Run) -> None:
        """Reject the page that a worker is stuck on, unless the machine is so busy that it had little time for it."""
        spent = cpu_seconds(worker.process.pid)
        if spent is not None:
            missing = 0.9 * worker.limit - (spent - worker.cpu)
            if missing > 0 and time.monotonic() - worker.since < _PATIENCE * worker.limit:
                worker.deadline = time.monotonic() + max(missing, 0.01)
                return
        self._end(worker)
        if run.part.walk:
            self._runs.go_on(run)
            return
        parsed = bool(run.page)
        entry = out_of_time(run.path, self._settings.limits, parsed=parsed)
        self._runs.give_up(run, Outcome(run.at, run.path, "", entry, parsed=parsed))

    @cached_property
    def _fingerprint(self) -> str:
        return parsing_fingerprint(self._settings)


def _ended_by_others(when: str, ended: Ended) -> SurroundingsError:
    hint = "is there memory for so many? Fewer workers: --jobs"
    return SurroundingsError(f"worker processes were ended from outside ({ended.how}) {when}", hint=hint)
