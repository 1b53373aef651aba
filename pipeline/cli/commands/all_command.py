"""`guidepress all`: the whole pipeline."""

import click

from pipeline.cli.options import json_option, settings_options
from pipeline.config import Settings

__all__ = ["command"]


@click.command("all")
@settings_options
@json_option
def command(settings: Settings, *, as_json: bool) -> int:
    """Parse, resolve, export and verify: the whole pipeline.

    What is up to date is left as it is: a second run changes no byte.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    return run_plan(settings, Plan(), as_json=as_json)
