"""`guidepress all`: the whole pipeline."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import examples, json_option, loudness_options, settings_options

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]


@click.command(
    "all",
    epilog=examples(
        "guidepress all",
        "guidepress all --raw ~/pages  # pages of another folder",
        "guidepress all -j 2 -q  # prints only what fails",
        "guidepress all --strict --frozen  # no doubts, no new cards",
    ),
)
@settings_options
@loudness_options
@json_option
def command(settings: "Settings", *, loudness: int, as_json: bool) -> int:
    """Parse, resolve, export and verify: the whole pipeline.

    What is up to date is left as it is: a second run changes no byte.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    return run_plan(settings, Plan(), as_json=as_json, loudness=loudness)
