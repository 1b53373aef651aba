"""What `guidepress clean` does: the build folder without what we wrote, and everything else left alone."""

import contextlib
from pathlib import Path

from pipeline.config import Settings, SurroundingsError
from pipeline.stages.writing import delete_below
from pipeline.store import StateFolder

__all__ = ["clean"]

_REPORTS = ("report.json", "report.html")


def clean(settings: Settings) -> list[str]:
    """Delete the files that are listed as ours, the reports and the state, never the lock; return the files' paths.

    Raises SurroundingsError if something cannot be deleted, or if another run is at work there.
    """
    folder = StateFolder(settings.build)
    if not folder.path.is_dir():
        return []
    deleted = []
    try:
        with folder.alone():
            for path in sorted({*folder.written(), *_REPORTS}):
                if delete_below(settings.build, path):
                    deleted.append(path)
            folder.discard()
            folder.forget()
        with contextlib.suppress(OSError):  # somebody else's files are in it: the folder stays
            folder.path.rmdir()
    except OSError as error:
        where = str(error.filename or Path(settings.build))
        message = f"cannot be deleted: {error.strerror}"
        raise SurroundingsError(message, where=where, hint="is the folder yours to write in?") from error
    return deleted
