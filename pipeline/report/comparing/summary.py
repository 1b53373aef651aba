"""A comparison as one JSON object."""

from dataclasses import asdict
from typing import Any

from pipeline.stages.inspecting import Diff

__all__ = ["diff_summary"]


def diff_summary(made: Diff) -> dict[str, Any]:
    """Return a comparison as plain data."""
    return {
        "against": made.against,
        "rejects": made.rejects,
        "counts": made.found.counts,
        **asdict(made.found),
    }
