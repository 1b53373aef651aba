"""Runs a plan, shows how it goes and what it did, and writes both reports: what the working commands have in common."""

from typing import Any, Final

import click

from pipeline.cli.console import Screen
from pipeline.cli.output import json_text, readers_may_leave
from pipeline.cli.progress import Bar
from pipeline.config import Settings
from pipeline.report import print_messages, print_table, summary, write_reports
from pipeline.stages.build import Plan, RunResult, run

__all__ = ["print_json", "run_plan"]

_WIDE: Final = 160


def run_plan(settings: Settings, plan: Plan, *, as_json: bool) -> int:
    """Run `plan` and return the exit code."""
    with Bar(quiet=as_json) as bar:
        result: RunResult = run(settings, plan, bar)
    write_reports(result, settings.build, settings.raw)
    with readers_may_leave():
        print_messages(result, settings.raw, Screen(stderr=True))
        if as_json:
            print_json(summary(result))
        else:
            # Where no terminal says how wide it is, lines stay whole.
            screen = Screen()
            print_table(result, screen if screen.is_terminal else Screen(width=_WIDE))
    return result.exit_code


def print_json(value: Any) -> None:
    """Print plain data as JSON."""
    click.echo(json_text(value))
