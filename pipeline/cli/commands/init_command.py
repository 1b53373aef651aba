"""`guidepress init`: a place to begin."""

from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import examples, flag_options

__all__ = ["command"]


@click.command(
    "init", epilog=examples("guidepress init", "guidepress init ~/course", "guidepress init --raw pages --build out")
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@flag_options
def command(folder: Path | None, config: Path | None, **flags: Any) -> int:
    """Make a project in DIR, or here: pages of your own have settings and a cards.lock of their own.

    That is guidepress.toml with every key commented out, raw/ with a sample page of each kind (delete them when you
    like), README.md, .gitignore, .gitattributes and a workflow for CI. Options that are given are written into the
    settings. What is there already is left as it is.
    """
    from pipeline.config import CONFIG_NAME
    from pipeline.stages.inspecting import begin

    if folder and config:
        raise click.UsageError("give DIR or --config FILE, not both: the project is the folder of its settings")
    given = {name: value for name, value in flags.items() if value not in {None, ()}}
    for line in begin(config or (folder or Path()) / CONFIG_NAME, given):
        click.echo(line)
    return 0
