"""The command `guidepress`: finds the subcommand's module, and turns what goes wrong into a line and an exit code."""

import importlib
import os
import sys
from typing import Any, Final

import click

from pipeline import __version__
from pipeline.cli.interrupts import Interrupts
from pipeline.cli.meant import meant
from pipeline.cli.output import escape_what_is_lacking, readers_may_leave, silence_broken_streams

__all__ = ["cli", "execute", "main"]

_CONTEXT: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
# In the order of the work, then what looks at it, then what tidies up. The module is imported when it is asked for.
_COMMANDS: Final = {
    "init": "Make a project for pages of your own, with a sample page of each kind.",
    "all": "Parse, resolve, export and verify: the whole pipeline.",
    "watch": "Build whenever a page or the settings change.",
    "parse": "Read raw pages into records.jsonl, rejects.jsonl and findings.jsonl.",
    "export": "Make decks, handouts and bundles from the records.",
    "verify": "Read every artifact back and compare it with the records.",
    "diff": "Say what changes for learners, before it does: against decks, a lock, a git revision.",
    "lock": "Say what cards.lock holds; retire, renew or join notes by hand.",
    "check": "Show which settings and layouts are in force.",
    "status": "Say what is stale, and what the next run would do.",
    "records": "List records, or show those that match.",
    "trace": "Show what became of each piece of a page, or where a record's fields stand.",
    "explain": "Say what the code of a reject or a finding means.",
    "layout": "Try a layout on pages, or have one suggested by them.",
    "schema": "Print the JSON Schema of the bundle's course files.",
    "docs": "Print a page of the documentation, or list them.",
    "completion": "Print what makes a shell complete commands, ids and paths.",
    "clean": "Delete what we wrote into the build folder, and the state.",
}
_LOOKING: Final = ("check", "status", "records", "trace", "explain", "schema", "docs", "completion")
# What people type who come from other tools.
_ELSEWHERE: Final = {"build": "all", "make": "all", "run": "all", "test": "verify", "new": "init", "serve": "watch"}


def _without_colour(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 (click's)
    if value:
        ctx.color = False


# Of every command: people write it where they happen to be.
_NO_COLOR: Final = click.Option(
    ["--no-color"],
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_without_colour,
    help="Print without colours, as with NO_COLOR set.",
)


class _Commands(click.Group):
    """The subcommands, each in a module of its own: `-h` need not import the parser of a page."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        package = "pipeline.cli.commands.looking" if cmd_name in _LOOKING else "pipeline.cli.commands"
        module = importlib.import_module(f"{package}.{cmd_name}_command")
        command: click.Command = module.command
        for one in (command, *getattr(command, "commands", {}).values()):
            if _NO_COLOR not in one.params:
                one.params.append(_NO_COLOR)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f"no such command: {name}{meant(name, _COMMANDS, _ELSEWHERE)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings=_CONTEXT,
    params=[_NO_COLOR],
    epilog="\b\nExamples:\n"
    "  guidepress all                 # from raw/ to build/\n"
    "  guidepress all -h              # what a command does\n"
    "  guidepress explain no-layout   # what a code on the screen means",
)
@click.version_option(__version__, "-V", "--version", message="guidepress %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Study-guide pages in; Anki decks, printed handouts and JSON bundles out."""
    if os.environ.get("NO_COLOR"):  # https://no-color.org: set, and not empty
        ctx.color = False


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit code: 0, 1, 2, 3, 4 or 130 (DESIGN section 6)."""
    interrupts = Interrupts()
    interrupts.answer()
    sys.exit(execute(arguments, interrupts))


def execute(arguments: list[str] | None, interrupts: Interrupts | None = None) -> int:
    """Run a command and return its exit code, having said what went wrong.

    `interrupts` are the signals that are answered, if any: long work asks whether one was lost.
    """
    given = sys.argv[1:] if arguments is None else arguments
    escape_what_is_lacking()
    streams = sys.stdout, sys.stderr
    try:
        result: Any = cli.main(args=given, prog_name="guidepress", standalone_mode=False, obj=interrupts)
        with readers_may_leave():
            pass  # what a command said is still on its way
    except SystemExit:
        # Where the reader of a list has left (`guidepress records | head`), Click changes the streams and ends the
        # program with the exit code of a defect; but the reader has what it wanted.
        if sys.stdout is streams[0]:
            raise
        sys.stdout, sys.stderr = streams
        silence_broken_streams()
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 (the one place that tells what went wrong)
        from pipeline.cli.failing import tell  # the settings model takes longer to import than `-h` to be shown

        return tell(error, given)
    return result if isinstance(result, int) else 0
