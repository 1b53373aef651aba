"""`guidepress parse`: raw pages to records."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import examples, json_option, loudness_options, settings_from

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]


@click.command(
    "parse",
    epilog=examples(
        "guidepress parse",
        "guidepress parse -v  # with every reject and every finding",
        "guidepress parse --fail-on doubt --json",
    ),
)
@settings_from("raw", "build", "jobs", "strict", "fail_on")
@loudness_options
@json_option
def command(settings: "Settings", *, loudness: int, as_json: bool) -> int:
    """Read raw pages into records.jsonl, rejects.jsonl and findings.jsonl.

    Only pages that are new or changed are parsed. The lock is not touched.
    """
    from pipeline.cli.running import run_plan
    from pipeline.stages.build import Plan

    return run_plan(settings, Plan(export=(), verify=False), as_json=as_json, loudness=loudness)
