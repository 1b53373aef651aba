"""`guidepress status`: what is stale."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import examples, json_option, settings_from
from pipeline.cli.output import screen

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]


@click.command("status", epilog=examples("guidepress status", "guidepress status --json"))
@settings_from("raw", "url", "build", "lock", "strict", "fail_on")
@json_option
def command(settings: "Settings", *, as_json: bool) -> int:
    """Say what is stale, and what the next run would do. Nothing is parsed or written."""
    from pipeline.cli.running import print_json
    from pipeline.report import print_status, status_summary
    from pipeline.stages.inspecting import status

    found = status(settings)
    if as_json:
        print_json(status_summary(found))
    else:
        print_status(found, settings.raw, screen())
    return 0
