"""`guidepress records`: list records, or show those that match."""

import json
import tempfile
from typing import TYPE_CHECKING, Final

import click

from pipeline.cli.completing import complete_ids
from pipeline.cli.options import examples, json_option, settings_from

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]

_ASIDE: Final = 1 << 24  # bytes that are held in memory


@click.command(
    "records",
    epilog=examples(
        "guidepress records",
        "guidepress records osmosis --json  # those with it in id, term or title",
        "guidepress records --kind study_guide --course biology",
    ),
)
@click.argument("text", default="", shell_complete=complete_ids)
@click.option("--course", default="", metavar="TEXT", help="Only of courses with this in their slug or title.")
@click.option("--kind", default="", metavar="KIND", help="Only of this kind: key_term, study_guide.")
@settings_from("build")
@json_option
def command(settings: "Settings", text: str, course: str, kind: str, *, as_json: bool) -> int:
    """List the records of the last build; with TEXT, those that have it in their id, term or title.

    A line each: id, term or title, course, separated by tabs. With --json the whole records.
    """
    from pipeline.stages.inspecting import heading, near_names, read_records

    found = read_records(settings.build, text=text, course=course, kind=kind)
    if not as_json:
        any_found = False
        for record in found:
            click.echo(f"{record.id}\t{heading(record)}\t{record.course.title}")
            any_found = True
        if not any_found:
            near = near_names(text, settings) if text else []
            meant = f"; did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else ""
            click.echo(f"no record of the last build is like that{meant}", err=True)
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
