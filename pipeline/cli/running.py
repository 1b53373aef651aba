"""Runs a plan, shows how it goes and what it did, and writes both reports: what the working commands have in common."""

import os
from typing import TYPE_CHECKING, Any, Final

import click

from pipeline.cli.output import json_text, readers_may_leave, screen

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.config import Settings
    from pipeline.stages.build import Plan

__all__ = ["print_json", "run_plan", "wide_screen"]

_WIDE: Final = 10_000


def run_plan(settings: "Settings", plan: "Plan", output_format: str, *, loudness: int = 0) -> int:
    """Run `plan`, print what it did in the format, and return the exit code.

    Formats for programs have the standard output for themselves; messages and table are then on the error stream.
    `loudness` is that of `loudness_options`: -1 quiet, 1 verbose.
    """
    from pipeline.cli.oddities import collected_oddities
    from pipeline.cli.progress import following
    from pipeline.report import formatted, print_messages, print_table, problems_of, summary, write_reports
    from pipeline.stages.build import run

    as_json = output_format == "json"
    with collected_oddities() as oddities, following(quiet=as_json or loudness < 0) as progress:
        result = run(settings, plan, progress)
    write_reports(result, settings.build, settings.raw)
    with readers_may_leave():
        print_messages(result, settings, screen(stderr=True), loudness=loudness, oddities=oddities.lines())
        if as_json:
            print_json(summary(result))
        elif loudness >= 0:
            print_table(result, wide_screen(stderr=output_format != "text"))
        if output_format not in {"json", "text"}:
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


def wide_screen(*, stderr: bool = False) -> "Console":
    """Return a stream: as wide as the terminal, or as COLUMNS says; where neither is, lines stay whole."""
    return screen(stderr=stderr, width=None if "COLUMNS" in os.environ else _WIDE)


def print_json(value: Any) -> None:
    """Print plain data as JSON."""
    click.echo(json_text(value))
