"""`guidepress export`: decks, handouts and bundles from the records."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import (
    RUN_FORMATS,
    adopt_option,
    examples,
    format_option,
    loudness_options,
    settings_options,
)

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]


@click.command(
    "export",
    epilog=examples("guidepress export", "guidepress export anki json  # no handouts: decks and bundles alone"),
)
@click.argument("exporters", nargs=-1, metavar="[NAME]...")
@settings_options
@adopt_option
@loudness_options
@format_option(*RUN_FORMATS)
def command(
    settings: "Settings", exporters: tuple[str, ...], output_format: str, *, adopt_lock: bool, loudness: int
) -> int:
    """Make decks (anki), handouts (pdf), bundles (json) and what else is installed; all of them, or those named.

    Pages that changed are parsed first.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    plan = Plan(export=exporters or None, verify=False, adopt_lock=adopt_lock)
    return run_plan(settings, plan, output_format, loudness=loudness)
