"""The options that commands share, each offered where it does something, and the settings that come of them."""

import functools
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from pipeline.cli.completing import complete_causes
from pipeline.cli.defect import Defect

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = [
    "RUN_FORMATS",
    "adopt_option",
    "examples",
    "flag_arguments",
    "flag_options",
    "folders_argument",
    "format_option",
    "json_option",
    "loudness_options",
    "only_option",
    "settings_from",
    "settings_options",
]

# Of the commands that read pages or artifacts: what they found, as code hosts and CI servers read it.
RUN_FORMATS: Final = ("text", "json", "github", "gitlab", "junit", "sarif")

_Function = TypeVar("_Function", bound=Callable[..., Any])
_PATH: Final = click.Path(path_type=Path)
_OPTIONS: Final = {
    "raw": click.option(
        "--raw",
        metavar="DIR",
        multiple=True,
        type=_PATH,
        help="Folder of raw pages; may be given again.  [default: raw]",
    ),
    "url": click.option(
        "--url",
        metavar="ADDRESS",
        multiple=True,
        help="Of crawls, only pages at addresses that begin so (`*`: anything); may be given again.",
    ),
    "build": click.option("--build", metavar="DIR", type=_PATH, help="Where everything is written.  [default: build]"),
    "config": click.option(
        "--config",
        metavar="FILE",
        type=_PATH,
        help="Settings; paths in it are relative to it.  [default: guidepress.toml]",
    ),
    "lock": click.option(
        "--lock",
        metavar="FILE",
        type=_PATH,
        help="The cards' identities.  [default: cards.lock beside the settings]",
    ),
    "wait": click.option(
        "--wait", metavar="SECONDS", type=click.FloatRange(0), help="For another run on the lock.  [default: 600]"
    ),
    "frozen": click.option(
        "--frozen/--no-frozen", default=None, help="Fail, with exit code 4, if the lock would change."
    ),
    "jobs": click.option(
        "-j", "--jobs", metavar="N", type=click.IntRange(0), help="Worker processes; 0 means one a processor."
    ),
    "executor": click.option(
        "--executor",
        type=click.Choice(("processes", "dask")),
        help="Where pages are parsed and PDFs drawn.  [default: processes]",
    ),
    "scheduler": click.option(
        "--scheduler", metavar="ADDRESS", help="A Dask cluster that runs: tcp://host:8786; else one is started."
    ),
    "strict": click.option(
        "--strict/--no-strict", default=None, help="Reject a page with a doubt, or with text that nothing claims."
    ),
    "fail_on": click.option(
        "--fail-on",
        metavar="CODE|LEVEL",
        multiple=True,
        shell_complete=complete_causes,
        help="Reject a page with such a finding (or a graver one); may be given again.",
    ),
}


# Where things are, and how many work: scripts give the same to every command. Where they do nothing they are taken, and
# not offered; what changes the outcome is refused where it would not.
_EVERYWHERE: Final = ("raw", "url", "build", "config", "lock", "jobs", "executor", "scheduler")


def settings_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command all settings that can be given as options; it gets the `settings` that come of them."""
    return settings_from(*_OPTIONS)(function)


def settings_from(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the options `names` and `--config`; flags, environment and file together make its `settings`."""
    taken = {*names, *_EVERYWHERE}

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def command(config: Path | None, **given: Any) -> Any:
            from pipeline.config import UserError, load_settings, unknown_variables

            folders = given.pop("folders", ())
            flags = {name: given.pop(name) for name in taken if name != "config"}
            if folders:
                flags["raw"] += folders
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

        return _offering(command, taken, hidden=taken - {*names, "config"})

    return decorate


def flag_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command all these options as they are: None, or empty, where one was not given."""
    return _offering(function, set(_OPTIONS))


def flag_arguments(**flags: Any) -> list[str]:
    """Return the command line that gives these options."""
    arguments: list[str] = []
    for name, value in flags.items():
        option = "--" + name.replace("_", "-")
        if isinstance(value, bool):
            arguments.append(option if value else option.replace("--", "--no-", 1))
        elif value is not None:
            arguments += [
                part for one in (value if isinstance(value, tuple) else (value,)) for part in (option, str(one))
            ]
    return arguments


def _offering(function: Callable[..., Any], names: Collection[str], hidden: Collection[str] = ()) -> Callable[..., Any]:
    for name in reversed(_OPTIONS):
        if name in names:
            function = _OPTIONS[name](function)
            given: list[click.Option] = function.__click_params__  # type: ignore[attr-defined]
            given[-1].hidden = name in hidden
    return function


def folders_argument(function: _Function) -> _Function:
    """Give a command folders of raw pages as arguments: they are those of `--raw`."""
    return click.argument("folders", metavar="[DIR]...", nargs=-1, type=_PATH)(function)


def adopt_option(function: _Function) -> _Function:
    """Give a command `--adopt-lock`."""
    return click.option(
        "--adopt-lock", is_flag=True, help="Go on, though the lock belongs to other records: these take their place."
    )(function)


def only_option(function: _Function) -> _Function:
    """Give a command `--only`."""
    told = "Exporters whose outputs are made: `--only anki,json` makes no PDFs.  [default: all]"
    return click.option("--only", metavar="NAMES", multiple=True, help=told)(function)


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


def loudness_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `-q` and `-v`; it gets a `loudness`: -1, 0 or 1."""

    @functools.wraps(function)
    def command(*, quiet: bool, verbose: bool, **given: Any) -> Any:
        if quiet and verbose:
            raise click.UsageError("--quiet and --verbose together: which of them?")
        return function(loudness=verbose - quiet, **given)

    command = click.option("-v", "--verbose", is_flag=True, help="Print every reject and finding, not three a cause.")(
        command
    )
    return click.option("-q", "--quiet", is_flag=True, help="Print only what fails: no bar, no findings, no table.")(
        command
    )


def examples(*lines: str) -> str:
    """Return command lines (each with `  # what it does`, if need be) as what help ends with."""
    parts = [line.partition("  #") for line in lines]
    width = max((len(command) for command, _, told in parts if told), default=0)
    shown = (f"  {command.ljust(width)}  #{told}" if told else f"  {command}" for command, _, told in parts)
    return "\n".join(["\b", "Examples:", *shown])
