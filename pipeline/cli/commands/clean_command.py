"""`guidepress clean`: the build folder without what we wrote."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import examples, settings_from

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]


@click.command("clean", epilog=examples("guidepress clean", "guidepress clean --build ~/out"))
@settings_from("build")
def command(settings: "Settings") -> int:
    """Delete what we wrote into the build folder, and the state; nothing else, and never the lock.

    Links are never followed: what lies behind one is not ours.
    """
    from pipeline.stages.inspecting import clean

    cleaned = clean(settings)
    if cleaned.refused:
        click.echo(cleaned.told, err=True)
    click.echo(f"{len(cleaned.deleted)} files deleted from {settings.build}")
    return 0
