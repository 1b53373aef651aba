"""`guidepress parse`: raw pages to records."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import (
    RUN_FORMATS,
    examples,
    folders_argument,
    format_option,
    loudness_options,
    settings_from,
)

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]


@click.command(
    "parse",
    epilog=examples(
        "guidepress parse",
        "guidepress parse -v  # with every reject and every finding",
        "guidepress parse --fail-on doubt --json",
    ),
)
@folders_argument
@settings_from("raw", "url", "build", "jobs", "executor", "scheduler", "strict", "fail_on")
@loudness_options
@format_option(*RUN_FORMATS)
def command(settings: "Settings", output_format: str, *, loudness: int) -> int:
    """Read raw pages into records.jsonl, rejects.jsonl and findings.jsonl.

    The pages are those of DIR (as with --raw), or the project's; only new and changed ones are parsed. The lock is not
    touched.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    return run_plan(settings, Plan(export=(), verify=False), output_format, loudness=loudness)
