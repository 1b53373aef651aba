"""The options that every command has (DESIGN section 6), and the settings that come of them."""

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from pipeline.cli.defect import Defect
from pipeline.config import CONFIG_NAME, Settings, UserError, load_settings, unknown_variables

__all__ = [
    "RUN_FORMATS",
    "adopt_option",
    "flag_options",
    "folders_argument",
    "format_option",
    "json_option",
    "settings_options",
]

# Of the commands that read pages or artifacts: what they found, as code hosts and CI servers read it.
RUN_FORMATS: Final = ("text", "json", "github", "gitlab", "junit", "sarif")

_Function = TypeVar("_Function", bound=Callable[..., Any])
_PATH: Final = click.Path(path_type=Path)
_OPTIONS: Final = (
    click.option(
        "--raw",
        metavar="DIR",
        multiple=True,
        type=_PATH,
        help="Folder of raw pages; may be given again.  [default: raw]",
    ),
    click.option("--build", metavar="DIR", type=_PATH, help="Where everything is written.  [default: build]"),
    click.option(
        "--config",
        metavar="FILE",
        type=_PATH,
        help=f"Settings; paths in it are relative to it.  [default: {CONFIG_NAME}]",
    ),
    click.option(
        "--lock", metavar="FILE", type=_PATH, help="The cards' identities.  [default: cards.lock beside the settings]"
    ),
    click.option("--frozen/--no-frozen", default=None, help="Fail, with exit code 4, if the lock would change."),
    click.option("--jobs", metavar="N", type=click.IntRange(0), help="Worker processes; 0 means one a processor."),
    click.option(
        "--strict/--no-strict", default=None, help="Reject a page with a doubt, or with text that nothing claims."
    ),
    click.option(
        "--fail-on",
        metavar="CODE|LEVEL",
        multiple=True,
        help="Reject a page with such a finding (or a graver one); may be given again.",
    ),
)
_FLAGS: Final = ("raw", "build", "lock", "frozen", "jobs", "strict", "fail_on")


def settings_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the common options; it gets the `settings` that flags, environment and file make together."""

    @functools.wraps(function)
    def command(config: Path | None, **given: Any) -> Any:
        given["raw"] += given.pop("folders", ())
        flags = {name: value for name in _FLAGS if (value := given.pop(name)) != ()}
        for name in unknown_variables(os.environ):
            click.echo(f"{name}: no setting has that name; it is not used", err=True)
        settings: Settings = load_settings(
            config, {name: value if value != () else None for name, value in flags.items()}
        )
        try:
            return function(settings=settings, **given)
        except (UserError, click.ClickException, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            raise Defect(settings.build) from error

    return flag_options(command)


def flag_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the common options as they are: None, or empty, where one was not given."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def folders_argument(function: _Function) -> _Function:
    """Give a command folders of raw pages as arguments: they are those of `--raw`."""
    return click.argument("folders", metavar="[DIR]...", nargs=-1, type=_PATH)(function)


def adopt_option(function: _Function) -> _Function:
    """Give a command `--adopt-lock`."""
    return click.option(
        "--adopt-lock", is_flag=True, help="Go on, though the lock belongs to other records: these take their place."
    )(function)


def json_option(function: _Function) -> _Function:
    """Give a command `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and nothing else.")(function)


def format_option(*formats: str) -> Callable[[_Function], Callable[..., Any]]:
    """Give a command `--format` with these formats, and `--json` for one of them; it gets the `output_format`."""

    def decorated(function: _Function) -> Callable[..., Any]:
        @functools.wraps(function)
        def command(*, as_json: bool, output_format: str, **given: Any) -> Any:
            return function(output_format="json" if as_json else output_format, **given)

        told = click.option(
            "--format",
            "output_format",
            type=click.Choice(formats),
            default=formats[0],
            help=f"What the standard output has; all else is told on the error stream.  [default: {formats[0]}]",
        )
        return told(json_option(command))

    return decorated
