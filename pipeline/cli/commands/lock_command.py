"""`guidepress lock`: what the lock holds, and what a person settles in it."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from pipeline.cli.options import examples, json_option, settings_from

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]

_SHOWN: Final = 20


@click.command(
    "lock",
    epilog=examples(
        "guidepress lock",
        "guidepress lock --prune  # their pages are gone for good",
        "guidepress lock --renew k7qd2m5xha  # this text is another note now",
    ),
)
@click.option("--prune", is_flag=True, help="Retire the notes of records that the last build did not have.")
@click.option("--renew", metavar="ID", multiple=True, help="Give what this note says a new identity; may be repeated.")
@click.option("--join", metavar="OLD NEW", nargs=2, help="Let the note OLD go on with what NEW says.")
@settings_from("build", "lock", "wait", "frozen")
@json_option
def command(
    settings: "Settings", *, prune: bool, renew: tuple[str, ...], join: tuple[str, str] | None, as_json: bool
) -> int:
    """Say what the lock holds: live notes by kind, retired ones, and those of records that were not read.

    --prune retires the last, for pages that are gone for good: retired.txt lists them then. Should they come back,
    their notes are the same. --renew is for a fact that took the place of another one and was taken for an edit of
    it, --join for a text that was written anew and is the same note all the same. ID is what cards show on the back.
    """
    from pipeline.cli.running import print_json
    from pipeline.stages.inspecting import join_notes, look_at_lock, prune_lock, renew_notes

    if bool(prune) + bool(renew) + bool(join) > 1:
        raise click.UsageError("--prune, --renew and --join go one at a time")
    if renew:
        found = renew_notes(settings, renew, _tell)
    elif join:
        found = join_notes(settings, *join, _tell)
    else:
        found = prune_lock(settings, _tell) if prune else look_at_lock(settings)
    if as_json:
        print_json(asdict(found))
        return 4 if found.would_change else 0
    kinds = ", ".join(f"{count} {kind}" for kind, count in found.live.items()) or "none"
    click.echo(f"live notes: {kinds}")
    click.echo(f"retired notes: {found.retired}")
    for said in found.twice:
        click.echo(f"a merge left it: {said}")
    if found.would_change:
        click.echo("the lock is frozen: nothing was written", err=True)
    for old, new in found.renewed.items():
        click.echo(f"renewed: {old} is retired, its text is {new} now; `guidepress all` makes the decks")
    for new, old in found.joined.items():
        click.echo(f"joined: {old} says what {new} said, which is retired; `guidepress all` makes the decks")
    if prune and not found.would_change:
        click.echo(f"retired now: {found.pruned} notes of {len(found.missing_records)} missing records")
    elif prune or not (renew or join):
        click.echo(f"missing notes: {found.missing} of {len(found.missing_records)} records that were not read")
    _list(found.missing_records if not (renew or join) else ())
    return 4 if found.would_change else 0


def _tell(message: str) -> None:
    click.echo(message, err=True)


def _list(record_ids: tuple[str, ...]) -> None:
    for record_id in record_ids[:_SHOWN]:
        click.echo(f"  {record_id}")
    if len(record_ids) > _SHOWN:
        click.echo(f"  and {len(record_ids) - _SHOWN} more; --json lists them all")
