"""A comparison as one JSON object."""

from dataclasses import asdict
from typing import Any

from pipeline.report.report_model import REPORT_VERSION
from pipeline.stages.inspecting import Diff

__all__ = ["diff_summary"]


def diff_summary(made: Diff, exit_code: int) -> dict[str, Any]:
    """Return a comparison as plain data, as `DiffReport` describes it."""
    return {
        "schema_version": REPORT_VERSION,
        "exit_code": exit_code,
        "against": made.against,
        "rejects": made.rejects,
        "counts": made.found.counts,
        **asdict(made.found),
    }
