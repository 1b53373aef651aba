"""A run that leaves no trace: the records of pages as they are now, made in a folder that is gone afterwards."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.config import Settings
from pipeline.processes import scratch_folder
from pipeline.stages.build import Plan, RunResult, edition_source, run
from pipeline.stages.progress import Progress
from pipeline.stages.resolving import EditionSource, Resolved, resolved_before
from pipeline.store import PageIndex, StateFolder

__all__ = ["trial_run"]

_LINES: Final = ("records.jsonl", "rejects.jsonl", "findings.jsonl")


@contextlib.contextmanager
def trial_run(settings: Settings, known: Path, progress: Progress) -> Iterator[tuple[EditionSource, RunResult]]:
    """Read the pages of `settings` and resolve their records; give what an edition is made of, and what the run did.

    Neither the build folder nor the lock is written. What the build folder `known` knows of pages is used: only pages
    that it does not know as they are now are parsed. Raises UserError as `run` does.
    """
    with scratch_folder() as folder:
        if StateFolder(folder).copy_from(StateFolder(known)):
            for lines in _LINES:
                with contextlib.suppress(OSError):
                    shutil.copyfile(known / lines, folder / lines)
        aside = settings.model_copy(update={"build": folder})
        result = run(aside, Plan(export=(), verify=False), progress)
        with StateFolder(folder).opened() as state:
            resolved = Resolved(resolved_before(state) or (), {})
            yield edition_source(aside, resolved, PageIndex(state)), result
