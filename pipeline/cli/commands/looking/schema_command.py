"""`guidepress schema`: the JSON Schema of what the bundle holds."""

from typing import Literal

import click

from pipeline.cli.options import examples

__all__ = ["command"]


@click.command("schema", epilog=examples("guidepress schema > course.schema.json", "guidepress schema record"))
@click.argument("what", type=click.Choice(["course", "record"]), default="course")
def command(what: Literal["course", "record"]) -> int:
    """Print the JSON Schema (2020-12) of a course's file in the bundle, or of one record."""
    from pipeline.cli.running import print_json
    from pipeline.exporters.bundle import schema

    print_json(schema(what))
    return 0
