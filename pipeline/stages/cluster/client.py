"""The run's side of a cluster: functions go to its workers, a bounded number of them, and results come as they are."""

import contextlib
import importlib
import logging
import pickle
import queue
import socket
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any, Final, NamedTuple

from pipeline.config import Settings, SurroundingsError
from pipeline.stages.cluster.at_worker import Refused, alike, checked, dismiss
from pipeline.stages.progress import Progress

__all__ = ["Cluster", "Lost"]

_CONNECT: Final = 10.0  # seconds to reach a scheduler
_NOBODY: Final = 60.0  # seconds without any worker, after which none is waited for
_LOOK: Final = 1.0  # seconds between two looks at who is there
_AHEAD: Final = 2  # tasks under way for each thread of the cluster: one works while the next is on its way
_SAME: Final = "the same guidepress, Python, libraries (constraints.txt) and Pango on all machines: docs/scale.md"
_KEPT: Final = "what came is kept, and the next run goes on from there"


class Lost(NamedTuple):
    """What came of a task: nothing, for the workers that it was given to died, one after another."""

    message: str


class _Call:
    """A call that is made where its pickle is loaded."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self._called = function, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self._called


class Cluster:
    """The workers of a Dask cluster: started, or connected to, when the first function is submitted.

    Functions, what they are given and what they return are picklable. One thread uses it, for one kind of work at a
    time. Every method may raise SurroundingsError: the scheduler is gone, no worker is there, one has other code.
    """

    def __init__(self, settings: Settings, progress: Progress, scratch: Path) -> None:
        self._settings = settings
        self._progress = progress
        self._scratch = scratch
        self._closing = contextlib.ExitStack()
        self._client: Any = None
        self._under_way: dict[str, tuple[Any, Any]] = {}  # key -> the future, and what it was submitted as
        self._ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._threads: dict[str, int] = {}  # by worker
        self._address = ""
        self._seen = 0.0  # when somebody was last there
        self._looked = 0.0
        self.run = uuid.uuid4().hex

    @property
    def fingerprint(self) -> str:
        """Return what every worker must have as well."""
        return alike()

    @property
    def has_room(self) -> bool:
        """Say whether another task may be submitted."""
        if self._client is None:
            return True
        self._look()
        return len(self._under_way) < _AHEAD * max(1, sum(self._threads.values()))

    @property
    def is_busy(self) -> bool:
        """Say whether a task is under way."""
        return bool(self._under_way)

    def submit(self, what: Any, function: Callable[..., Any], *arguments: Any) -> None:
        """Have a function done by a worker; `what` comes back with its result."""
        if self._client is None:
            self._open()
        # The scheduler unpacks what it passes on: bytes, so that it need not have our code, nor hold what they are.
        call = pickle.dumps(_Call(checked, self.fingerprint, function, *arguments), pickle.HIGHEST_PROTOCOL)
        future = self._client.submit(pickle.loads, call, pure=False)
        self._under_way[future.key] = future, what
        future.add_done_callback(self._ended.put)

    def next(self) -> tuple[Any, Any]:
        """Return what was submitted of a task that has ended, and its result, or Lost."""
        while True:
            self._look()
            with contextlib.suppress(queue.Empty):
                future = self._ended.get(timeout=_LOOK)
                if future.key in self._under_way:
                    _, what = self._under_way.pop(future.key)
                    return what, self._result(future)

    def forget(self) -> None:
        """Let go of the tasks that are under way; what was begun is worked to its end, and dropped."""
        futures = [future for future, _ in self._under_way.values()]
        self._under_way.clear()
        if futures:
            with contextlib.suppress(Exception):  # there may be nobody any more to be told
                self._client.cancel(futures, force=True)

    def close(self) -> None:
        """Leave the cluster; one that was started for this run ends."""
        self._closing.close()
        self._client = None

    def _result(self, future: Any) -> Any:
        if future.status == "error":
            return self._lost(future.exception())
        try:
            result = future.result()
        except (OSError, CancelledError) as error:  # the connection went while it was on its way, or before
            raise self._gone() from error
        if isinstance(result, Refused):
            raise self._refused({result.worker: result.fingerprint})
        return result

    def _lost(self, error: BaseException) -> Lost:
        if type(error).__name__ == "KilledWorker":  # (its class would have to be imported)
            return Lost(str(error))
        if isinstance(error, ImportError | AttributeError):
            raise self._refused({"a worker": error})
        if isinstance(error, OSError):
            raise SurroundingsError(f"a worker of the cluster cannot work: {error}", hint=_KEPT) from error
        raise error

    def _look(self) -> None:
        """See who is there, once in a while."""
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        self._looked = now
        if self._client.status != "running":
            raise self._gone()
        try:
            threads = dict(self._client.nthreads())
        except Exception as error:
            raise self._gone() from error
        if threads:
            self._seen = now
        elif now - self._seen > _NOBODY:
            message = f"the cluster at {self._address} has had no worker for {_NOBODY:g} seconds"
            raise SurroundingsError(message, hint=f"start workers, and run again; {_KEPT}")
        if len(threads) != len(self._threads):
            self._progress.workers(len(threads))
        self._threads = threads

    def _open(self) -> None:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            hint = "pip install 'guidepress[dask]'"
            raise SurroundingsError("the executor `dask` needs Dask, which is not installed", hint=hint) from error
        self._closing.enter_context(_quiet())
        self._address = self._settings.scheduler or self._start(distributed)
        try:
            # A client that does not get through waits long, and leaves threads behind.
            _, place = distributed.comm.parse_address(self._address)
            socket.create_connection(distributed.comm.parse_host_port(place), _CONNECT).close()
            self._client = distributed.Client(self._address, timeout=_CONNECT, set_as_default=False, name="guidepress")
        except (OSError, ValueError) as error:
            hint = "is it running, and can it be reached from here? `dask scheduler` prints its address"
            raise SurroundingsError(f"no Dask scheduler answers at {self._address}", hint=hint) from error
        self._closing.callback(self._leave, self._client)
        self._seen = time.monotonic()
        self._refuse_others()

    def _start(self, distributed: Any) -> str:
        """Start a cluster of this machine for the run, and return its address."""
        import dask

        # A page that takes a whole worker with it is tried again on another, once.
        with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
            cluster = distributed.LocalCluster(
                host="127.0.0.1",
                n_workers=self._settings.workers,
                threads_per_worker=1,
                memory_limit=0,  # each page and each drawing has its own
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                worker_dashboard_address=None,
                local_directory=str(self._scratch),
                silence_logs=logging.CRITICAL,
            )
        self._closing.callback(cluster.close, timeout=_CONNECT)
        return str(cluster.scheduler_address)

    def _leave(self, client: Any) -> None:
        self.forget()
        if client.status == "running":
            with contextlib.suppress(Exception):  # whoever goes in this moment has nothing to dismiss
                client.run(dismiss, self.run, on_error="ignore")
        client.close(timeout=_LOOK)

    def _refuse_others(self) -> None:
        told = self._client.run(alike, on_error="return")
        others = {worker: said for worker, said in told.items() if said != self.fingerprint}
        if others:
            raise self._refused(others)

    def _refused(self, others: Mapping[str, str | BaseException]) -> SurroundingsError:
        lines = [
            f"{worker}: {said if isinstance(said, str) else f'none ({type(said).__name__}: {said})'}"
            for worker, said in sorted(others.items())
        ]
        detail = "\n".join([f"fingerprint here: {self.fingerprint}", *lines])
        message = f"{len(others)} worker{'s have' if len(others) > 1 else ' has'} other code than this run"
        return SurroundingsError(message, detail=detail, hint=_SAME)

    def _gone(self) -> SurroundingsError:
        return SurroundingsError(f"the Dask scheduler at {self._address} is gone", hint=_KEPT)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from logging to the error stream what the run tells in its own words."""
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
