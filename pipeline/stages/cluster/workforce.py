"""Jobs of an exporter on the workers of a cluster: each is done there by a workforce of one, watched as at home."""

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from pipeline.exporters import LocalWorkforce
from pipeline.stages.cluster.at_worker import lent, workplace
from pipeline.stages.cluster.client import Cluster, Lost

__all__ = ["ClusterWorkforce"]


@dataclass(slots=True)
class _Order:
    """A job in the queue."""

    key: str
    make: Callable[[], Any]
    lost_before: bool = False


class ClusterWorkforce:
    """Does what the workforces do that `local` makes; `lost` is the result of a job whose machines died over it."""

    def __init__(self, cluster: Cluster, local: LocalWorkforce[Any, Any], lost: Any) -> None:
        self._cluster = cluster
        self._local = local
        self._lost = lost
        self._queue: deque[_Order] = deque()

    def submit(self, key: str, make: Callable[[], Any]) -> None:
        """Queue a job; `make` is called when its turn comes."""
        self._queue.append(_Order(key, make))

    def finished(self) -> Generator[tuple[str, Any], None, None]:
        """Yield key and result of each job of the queue, as they come; more may be submitted meanwhile."""
        cluster = self._cluster
        try:
            while self._queue or cluster.is_busy:
                while self._queue and cluster.has_room:
                    order = self._queue.popleft()
                    cluster.submit(order, _done, cluster.run, self._local, order.make())
                order, result = cluster.next()
                if not isinstance(result, Lost):
                    yield order.key, result
                elif order.lost_before:
                    yield order.key, self._lost
                else:
                    order.lost_before = True
                    self._queue.append(order)
        finally:
            self._queue.clear()
            cluster.forget()


def _done(run: str, local: LocalWorkforce[Any, Any], job: Any) -> Any:
    """Do a job on a Dask worker."""

    def make() -> Any:
        return local(1, scratch=workplace())

    with lent(run, "jobs", make) as workforce:
        workforce.submit("", lambda: job)
        (result,) = (result for _, result in workforce.finished())
    return result
