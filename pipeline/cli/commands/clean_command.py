"""`guidepress clean`: the build folder without what we wrote."""

import click

from pipeline.cli.options import settings_options
from pipeline.config import Settings

__all__ = ["command"]


@click.command("clean")
@settings_options
def command(settings: Settings) -> int:
    """Delete what we wrote into the build folder, and the state; nothing else, and never the lock.

    Links are never followed: what lies behind one is not ours.
    """
    from pipeline.stages.inspecting import clean

    cleaned = clean(settings)
    if cleaned.refused:
        click.echo(cleaned.told, err=True)
    click.echo(f"{len(cleaned.deleted)} files deleted from {settings.build}")
    return 0
