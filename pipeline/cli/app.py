"""The command `guidepress`: finds the subcommand's module, and turns what goes wrong into a line and an exit code."""

import importlib
import os
import signal
import sys
from types import FrameType
from typing import Any, Final

import click

from pipeline.cli.defect import report_defect
from pipeline.config import UserError

__all__ = ["cli", "execute", "main"]

_CONTEXT: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
# In the order of the work, then what looks at it, then what tidies up. The module is imported when it is asked for.
_COMMANDS: Final = {
    "init": "Write a commented guidepress.toml and the folders it names.",
    "all": "Parse, resolve, export and verify: the whole pipeline.",
    "parse": "Read raw pages into records.jsonl, rejects.jsonl and findings.jsonl.",
    "export": "Make decks, handouts and bundles from the records.",
    "verify": "Read every artifact back and compare it with the records.",
    "diff": "Say what learners get from this build that they have not from an older one.",
    "lock": "Say what cards.lock holds; retire, renew or join notes by hand.",
    "status": "Say what is stale, and what the next run would do.",
    "records": "List records, or show those that match.",
    "trace": "Show what became of each piece of a page, or where a record's fields stand.",
    "layout": "Try a layout on pages, or have one suggested by them.",
    "schema": "Print the JSON Schema of the bundle's course files.",
    "clean": "Delete what we wrote into the build folder, and the state.",
}


class _Commands(click.Group):
    """The subcommands, each in a module of its own: `-h` need not import the parser of a page."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"pipeline.cli.commands.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings=_CONTEXT)
@click.version_option(package_name="guidepress", message="%(prog)s %(version)s")
def cli() -> None:
    """Study-guide pages in; Anki decks, printed handouts and JSON bundles out."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit code: 0, 1, 2, 3, 4 or 130 (DESIGN section 6)."""
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(execute(arguments))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def execute(arguments: list[str] | None) -> int:
    """Run a command and return its exit code, having said what went wrong."""
    try:
        result: Any = cli.main(args=arguments, prog_name="guidepress", standalone_mode=False)
    except UserError as error:
        click.echo(str(error), err=True)
        return error.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("interrupted: what is in the build folder is whole; run again to go on", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has left (`guidepress records | head`): nobody is there to be told anything.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 (the one place that meets what nobody expected: kept in full, said in a line)
        return report_defect(error, None)
    return result if isinstance(result, int) else 0
