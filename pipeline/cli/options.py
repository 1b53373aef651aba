"""The options that every command has (DESIGN section 6), and the settings that come of them."""

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from pipeline.cli.defect import report_defect
from pipeline.config import CONFIG_NAME, Settings, UserError, load_settings, unknown_variables

__all__ = ["flag_options", "json_option", "settings_options"]

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
    click.option(
        "--wait", metavar="SECONDS", type=click.FloatRange(0), help="For another run on the lock.  [default: 600]"
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
_FLAGS: Final = ("raw", "build", "lock", "wait", "frozen", "jobs", "strict", "fail_on")


def settings_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the common options; it gets the `settings` that flags, environment and file make together."""

    @functools.wraps(function)
    def command(config: Path | None, **given: Any) -> Any:
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
        except Exception as error:  # noqa: BLE001 (kept in full, in the build folder that was in use)
            return report_defect(error, settings.build)

    return flag_options(command)


def flag_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the common options as they are: None, or empty, where one was not given."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def json_option(function: _Function) -> _Function:
    """Give a command `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and nothing else.")(function)
