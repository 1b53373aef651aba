"""`guidepress verify`: every artifact read back."""

import click

from pipeline.cli.options import json_option, settings_options
from pipeline.config import Settings

__all__ = ["command"]


@click.command("verify")
@settings_options
@json_option
def command(settings: Settings, *, as_json: bool) -> int:
    """Read every artifact back and compare it with the records.

    Nothing is parsed and nothing is written but the report. Exit code 4 if anything differs.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    return run_plan(settings, Plan(parse=False, export=(), again=True), as_json=as_json)
