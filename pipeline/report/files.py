"""`report.json` and `report.html` in the build folder: no artifacts, for they tell of one run and hold its times."""

import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.config import SurroundingsError
from pipeline.report.page import report_page
from pipeline.report.summary import summary
from pipeline.stages.build import RunResult

__all__ = ["write_reports"]


def write_reports(result: RunResult, build: Path, roots: Sequence[Path]) -> None:
    """Write both reports. Raises SurroundingsError if the build folder is full or closed."""
    texts = {
        "report.json": json.dumps(summary(result), ensure_ascii=False, indent=2) + "\n",
        "report.html": report_page(result, roots),
    }
    for name, text in texts.items():
        part = build / f".{name}.guidepress-part"
        try:
            part.write_text(text, encoding="utf-8", newline="\n")
            part.replace(build / name)
        except OSError as error:
            part.unlink(missing_ok=True)
            message = f"the report cannot be written: {error.strerror}"
            hint = "make room there, or choose another folder with --build"
            raise SurroundingsError(message, where=str(build / name), hint=hint) from error
