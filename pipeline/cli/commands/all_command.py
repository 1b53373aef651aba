"""`guidepress all`: the whole pipeline."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import (
    RUN_FORMATS,
    adopt_option,
    examples,
    folders_argument,
    format_option,
    loudness_options,
    only_option,
    settings_options,
)

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]


@click.command(
    "all",
    epilog=examples(
        "guidepress all",
        "guidepress all ~/pages  # pages of another folder",
        "guidepress all -j 2 -q  # prints only what fails",
        "guidepress all --only anki,json  # no handouts",
        "guidepress all --strict --frozen  # no doubts, no new cards",
    ),
)
@folders_argument
@only_option
@settings_options
@adopt_option
@loudness_options
@format_option(*RUN_FORMATS)
def command(settings: "Settings", only: tuple[str, ...], output_format: str, *, adopt_lock: bool, loudness: int) -> int:
    """Parse, resolve, export and verify: the whole pipeline, for the pages of DIR (as with --raw), or the project's.

    What is up to date is left as it is: a second run changes no byte.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    return run_plan(settings, Plan(export=only or None, adopt_lock=adopt_lock), output_format, loudness=loudness)
