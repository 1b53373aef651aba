"""`guidepress lock`: what the lock holds; with --prune, less of it."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from pipeline.cli.options import examples, json_option, settings_from

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]

_SHOWN: Final = 20


@click.command("lock", epilog=examples("guidepress lock", "guidepress lock --prune  # their pages are gone for good"))
@click.option("--prune", is_flag=True, help="Forget the notes of records that the last build did not have.")
@settings_from("build", "lock", "frozen")
@json_option
def command(settings: "Settings", *, prune: bool, as_json: bool) -> int:
    """Say what the lock holds: live notes by kind, retired ones, and those of records that were not read.

    --prune takes the last out of it, for pages that are gone for good. Should they come back, notes that were edited
    since they were first seen come as new cards. Retired notes always stay.
    """
    from pipeline.cli.running import print_json
    from pipeline.stages.inspecting import look_at_lock, prune_lock

    found = prune_lock(settings) if prune else look_at_lock(settings)
    if as_json:
        print_json(asdict(found))
        return 4 if found.would_change else 0
    kinds = ", ".join(f"{count} {kind}" for kind, count in found.live.items()) or "none"
    click.echo(f"live notes: {kinds}")
    click.echo(f"retired notes: {found.retired}")
    if found.would_change:
        click.echo(f"the lock is frozen: {len(found.missing_records)} missing records were not taken out", err=True)
        return 4
    if prune:
        click.echo(f"taken out: {found.pruned} notes of {len(found.missing_records)} missing records")
    else:
        click.echo(f"missing notes: {found.missing} of {len(found.missing_records)} records that were not read")
    for record_id in found.missing_records[:_SHOWN]:
        click.echo(f"  {record_id}")
    if len(found.missing_records) > _SHOWN:
        click.echo(f"  and {len(found.missing_records) - _SHOWN} more; --json lists them all")
    return 0
