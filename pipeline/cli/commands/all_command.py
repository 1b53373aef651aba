"""`guidepress all`: the whole pipeline."""

import click

from pipeline.cli.options import adopt_option, folders_argument, json_option, settings_options
from pipeline.config import Settings

__all__ = ["command"]


@click.command("all")
@folders_argument
@click.option(
    "--only",
    metavar="NAMES",
    multiple=True,
    help="Exporters whose outputs are made: `--only anki,json` makes no PDFs.  [default: all]",
)
@settings_options
@adopt_option
@json_option
def command(settings: Settings, only: tuple[str, ...], *, adopt_lock: bool, as_json: bool) -> int:
    """Parse, resolve, export and verify: the whole pipeline, for the pages of DIR (as with --raw), or the project's.

    What is up to date is left as it is: a second run changes no byte.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    names = tuple(name.strip() for given in only for name in given.split(",") if name.strip())
    return run_plan(settings, Plan(export=names or None, adopt_lock=adopt_lock), as_json=as_json)
