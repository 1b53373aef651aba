"""A defect of ours: its traceback goes to a file, a line to the screen, and the exit code is 1."""

import tempfile
import traceback
from pathlib import Path

__all__ = ["Defect", "report_defect"]


class Defect(Exception):  # noqa: N818 (not told as an error of the user's)
    """Carries what nobody expected (its cause) up to where it is told, with the build folder that was in use."""

    def __init__(self, build: Path) -> None:
        super().__init__()
        self.build = build


def report_defect(error: BaseException, build: Path | None) -> str:
    """Keep the traceback in `.state/traceback.txt` of the build folder, and return a line that says so.

    Where nothing can be written there, it goes to a temporary file.
    """
    text = "".join(traceback.format_exception(error))
    kept = _keep(text, build)
    said = str(error).strip().splitlines()
    about = f": {said[0]}" if said else ""
    return f"a defect of guidepress: {type(error).__name__}{about}; the traceback is in {kept}"


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
