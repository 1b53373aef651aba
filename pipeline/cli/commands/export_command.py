"""`guidepress export`: decks, handouts and bundles from the records."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import examples, json_option, loudness_options, settings_options

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]


@click.command(
    "export",
    epilog=examples("guidepress export", "guidepress export anki json  # no handouts: decks and bundles alone"),
)
@click.argument("exporters", nargs=-1, metavar="[NAME]...")
@settings_options
@loudness_options
@json_option
def command(settings: "Settings", exporters: tuple[str, ...], *, loudness: int, as_json: bool) -> int:
    """Make decks (anki), handouts (pdf), bundles (json) and what else is installed; all of them, or those named.

    Pages that changed are parsed first.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    return run_plan(settings, Plan(export=exporters or None, verify=False), as_json=as_json, loudness=loudness)
