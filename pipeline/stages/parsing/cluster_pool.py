"""Parsing on the workers of a cluster: parts go out in batches, and what they give comes back with each."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.config import Settings, SurroundingsError
from pipeline.records import Reject
from pipeline.stages.cluster import Cluster, Lost
from pipeline.stages.parsing.batches import Batch, Events, Failed, Unseen, parse_batch
from pipeline.stages.parsing.executor import PARSER
from pipeline.stages.parsing.packing import rejected
from pipeline.stages.parsing.parts import Done, Event, Outcome, Part, Take
from pipeline.stages.parsing.runs import Run, Runs
from pipeline.stages.parsing.sending import Sender

__all__ = ["ClusterPool"]

# A batch ends with so many pages, or with files of so many bytes: enough that the way to a worker and back, of some
# milliseconds, does not count, and little enough that results are small, and that all workers end at about one time.
_PAGES: Final = 64
_BYTES: Final = 4_000_000


class ClusterPool:
    """An executor whose workers are those of a cluster. What it yields is what a pool of this machine yields.

    Beside each thread of a Dask worker is a watched pool of one: a page that hangs, or ends its process, is dealt with
    there. What makes whole workers die is tried again part by part, then page by page, and then rejected.
    """

    def __init__(self, settings: Settings, cluster: Cluster, parser: str = PARSER) -> None:
        self._settings = settings
        self._cluster = cluster
        self._parser = parser
        self._runs = Runs()
        self._sender = Sender(settings.limits)

    def run(self, take: Take) -> Iterator[tuple[Part, Event]]:
        """Yield what the parts give, batch by batch.

        Raises SurroundingsError if the cluster goes away, or a machine of it does not see what is too large to be sent.
        """
        try:
            while True:
                while self._cluster.has_room and (batch := self._batch(take)):
                    self._submit(batch)
                events = self._runs.events()
                yield from events
                if events:
                    continue
                if not self._cluster.is_busy:
                    return
                (batch, look), result = self._cluster.next()
                self._came(batch, result, look=look)
        finally:
            self._runs.clear()
            self._cluster.forget()

    def close(self) -> None:
        """Do nothing: the cluster may have other work to do, and whoever made it closes it."""

    def _batch(self, take: Take) -> tuple[Run, ...]:
        batch: list[Run] = []
        pages = size = 0
        while pages < _PAGES and size < _BYTES:
            self._runs.fill(take, 1)
            if not self._runs or (batch and self._runs.is_next_alone):
                break
            run = self._runs.next()
            batch.append(run)
            if run.alone or run.part.walk:
                break
            pages += 1 if run.part.stop is None else run.part.stop - run.part.first
            size += run.part.file.size if run.part.begin is None else 0
        return tuple(batch)

    def _submit(self, batch: tuple[Run, ...], *, look: bool = True) -> None:
        parts = tuple(run.part for run in batch)
        if self._sender.machine:
            parts, look = tuple(map(self._sender.packed, parts)), False
        work = Batch(parts, self._settings, self._parser, look)
        self._cluster.submit((batch, look), parse_batch, self._cluster.run, work)

    def _came(self, batch: tuple[Run, ...], result: Events | Unseen | Failed | Lost, *, look: bool) -> None:
        match result:
            case Lost():
                for run in batch:
                    self._lost(run, result)
            case Failed(is_defect=True):
                raise RuntimeError(f"a worker of the cluster cannot parse\n{result.message}")
            case Failed():
                raise SurroundingsError(f"a worker of the cluster cannot parse: {result.message}", hint=result.hint)
            case Unseen():
                self._unseen(batch, result)
            case _:
                for place, run in enumerate(batch):
                    self._told(run, [event for at, event in result if at == place])

    def _told(self, run: Run, events: Sequence[Event]) -> None:
        if self._sender.machine and self._sender.lacks(run.part, events):
            self._runs.again(run)
            return
        self._sender.forget(run.part)
        for event in events:
            if isinstance(event, Done):
                self._runs.over(run, event)
            else:
                self._runs.tell(run, event)

    def _unseen(self, batch: tuple[Run, ...], answer: Unseen) -> None:
        """Send what a machine does not see and is here; what is no longer here is gone for all."""
        file = answer.part.file
        try:
            is_here = file.location.stat().st_size == file.size
        except OSError:
            is_here = False
        if is_here:
            self._sender.machine = answer.machine
        self._submit(batch, look=False)

    def _lost(self, run: Run, lost: Lost) -> None:
        if not run.alone or run.part.walk:
            self._runs.again(run)
        elif not self._runs.split(run):
            reject = Reject(
                path=run.path,
                line=None,
                code="memory",
                message=f"the workers that parsed it went away, twice: {lost.message}",
                hint="is there memory for it? If the page is a good one, give the workers more",
            )
            self._runs.give_up(run, Outcome(run.at, run.path, "", rejected(reject, settled=False)))
