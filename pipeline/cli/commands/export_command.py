"""`guidepress export`: decks, handouts and bundles from the records."""

import click

from pipeline.cli.options import RUN_FORMATS, adopt_option, format_option, settings_options
from pipeline.config import Settings

__all__ = ["command"]


@click.command("export")
@click.argument("exporters", nargs=-1, metavar="[NAME]...")
@settings_options
@adopt_option
@format_option(*RUN_FORMATS)
def command(settings: Settings, exporters: tuple[str, ...], *, adopt_lock: bool, output_format: str) -> int:
    """Make decks (anki), handouts (pdf), bundles (json) and what else is installed; all of them, or those named.

    Pages that changed are parsed first.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    plan = Plan(export=exporters or None, verify=False, adopt_lock=adopt_lock)
    return run_plan(settings, plan, output_format)
