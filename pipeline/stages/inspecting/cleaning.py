"""What `guidepress clean` does: the build folder without what we wrote, and everything else left alone."""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config import Settings, SurroundingsError
from pipeline.processes import sweep
from pipeline.stages.deleting import delete_below, refusal
from pipeline.store import StateFolder

__all__ = ["Cleaned", "clean"]

_REPORTS = ("report.json", "report.html")


@dataclass(slots=True)
class Cleaned:
    """The files that were deleted, and those that were listed as ours and are left: they are links, or lead out."""

    build: Path
    deleted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        """Return what a person is told of the files that are left."""
        return refusal(self.build, self.refused)


def clean(settings: Settings) -> Cleaned:
    """Delete the files that are listed as ours, the reports and the state, never the lock; links are not followed.

    Raises SurroundingsError if something cannot be deleted, if the build folder or its state is a link, or if another
    run is at work there.
    """
    folder = StateFolder(settings.build)
    cleaned = Cleaned(settings.build)
    if not folder.path.is_dir():
        return cleaned
    for own in (settings.build, folder.path):
        if own.is_symlink():
            message = f"it is a link to {own.readlink()}: nothing was deleted"
            raise SurroundingsError(message, where=str(own), hint="name the folder itself with --build")
    try:
        with folder.alone():
            for path in sorted({*folder.written(), *_REPORTS}):
                outcome = delete_below(settings.build, path)
                if outcome != "absent":
                    (cleaned.deleted if outcome == "deleted" else cleaned.refused).append(path)
            sweep(folder.path)
            folder.discard()
            folder.forget()
        with contextlib.suppress(OSError):  # somebody else's files are in it: the folder stays
            folder.path.rmdir()
    except OSError as error:
        where = str(error.filename or Path(settings.build))
        message = f"cannot be deleted: {error.strerror}"
        raise SurroundingsError(message, where=where, hint="is the folder yours to write in?") from error
    return cleaned
