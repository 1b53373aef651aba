"""`guidepress all`: the whole pipeline."""

import click

from pipeline.cli.options import RUN_FORMATS, format_option, settings_options
from pipeline.config import Settings

__all__ = ["command"]


@click.command("all")
@settings_options
@format_option(*RUN_FORMATS)
def command(settings: Settings, output_format: str) -> int:
    """Parse, resolve, export and verify: the whole pipeline.

    What is up to date is left as it is: a second run changes no byte.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    return run_plan(settings, Plan(), output_format)
