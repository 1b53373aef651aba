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
        "guidepress diff --anki collection.colpkg --given last-term/all.apkg",
    ),
)
@click.argument("old", type=click.Path(path_type=Path), required=False)
@click.option("--git", "revision", metavar="REVISION", help="Compare with the lock (and the pages) of this commit.")
@click.option(
    "--anki",
    "collection",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Say what was edited in this collection or deck from Anki instead.",
)
@click.option(
    "--given",
    metavar="OLD",
    type=click.Path(path_type=Path),
    help="With --anki: the decks that were imported there.  [default: those in the build folder]",
)
@click.option("--exit-code", "tell", is_flag=True, help=f"End with exit code {_DIFFERS} if anything differs.")
@settings_options
@format_option("text", "json", "markdown")
def command(
    settings: "Settings",
    old: Path | None,
    revision: str | None,
    output_format: str,
    *,
    collection: Path | None,
    given: Path | None,
    tell: bool,
) -> int:
    """Say what learners would get from the pages as they are now that they have not from OLD: a build folder, an
    .apkg, or a lock; without OLD, from the decks in the build folder. Nothing is written.

    Notes that are new, changed (word by word: [-gone-]{+new+}), retired, missing, or taken over by another record,
    and those that were kept though their texts are least alike. A note that only moved is none of these.

    With --anki: which notes a person edited in Anki, field by field, and which are of another build than --given.
    """
    from pipeline.cli.progress import following
    from pipeline.cli.running import print_json, wide_screen
    from pipeline.report import diff_markdown, diff_summary, print_diff
    from pipeline.stages.inspecting import diff, diff_anki

    if old is not None and revision is not None:
        raise click.UsageError("give OLD or --git, not both")
    if collection is not None and (old is not None or revision is not None):
        raise click.UsageError("--anki goes with --given, not with OLD or --git")
    if given is not None and collection is None:
        raise click.UsageError("--given goes with --anki")
    if collection is not None:
        made = diff_anki(settings, collection, given)
    else:
        with following(quiet=output_format == "json") as bar:
            made = diff(settings, old, revision, bar)
    code = _DIFFERS if tell and not made.found.empty else 0
    match output_format:
        case "json":
            print_json(diff_summary(made, code))
        case "markdown":
            click.echo(diff_markdown(made, settings.raw), nl=False)
        case _:
            print_diff(made, settings.raw, wide_screen())
    return code
