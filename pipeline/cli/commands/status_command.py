"""`guidepress status`: what is stale."""

import click

from pipeline.cli.options import json_option, settings_options
from pipeline.config import Settings

__all__ = ["command"]


@click.command("status")
@settings_options
@json_option
def command(settings: Settings, *, as_json: bool) -> int:
    """Say what is stale, and what the next run would do. Nothing is parsed or written."""
    from pipeline.cli.console import Screen
    from pipeline.cli.running import print_json
    from pipeline.report import print_status, status_summary
    from pipeline.stages.inspecting import status

    found = status(settings)
    if as_json:
        print_json(status_summary(found))
    else:
        print_status(found, settings.raw, Screen())
    return 0
