"""Runs a plan, shows how it goes and what it did, and writes both reports: what the working commands have in common."""

import json
import os
from typing import Any, Final

import click
from rich.console import Console

from pipeline.cli.progress import Bar
from pipeline.config import Settings
from pipeline.report import formatted, print_messages, print_table, problems_of, summary, write_reports
from pipeline.stages.build import Plan, RunResult, run

__all__ = ["print_json", "run_plan", "screen"]

_WIDE: Final = 10_000


def run_plan(settings: Settings, plan: Plan, output_format: str) -> int:
    """Run `plan`, print what it did in the format, and return the exit code.

    Formats for programs have the standard output for themselves; messages and table are then on the error stream.
    """
    with Bar(quiet=output_format == "json") as bar:
        result: RunResult = run(settings, plan, bar)
    write_reports(result, settings.build, settings.raw)
    print_messages(result, settings.raw, Console(stderr=True))
    if output_format == "json":
        print_json(summary(result))
        return result.exit_code
    print_table(result, screen(stderr=output_format != "text"))
    if output_format != "text":
        click.echo(
            formatted(
                output_format,
                problems_of(result, settings),
                exit_code=result.exit_code,
                pages=result.pages,
                records=result.records,
            ),
            nl=False,
        )
    return result.exit_code


def screen(*, stderr: bool = False) -> Console:
    """Return a stream: as wide as the terminal, or as COLUMNS says; where neither is, lines stay whole."""
    console = Console(stderr=stderr)
    return console if console.is_terminal or "COLUMNS" in os.environ else Console(stderr=stderr, width=_WIDE)


def print_json(value: Any) -> None:
    """Print plain data as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
