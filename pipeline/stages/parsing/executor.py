"""Where pages are parsed: worker processes with a watchdog, so that no page can stop a run or another page."""

import contextlib
import importlib
import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from multiprocessing.connection import Connection, wait
from typing import Any, Final

from pipeline.config import Settings, SurroundingsError
from pipeline.processes import Ended, cpu_seconds, signals_held
from pipeline.stages.fingerprint import parsing_fingerprint
from pipeline.stages.parsing.parts import Done, Event, Outcome, Part, Stretch, Take
from pipeline.stages.parsing.reading import READING, Leaving, Message, Parsing
from pipeline.stages.parsing.rejecting import death, out_of_memory, out_of_time
from pipeline.stages.parsing.worker import Ready, Said, work

__all__ = ["PARSER", "ProcessPool"]

PARSER: Final = "pipeline.stages.page.parse:parse_page"
# A worker that gets little of a busy machine is given more wall time, up to so many times the limit.
_PATIENCE: Final = 10
_STILLBORN: Final = 3  # workers ended from outside, one after another, before one of them could parse


@dataclass(slots=True)
class _Task:
    """A part that was taken: it is done when no run of it is left."""

    part: Part
    runs: int = 1
    done: Done = field(default_factory=Done)


@dataclass(slots=True)
class _Run:
    """A part, or what is left of it, in the hands of a worker or waiting for one."""

    task: _Task
    part: Part
    alone: bool = False  # its worker ended once: it is tried again when no other works
    aside: bool = False  # a page taken out of its part: what is ignored was counted there
    at: int = 0  # the thing that is read next
    page: Parsing | None = None  # what is being parsed; None: the worker reads


@dataclass(slots=True)
class _Worker:
    process: Any  # each multiprocessing context has a Process class of its own
    connection: Connection
    ready: bool = False
    run: _Run | None = None
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
        self._waiting: deque[_Run] = deque()
        self._suspects: deque[_Run] = deque()
        self._events: list[tuple[Part, Event]] = []
        self._stillborn = 0

    def run(self, take: Take) -> Iterator[tuple[Part, Event]]:
        """Yield what the parts give, as it comes. When the caller stops listening, workers that are busy end.

        Raises RuntimeError if workers cannot start at all, SurroundingsError if they are ended from outside, again and
        again.
        """
        try:
            yield from self._run(take, self._size)
            # A page whose worker died is tried once more, alone: the death may have been another's doing.
            while self._suspects:
                self._waiting.append(self._suspects.popleft())
                yield from self._run(lambda: None, 1)
                yield from self._run(take, self._size)
        finally:
            self._waiting.clear()
            self._suspects.clear()
            for worker in [worker for worker in self._workers if worker.run]:
                self._end(worker)

    def close(self) -> None:
        """Let all workers end."""
        while self._workers:
            self._end(self._workers[0])

    def _run(self, take: Take, size: int) -> Iterator[tuple[Part, Event]]:
        while True:
            # First give the workers something to do, then deal with what they did.
            while len(self._waiting) < size and (part := take()):
                self._waiting.append(_Run(_Task(part), part))
            busy = sum(worker.run is not None for worker in self._workers)
            while len(self._workers) < min(size, len(self._waiting) + busy):
                self._start()
            for worker in self._workers:
                if self._waiting and worker.ready and worker.run is None and busy < size:
                    self._hand_out(worker, self._waiting.popleft())
                    busy += 1
            events, self._events = self._events, []
            yield from events
            if not events:
                if not self._waiting and not any(worker.run for worker in self._workers):
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

    def _hand_out(self, worker: _Worker, run: _Run) -> None:
        worker.run = run
        # If it is dead, `_collect` will see that, and knows the part.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            worker.connection.send(run.part)
        self._clock(worker, run)

    def _clock(self, worker: _Worker, run: _Run) -> None:
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

    def _follow(self, worker: _Worker, run: _Run, message: Message) -> None:
        match message:
            case Parsing():
                run.at, run.page = message.index, message
            case Outcome():
                self._tell(run, message)
            case Stretch():
                run.part = replace(run.part, begin=message.after)
                self._events.append((run.task.part, message))
            case Done():
                worker.run = None
                self._over(run, message)
            case Leaving():
                self._end(worker)
                self._go_on(run)
        if worker.run:
            self._clock(worker, run)

    def _tell(self, run: _Run, outcome: Outcome) -> None:
        run.at, run.page = outcome.index + 1, None
        self._events.append((run.task.part, outcome))

    def _over(self, run: _Run, done: Done) -> None:
        task = run.task
        if not run.aside:
            task.done = done
        task.runs -= 1
        if not task.runs:
            self._events.append((task.part, task.done))

    def _go_on(self, run: _Run) -> None:
        """Have what is left of a run done by another worker. A walk is not gone on with: its pages are parsed now."""
        rest = replace(run.part, first=0 if run.part.walk else run.at, walk=False)
        if rest.stop is not None and rest.first >= rest.stop:
            self._over(run, Done())
        else:
            self._waiting.appendleft(_Run(run.task, rest, aside=run.aside, at=rest.first))

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
        elif run is None or run.part.walk:
            if run:
                self._go_on(run)
        elif run.alone:
            self._dead(run, ended)
        elif run.page is None:
            self._suspects.append(_Run(run.task, replace(run.part, first=run.at), alone=True, at=run.at))
        else:
            page = replace(run.part, first=run.at, stop=run.at + 1)
            self._suspects.append(_Run(run.task, page, alone=True, aside=True, at=run.at))
            run.task.runs += 1
            run.at += 1
            self._go_on(run)

    def _dead(self, run: _Run, ended: Ended) -> None:
        """Reject what a worker ended over for the second time."""
        path = run.page.path if run.page else run.part.file.path
        # SIGKILL is what the system sends when memory is short; compiled parsers abort when an allocation fails.
        if ended.how in {"SIGKILL", "SIGABRT"}:
            entry, told = out_of_memory(path, self._settings.limits), None
        elif ended.from_outside:
            raise _ended_by_others(f"twice over {path}", ended)
        else:
            entry, told = death(path, ended.how)
        self._give_up(run, Outcome(run.at, path, "", entry, parsed=bool(run.page), traceback=told))

    def _judge(self, worker: _Worker, run: _Run) -> None:
        """Reject the page that a worker is stuck on, unless the machine is so busy that it had little time for it."""
        spent = cpu_seconds(worker.process.pid)
        if spent is not None:
            missing = 0.9 * worker.limit - (spent - worker.cpu)
            if missing > 0 and time.monotonic() - worker.since < _PATIENCE * worker.limit:
                worker.deadline = time.monotonic() + max(missing, 0.01)
                return
        self._end(worker)
        path, parsed = (run.page.path, True) if run.page else (run.part.file.path, False)
        entry = out_of_time(path, self._settings.limits, parsed=parsed)
        self._give_up(run, Outcome(run.at, path, "", entry, parsed=parsed))

    def _give_up(self, run: _Run, outcome: Outcome) -> None:
        """Tell what became of a page, and go on behind it; whoever cannot read a file on does not know what follows."""
        is_page = run.page is not None
        if run.part.walk:
            self._go_on(run)
            return
        self._tell(run, outcome)
        if is_page:
            self._go_on(run)
        else:
            self._over(run, Done())

    @cached_property
    def _fingerprint(self) -> str:
        return parsing_fingerprint(self._settings)


def _ended_by_others(when: str, ended: Ended) -> SurroundingsError:
    hint = "is there memory for so many? Fewer workers: --jobs"
    return SurroundingsError(f"worker processes were ended from outside ({ended.how}) {when}", hint=hint)
