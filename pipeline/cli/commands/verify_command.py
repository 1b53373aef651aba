"""`guidepress verify`: every artifact read back."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import RUN_FORMATS, examples, format_option, loudness_options, settings_from

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]


@click.command("verify", epilog=examples("guidepress verify", "guidepress verify --build ~/kept/build --json"))
@settings_from("raw", "build", "lock")
@loudness_options
@format_option(*RUN_FORMATS)
def command(settings: "Settings", output_format: str, *, loudness: int) -> int:
    """Read every artifact back and compare it with the records.

    Nothing is parsed and nothing is written but the report. Exit code 4 if anything differs.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    return run_plan(settings, Plan(parse=False, export=(), again=True), output_format, loudness=loudness)
