"""`guidepress records`: list records, or show those that match."""

import json
import tempfile
from typing import Final

import click

from pipeline.cli.options import json_option, settings_options
from pipeline.config import Settings

__all__ = ["command"]

_ASIDE: Final = 1 << 24  # bytes that are held in memory


@click.command("records")
@click.argument("text", default="")
@click.option("--course", default="", metavar="TEXT", help="Only of courses with this in their slug or title.")
@click.option("--kind", default="", metavar="KIND", help="Only of this kind: key_term, study_guide.")
@settings_options
@json_option
def command(settings: Settings, text: str, course: str, kind: str, *, as_json: bool) -> int:
    """List the records of the last build; with TEXT, those that have it in their id, term or title.

    A line each: id, term or title, course, separated by tabs. With --json the whole records.
    """
    from pipeline.stages.inspecting import heading, read_records

    found = read_records(settings.build, text=text, course=course, kind=kind)
    if not as_json:
        for record in found:
            click.echo(f"{record.id}\t{heading(record)}\t{record.course.title}")
        return 0
    # Written aside first: a record that cannot be read must not leave half an object on the screen.
    with tempfile.SpooledTemporaryFile(_ASIDE, "w+", encoding="utf-8") as aside:
        aside.write('{"records": [')
        for number, record in enumerate(found):
            comma = "," if number else ""
            aside.write(f"{comma}\n  {json.dumps(record.model_dump(mode='json'), ensure_ascii=False)}")
        aside.write("\n]}\n")
        aside.seek(0)
        for line in aside:
            click.echo(line, nl=False)
    return 0
