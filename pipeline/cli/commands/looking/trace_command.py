"""`guidepress trace`: show a page as blocks with their owners, or where a record's fields stand."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pipeline.cli.completing import complete_targets
from pipeline.cli.options import examples, json_option, settings_from
from pipeline.cli.output import json_text

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["command"]


@click.command(
    "trace",
    epilog=examples(
        "guidepress trace raw/biology/osmosis.html",
        "guidepress trace 'pages.zip!/osmosis.html'  # a page within an archive",
        "guidepress trace fiveable/ap-biology/osmosis  # what a record was read from",
    ),
)
@click.argument("target", shell_complete=complete_targets)
@settings_from("raw", "build")
@json_option
def command(settings: "Settings", target: str, *, as_json: bool) -> int:
    """Show what became of each piece of a page, or where each field of a record stands.

    TARGET is a raw page (a path; members of archives as a.zip!/b.html) or the id of a record. Each piece is shown
    with its line, what it is, and its owner: a field, a [boilerplate rule], or nobody.
    """
    from rich.table import Table
    from rich.text import Text

    from pipeline.cli.running import wide_screen
    from pipeline.stages.inspecting import trace

    traces = trace(target, settings)
    if as_json:
        click.echo(json_text({"pages": [asdict(page) for page in traces]}, indent=1))
        return 0
    console = wide_screen()
    for page in traces:
        head = [page.path, page.media_type, page.encoding, page.layout or "no layout"]
        console.print(Text(" · ".join(head), style="bold"))
        for extra in (page.title, page.url, page.message):
            if extra:
                console.print(Text(extra, style="dim"))
        table = Table(box=None, pad_edge=False, header_style="bold")
        for name, style in (("line", "dim"), ("what", "dim"), ("owner", "cyan"), ("text", "")):
            table.add_column(name, style=style, justify="right" if name == "line" else "left")
        for line in page.lines:
            owner = Text(line.owner) if line.owner else Text("nobody", style="bold red")
            table.add_row(str(line.line or ""), line.kind, owner, Text(line.text))
        with console.capture() as shown:
            console.print(table)
        click.echo("\n".join(line.rstrip() for line in shown.get().splitlines()), color=console.is_terminal)
    return 0
