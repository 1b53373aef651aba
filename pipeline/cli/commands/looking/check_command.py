"""`guidepress check`: which settings and layouts are in force."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import examples, json_option, settings_options

if TYPE_CHECKING:
    from pipeline.config import GivenKey, Settings
    from pipeline.stages.inspecting import Checked, CheckedLayout

__all__ = ["command"]

_TRY = "guidepress layout try"


@click.command(
    "check",
    epilog=examples(
        "guidepress check",
        "guidepress check --config next.toml  # before it is put in use",
        "guidepress check --json",
    ),
)
@settings_options
@json_option
@click.pass_context
def command(ctx: click.Context, settings: "Settings", *, as_json: bool) -> int:
    """Show which settings and layouts are in force, and which of them mean nothing that is there.

    Nothing is written. With layouts of your own, pages are read to see which layout means which page, and which of
    its patterns none of them says. Exit code 2 if something is wrong with the settings.
    """
    from pipeline.cli.running import print_json
    from pipeline.config import given_keys
    from pipeline.stages.inspecting import check

    flags = {name for name in ctx.params if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE}
    given = list(given_keys(settings, flags))
    found = check(settings)
    if as_json:
        print_json(
            {
                "file": settings.file.as_posix() if settings.file else None,
                "given": [key._asdict() for key in given],
                "build": settings.build.as_posix(),
                "lock": settings.lock.as_posix(),
                **asdict(found),
            }
        )
        return 0
    _print_settings(settings, given)
    _print_layouts(found)
    return 0


def _print_settings(settings: "Settings", given: "list[GivenKey]") -> None:
    where = settings.file.as_posix() if settings.file else "no guidepress.toml: all defaults"
    click.echo(f"{click.style('settings', bold=True)}  {where}")
    for key in given:
        click.echo(f"  {key.key} = {key.value}  ({key.place}; default {key.default or 'none'})")
    if settings.file and not given:
        click.echo("  every key is at its default")
    for rule in settings.defaults:
        click.echo(f'  [[defaults]] for "{rule.path}"  ({rule.place})')


def _print_layouts(found: "Checked") -> None:
    click.secho("raw pages", bold=True)
    for folder, number in found.files.items():
        click.echo(f"  {folder}: {number:,} files")
    click.secho("layouts, in the order in which they are tried", bold=True)
    for layout in found.layouts:
        _print_layout(layout)
    if found.layouts:
        click.echo(f"  (of {found.looked_at:,} pages looked at, {found.other_pages:,} are left to those built in)")
    click.echo("  fiveable-key-term, fiveable-study-guide: built in")
    for place, message in found.idle_paths:
        click.secho(f"{place}: {message}", fg="yellow")


def _print_layout(layout: "CheckedLayout") -> None:
    click.echo(f"  {layout.name}: {layout.kind}, {layout.pages:,} pages  ({layout.place})")
    if not layout.pages:
        click.secho(f"    reads no page; `{_TRY}` shows what it makes of one", fg="yellow")
    for pattern in layout.idle:
        click.secho(f"    none of its pages says {pattern}", fg="yellow")
