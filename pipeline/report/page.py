"""The report as one page of HTML, which needs no other file and no network."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from pipeline.report.causes import meaning_of
from pipeline.report.places import place
from pipeline.stages.build import RunResult

__all__ = ["report_page"]

# A page is to be read: past these numbers the files hold the rest.
_ROWS = 300


def report_page(result: RunResult, roots: Sequence[Path]) -> str:
    """Return the page. Everything that comes from raw pages is escaped."""

    def located(note: Any) -> str:
        return place(note.path, note.line, roots)

    fates = list(result.fates.values())
    return _template().render(
        located=located,
        rows=_ROWS,
        meaning=meaning_of,
        result=result,
        rejects=sum(result.reject_codes.values()),
        findings=sum(result.finding_codes.values()),
        doubts=sum(result.of_level("doubt").values()),
        warnings=sum(result.of_level("warning").values()),
        duplicates=result.finding_codes.get("duplicate", 0),
        written=fates.count("written"),
        kept=fates.count("kept"),
        total=sum(result.seconds.values()),
        verdict=_verdict(result),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def _verdict(result: RunResult) -> tuple[str, str]:
    """Return what the exit code means, as a CSS class and a sentence."""
    match result.exit_code:
        case 0 if result.of_level("doubt") or result.unclaimed_characters:
            return "fair", "Everything was read, made and read back; something is to be looked at."
        case 0:
            return "good", "Everything was read, made and read back."
        case 3:
            return "fair", "Finished; something was rejected or could not be made. All else is complete."
        case 4 if result.identity and result.identity.lock == "would change":
            return "bad", "The lock would change, and this run was frozen: nothing was exported."
        case 4:
            return "bad", "Verification found a difference."
        case 2:
            return "bad", "Something in the surroundings or the settings needs a hand."
        case _:
            return "bad", "A defect of guidepress: its traceback is kept in .state/traceback.txt."
