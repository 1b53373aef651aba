"""`guidepress watch`: a build after each change."""

from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import examples, flag_arguments, flag_options, only_option

__all__ = ["command"]


@click.command(
    "watch",
    epilog=examples(
        "guidepress watch",
        "guidepress watch --only anki,json  # no handouts, which take the most time",
        "guidepress watch --raw drafts --build /tmp/preview",
    ),
)
@only_option
@flag_options
def command(config: Path | None, only: tuple[str, ...], **flags: Any) -> int:
    """Run `guidepress all` now, and again whenever a raw page or the settings change; a line for each build.

    What is wrong with the settings or a page is told in that line, and the next change tries again. Ctrl-C ends it.
    """
    from pipeline.cli.watching import Watched, watch
    from pipeline.config import CONFIG_NAME, UserError, load_settings, settings_file

    last = Watched((), config or Path(CONFIG_NAME), ())

    def watched() -> Watched:
        nonlocal last
        try:
            settings = load_settings(config, {name: value for name, value in flags.items() if value != ()})
        except UserError:  # the build has told it: until it is mended, what was watched is watched
            return last
        last = Watched(
            settings.raw,
            settings_file(config, flags["raw"]) or config or Path(CONFIG_NAME),
            (settings.build, settings.lock),
        )
        return last

    return watch(flag_arguments(config=config, only=only, **flags), watched)
