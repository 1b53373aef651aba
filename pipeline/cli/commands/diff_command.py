"""`guidepress diff`: what learners get from this build that they have not from an older one."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pipeline.cli.options import examples, json_option, settings_options
from pipeline.config import Settings

if TYPE_CHECKING:
    from pipeline.stages.inspecting import FieldChange, NoteChange

__all__ = ["command"]

_TOLD: Final = (
    ("new", "new"),
    ("changed", "changed"),
    ("retired", "retired: their pages no longer have them"),
    ("missing", "missing: their pages were not read, or they are switched off"),
)


@click.command("diff", epilog=examples("guidepress diff ~/kept/build", "guidepress diff last-term.apkg --json"))
@click.argument("old_build", type=click.Path(path_type=Path))
@settings_options
@json_option
def command(settings: Settings, old_build: Path, *, as_json: bool) -> int:
    """Compare the decks of OLD_BUILD (a build folder or an .apkg) with those of this build.

    Notes that are new, changed (word by word: [-gone-]{+new+}), retired or missing; a note that only moved to another
    course is none of these.
    """
    from pipeline.cli.running import print_json
    from pipeline.stages.inspecting import diff_decks

    found = diff_decks(old_build, settings)
    if as_json:
        print_json({**asdict(found), "counts": {name: len(getattr(found, name)) for name, _ in _TOLD}})
        return 0
    for name, title in _TOLD:
        notes = getattr(found, name)
        if notes:
            click.secho(f"{len(notes)} {title}", bold=True)
        for note in notes:
            _print_note(note)
    click.echo(f"{found.unchanged} unchanged")
    return 0


def _print_note(note: "NoteChange") -> None:
    click.echo(f"  {note.short_id}  {note.note_type}, {note.deck}: {note.text}")
    for change in note.fields:
        click.echo(f"    {change.field}: {_words(change)}")


def _words(change: "FieldChange") -> str:
    from pipeline.stages.inspecting import word_diff

    if change.old == change.new:
        return "only its markup"
    return "".join(_run(kind, text.replace("\n", " ")) for kind, text in word_diff(change.old, change.new))


def _run(kind: str, text: str) -> str:
    match kind:
        case "gone":
            return click.style(f"[-{text}-]", fg="red")
        case "new":
            return click.style(f"{{+{text}+}}", fg="green")
        case _:
            return text
