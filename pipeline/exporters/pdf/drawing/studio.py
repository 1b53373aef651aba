"""Jobs to drawn documents: from the cache where they are known, else from the drawing processes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.exporters.pdf.drawing.jobs import Drawn, Failure, Job
from pipeline.exporters.pdf.drawing.workforce import Workforce
from pipeline.exporters.protocol import Cache, Edition, ExportError, NotHereError

__all__ = ["Studio", "Task", "saved_media"]

_PANGO_HINT = (
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (decks and JSON are made without them); "
    "to do without PDFs: `--only anki,json`, or `parts = []` below `[pdf]`"
)


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
    """Draws what the cache does not have."""

    cache: Cache
    workforce: Workforce

    def open(self) -> None:
        """Start the first drawing process, which waits for work. Raises NotHereError if none can be started here."""
        failure = self.workforce.open()
        if failure is not None and failure.exit_code == 2:
            raise _not_here(failure)

    def draw(self, tasks: Sequence[Task]) -> list[Drawn]:
        """Return the drawn documents in the order of `tasks`; what was drawn is cached, also if another task fails.

        Raises ExportError for the first that cannot be drawn (NotHereError if nothing can be drawn here).
        """
        known = [self.cache.get(task.key) for task in tasks]
        missing = [index for index, value in enumerate(known) if value is None]
        results = dict(zip(missing, self.workforce.draw([tasks[index].job() for index in missing]), strict=True))
        for index, result in results.items():
            if isinstance(result, Drawn):
                self.cache.put(tasks[index].key, result.packed())
        drawn = []
        for index, (task, value) in enumerate(zip(tasks, known, strict=True)):
            result = results[index] if value is None else Drawn.unpacked(value)
            if isinstance(result, Failure):
                raise _error(task, result)
            drawn.append(result)
        return drawn


def _not_here(failure: Failure) -> NotHereError:
    return NotHereError(f"no PDF can be made here: {failure.message}", hint=_PANGO_HINT)


def _error(task: Task, failure: Failure) -> ExportError:
    if failure.exit_code == 2:
        return _not_here(failure)
    hint = "a defect of guidepress: report it" if failure.exit_code == 1 else "look at the records named"
    return ExportError(
        f"{task.what}: cannot be drawn: {failure.message}",
        hint=f"{hint}; every other file was made",
        exit_code=failure.exit_code,
    )
