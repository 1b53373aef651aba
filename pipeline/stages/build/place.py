"""Where the work of a run is done: in processes of this machine, or on the workers of a Dask cluster."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.config import Settings
from pipeline.exporters import Elsewhere
from pipeline.stages.cluster import Cluster, ClusterWorkforce
from pipeline.stages.parsing import ClusterPool, Executor, ProcessPool
from pipeline.stages.progress import Progress

__all__ = ["Workplace", "workplace"]


@dataclass(frozen=True, slots=True)
class Workplace:
    """What parses pages, what makes workforces of other machines for exporters, and a folder for temporary files."""

    executor: Executor
    elsewhere: Elsewhere | None
    scratch: Path


@contextlib.contextmanager
def workplace(settings: Settings, progress: Progress, scratch: Path) -> Iterator[Workplace]:
    """Give a run its workplace. Nothing is started before there is work; all ends with the run."""
    if settings.executor == "dask":
        with contextlib.closing(Cluster(settings, progress, scratch)) as cluster:
            yield Workplace(ClusterPool(settings, cluster), partial(ClusterWorkforce, cluster), scratch)
    else:
        if settings.scheduler:
            progress.note("`scheduler` is not used: the executor is `processes`; with `--executor dask` it would be")
        with contextlib.closing(ProcessPool(settings)) as pool:
            yield Workplace(pool, None, scratch)
