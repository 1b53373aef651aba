"""`guidepress init`: a place to begin."""

from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import examples, flag_options

__all__ = ["command"]


@click.command(
    "init", epilog=examples("guidepress init", "guidepress init --raw pages --build out  # these folders stand in it")
)
@flag_options
def command(config: Path | None, **flags: Any) -> int:
    """Write a commented guidepress.toml, and the folders it names.

    Options that are given are written into it. What is there already is left as it is.
    """
    from pipeline.config import CONFIG_NAME
    from pipeline.stages.inspecting import begin

    given = {name: value for name, value in flags.items() if value not in {None, ()}}
    for line in begin(config or Path(CONFIG_NAME), given):
        click.echo(line)
    return 0
