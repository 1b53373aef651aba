"""`guidepress schema`: the JSON Schema of what the bundle holds."""

import click

from pipeline.cli.options import settings_options
from pipeline.config import Settings

__all__ = ["command"]


@click.command("schema")
@click.argument("what", type=click.Choice(["course", "record"]), default="course")
@settings_options
def command(settings: Settings, what: str) -> int:
    """Print the JSON Schema (2020-12) of a course's file in the bundle, or of one record."""
    from pipeline.cli.running import print_json
    from pipeline.exporters.bundle import course_schema
    from pipeline.records import record_schema

    print_json(course_schema() if what == "course" else record_schema())
    return 0
