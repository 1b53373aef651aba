"""Jobs to drawn documents: from the cache where they are known, else from the drawing processes."""

import errno
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from pipeline.exporters.pdf.drawing.jobs import Cause, Drawn, Failure, Job
from pipeline.exporters.protocol import Cache, Edition, ExportError, NotHereError, Workforce

__all__ = ["Studio", "Task", "saved_media"]

_PANGO_HINT = (
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (decks and JSON are made without them); "
    "to do without PDFs: `--only anki,json`, or `parts = []` below `[pdf]`"
)
_HINTS: Final[Mapping[Cause, str]] = {
    "content": "look at the records named",
    "outside": "run again; if memory is short, with fewer processes: --jobs",
    "defect": "a defect of guidepress: report it",
}
_HOPELESS: Final = ("missing", "no-room")  # for every other job as well


def saved_media(names: Iterable[str], edition: Edition) -> dict[str, bytes]:
    """Return the bytes of the pictures of these names; one that is not there is shown by its alternative text."""
    media = {}
    for name in sorted(set(names)):
        try:
            media[name] = edition.media(name)
        except KeyError:
            continue  # `Printer.picture` reports it, and prints the alternative text
    return media


@dataclass(frozen=True, slots=True)
class Task:
    """A job under the digest of all that went into it; `job` is made only if it has to be drawn."""

    key: str
    what: str  # for messages: "Life Science, handout: osmosis … photosynthesis"
    job: Callable[[], Job]


@dataclass(slots=True)
class Studio:
    """Draws what the cache does not have. What failed by its content within these limits is known to fail again."""

    cache: Cache
    workforce: Workforce[Job, Drawn | Failure]
    limits: str

    def draw(self, tasks: Sequence[Task]) -> list[Drawn]:
        """Return the drawn documents in the order of `tasks`; what was drawn is cached, also if another task fails.

        Raises ExportError for the first that cannot be drawn (NotHereError if nothing can be drawn here), OSError if
        there is no room for that.
        """
        results = {task.key: Drawn.unpacked(value) for task in tasks if (value := self.cache.get(task.key))}
        missing = {task.key: task for task in tasks if task.key not in results}
        for key, task in missing.items():
            if known := self.cache.get(self._failed(key)):
                raise _error(task, Failure(known.decode()))
        for key, task in missing.items():
            self.workforce.submit(key, task.job)
        failures = {}
        with closing(self.workforce.finished()) as finished:
            for key, result in finished:
                if isinstance(result, Drawn):
                    self.cache.put(key, result.packed())
                    results[key] = result
                else:
                    failures[key] = result
                    if result.cause == "content":
                        self.cache.put(self._failed(key), result.message.encode())
                    elif result.cause in _HOPELESS:
                        break
        for task in tasks:
            if task.key in failures:
                raise _error(task, failures[task.key])
        return [results[task.key] for task in tasks]

    def _failed(self, key: str) -> str:
        return f"failed within {self.limits}: {key}"


def _error(task: Task, failure: Failure) -> Exception:
    if failure.cause == "no-room":
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if failure.cause == "missing":
        return NotHereError(f"no PDF can be made here: {failure.message}", hint=_PANGO_HINT)
    return ExportError(
        f"{task.what}: cannot be drawn: {failure.message}",
        hint=f"{_HINTS[failure.cause]}; every other file was made",
        exit_code=failure.exit_code,
        lasting=failure.cause == "content",
    )
