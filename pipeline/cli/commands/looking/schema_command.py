"""`guidepress schema`: the JSON Schema of what the bundle holds."""

from typing import Literal

import click

from pipeline.cli.options import examples

__all__ = ["command"]


@click.command(
    "schema",
    epilog=examples("guidepress schema > course.schema.json", "guidepress schema record", "guidepress schema report"),
)
@click.argument("what", type=click.Choice(["course", "record", "report", "error"]), default="course")
def command(what: Literal["course", "record", "report", "error"]) -> int:
    """Print the JSON Schema (2020-12) of a course's file in the bundle, of one record, of report.json, or of what
    --json prints where a command could not do its work.
    """
    from pipeline.cli.running import print_json
    from pipeline.exporters.bundle import schema
    from pipeline.report import ErrorReport, Report, report_schema

    match what:
        case "course" | "record":
            print_json(schema(what))
        case "report":
            print_json(report_schema(Report))
        case "error":
            print_json(report_schema(ErrorReport))
    return 0
