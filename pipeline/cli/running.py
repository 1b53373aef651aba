"""Runs a plan, shows how it goes and what it did, and writes both reports: what the working commands have in common."""

import json
import os
from typing import Any, Final

import click
from rich.console import Console

from pipeline.cli.progress import Bar
from pipeline.config import Settings
from pipeline.report import print_messages, print_table, summary, write_reports
from pipeline.stages.build import Plan, RunResult, run

__all__ = ["print_json", "run_plan", "screen"]

_WIDE: Final = 10_000


def run_plan(settings: Settings, plan: Plan, *, as_json: bool) -> int:
    """Run `plan` and return the exit code."""
    with Bar(quiet=as_json) as bar:
        result: RunResult = run(settings, plan, bar)
    write_reports(result, settings.build, settings.raw)
    print_messages(result, settings.raw, Console(stderr=True))
    if as_json:
        print_json(summary(result))
    else:
        print_table(result, screen())
    return result.exit_code


def screen() -> Console:
    """Return the standard output: as wide as the terminal, or as COLUMNS says; where neither is, lines stay whole."""
    console = Console()
    return console if console.is_terminal or "COLUMNS" in os.environ else Console(width=_WIDE)


def print_json(value: Any) -> None:
    """Print plain data as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
