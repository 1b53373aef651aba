"""Runs a plan, shows how it goes and what it did, and writes both reports: what the working commands have in common."""

import json
from typing import TYPE_CHECKING, Any, Final

import click

from pipeline.cli.screen import screen

if TYPE_CHECKING:
    from pipeline.config import Settings
    from pipeline.stages.build import Plan

__all__ = ["print_json", "run_plan"]

_WIDE: Final = 160


def run_plan(settings: "Settings", plan: "Plan", *, as_json: bool, loudness: int = 0) -> int:
    """Run `plan` and return the exit code. `loudness` is that of `loudness_options`: -1 quiet, 1 verbose."""
    from pipeline.cli.oddities import collected_oddities
    from pipeline.cli.progress import following
    from pipeline.report import print_messages, print_table, summary, write_reports
    from pipeline.stages.build import run

    with collected_oddities() as oddities, following(quiet=as_json or loudness < 0) as progress:
        result = run(settings, plan, progress)
    write_reports(result, settings.build, settings.raw)
    print_messages(result, settings, screen(stderr=True), loudness=loudness, oddities=oddities.lines())
    if as_json:
        print_json(summary(result))
    elif loudness >= 0:
        print_table(result, screen(width=_WIDE))
    return result.exit_code


def print_json(value: Any) -> None:
    """Print plain data as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
