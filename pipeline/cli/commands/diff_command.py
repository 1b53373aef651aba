"""`guidepress diff`: what learners would get from the pages as they are now."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import examples, format_option, settings_options

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]

_DIFFERS = 4


@click.command(
    "diff",
    epilog=examples(
        "guidepress diff",
        "guidepress diff last-term/cards.lock",
        "guidepress diff --git main --format markdown > diff.md",
    ),
)
@click.argument("old", type=click.Path(path_type=Path), required=False)
@click.option("--git", "revision", metavar="REVISION", help="Compare with the lock (and the pages) of this commit.")
@click.option("--exit-code", "tell", is_flag=True, help=f"End with exit code {_DIFFERS} if anything differs.")
@settings_options
@format_option("text", "json", "markdown")
def command(
    settings: "Settings",
    old: Path | None,
    revision: str | None,
    output_format: str,
    *,
    tell: bool,
) -> int:
    """Say what learners would get from the pages as they are now that they have not from OLD: a build folder, an
    .apkg, or a lock; without OLD, from the decks in the build folder. Nothing is written.

    Notes that are new, changed (word by word: [-gone-]{+new+}), retired, missing, or taken over by another record,
    and those that were kept though their texts are least alike. A note that only moved is none of these.
    """
    from pipeline.cli.progress import following
    from pipeline.cli.running import print_json, wide_screen
    from pipeline.report import diff_markdown, diff_summary, print_diff
    from pipeline.stages.inspecting import diff

    if old is not None and revision is not None:
        raise click.UsageError("give OLD or --git, not both")
    with following(quiet=output_format == "json") as bar:
        made = diff(settings, old, revision, bar)
    code = _DIFFERS if tell and not made.found.empty else 0
    match output_format:
        case "json":
            print_json({**diff_summary(made), "exit_code": code})
        case "markdown":
            click.echo(diff_markdown(made, settings.raw), nl=False)
        case _:
            print_diff(made, settings.raw, wide_screen())
    return code
