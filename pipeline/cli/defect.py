"""A defect of ours: its traceback goes to a file, a line to the screen, and the exit code is 1."""

import errno
import tempfile
import traceback
from pathlib import Path
from typing import Final

from pipeline.cli.output import say, silence_broken_streams

__all__ = ["report_defect"]

_FULL: Final = {errno.ENOSPC, errno.EDQUOT}


def report_defect(error: Exception, build: Path | None) -> int:
    """Keep the traceback in `.state/traceback.txt` of the build folder, say so in a line, and return exit code 1.

    Where nothing can be written there, it goes to a temporary file. A disk that is full is no defect: its exit code
    is 2, whoever met it.
    """
    silence_broken_streams()
    if isinstance(error, OSError) and error.errno in _FULL:
        place = f"{error.filename}: " if error.filename else ""
        hint = "make room where output, and temporary files, go to; then run again"
        say(f"{place}no room to write: {error.strerror}\n  hint: {hint}")
        return 2
    text = "".join(traceback.format_exception(error))
    kept = _keep(text, build)
    said = str(error).strip().splitlines()
    about = f": {said[0]}" if said else ""
    say(f"a defect of guidepress: {type(error).__name__}{about}; the traceback is in {kept}")
    return 1


def _keep(text: str, build: Path | None) -> str:
    if build is not None:
        target = build / ".state" / "traceback.txt"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        except OSError:
            pass  # the folder is full or closed: the temporary one may not be
        else:
            return target.as_posix()
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="guidepress-", suffix=".txt", delete=False
    ) as handle:
        handle.write(text)
    return handle.name
