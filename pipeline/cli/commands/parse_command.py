"""`guidepress parse`: raw pages to records."""

import click

from pipeline.cli.options import RUN_FORMATS, folders_argument, format_option, settings_options
from pipeline.config import Settings

__all__ = ["command"]


@click.command("parse")
@folders_argument
@settings_options
@format_option(*RUN_FORMATS)
def command(settings: Settings, output_format: str) -> int:
    """Read raw pages into records.jsonl, rejects.jsonl and findings.jsonl.

    The pages are those of DIR (as with --raw), or the project's; only new and changed ones are parsed. The lock is not
    touched.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    return run_plan(settings, Plan(export=(), verify=False), output_format)
