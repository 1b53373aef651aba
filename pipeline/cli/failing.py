"""What kept a command from its work: for a person on the error stream, for a program in the format that it asks for."""

import contextlib
import itertools
import json
from collections.abc import Sequence
from typing import Final, Literal

import click

from pipeline.cli.defect import Defect, report_defect
from pipeline.config import ConfigError, SurroundingsError, UserError

__all__ = ["tell"]

_INTERRUPTED: Final = "interrupted: what is in the build folder is whole; run again to go on"
_MACHINES: Final = ("json", "github", "gitlab", "junit", "sarif")

Kind = Literal["usage", "configuration", "surroundings", "input", "defect", "interrupted"]


def tell(error: BaseException, arguments: Sequence[str]) -> int:
    """Tell what went wrong and return the exit code.

    If the command line asks for a format that programs read, that is printed on the standard output as well, also
    where the command line itself is wrong.
    """
    kind, told, code = _told(error)
    if isinstance(error, click.ClickException):
        error.show()
    else:
        click.echo(str(told), err=True)
    if wanted := _wanted(arguments):
        with contextlib.suppress(BrokenPipeError):
            _print(wanted, kind, told, code)
    return code


def _told(error: BaseException) -> tuple[Kind, UserError, int]:
    match error:
        case ConfigError():
            return "configuration", error, error.exit_code
        case SurroundingsError():
            return "surroundings", error, error.exit_code
        case UserError():
            return "input", error, error.exit_code
        case click.exceptions.Abort() | KeyboardInterrupt():
            return "interrupted", UserError(_INTERRUPTED), 130
        case click.ClickException():
            return "usage", UserError(error.format_message()), error.exit_code
        case Defect():
            return "defect", UserError(report_defect(error.__cause__ or error, error.build)), 1
        case _:
            return "defect", UserError(report_defect(error, None)), 1


def _wanted(arguments: Sequence[str]) -> str | None:
    """Return the format that the command line asks for. It may be wrong elsewhere, so it is read without click."""
    given = list(arguments)[: arguments.index("--")] if "--" in arguments else list(arguments)
    if "--json" in given:
        return "json"
    named = [word.removeprefix("--format=") for word in given if word.startswith("--format=")]
    named += [value for word, value in itertools.pairwise(given) if word == "--format"]
    return named[-1] if named and named[-1] in _MACHINES else None


def _print(wanted: str, kind: Kind, told: UserError, code: int) -> None:
    from pipeline.report import REPORT_VERSION, Problem, formatted

    if wanted == "json":
        error = {
            "kind": kind,
            "message": told.message,
            "where": told.where,
            "line": told.line,
            "detail": told.detail,
            "hint": told.hint,
        }
        found = {"schema_version": REPORT_VERSION, "exit_code": code, "error": error}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    message = f"{told.message}\n{told.detail}" if told.detail else told.message
    problem = Problem("error", kind, told.where, told.line, message, told.hint, kind)
    click.echo(formatted(wanted, [problem], exit_code=code), nl=False)
