"""A defect of ours: its traceback goes to a file, a line to the screen, and the exit code is 1."""

import tempfile
import traceback
from pathlib import Path

import click

__all__ = ["report_defect"]


def report_defect(error: Exception, build: Path | None) -> int:
    """Keep the traceback in `.state/traceback.txt` of the build folder, say so in a line, and return exit code 1.

    Where nothing can be written there, it goes to a temporary file.
    """
    text = "".join(traceback.format_exception(error))
    kept = _keep(text, build)
    said = str(error).strip().splitlines()
    about = f": {said[0]}" if said else ""
    click.echo(f"a defect of guidepress: {type(error).__name__}{about}; the traceback is in {kept}", err=True)
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
