"""`guidepress layout`: try a layout on pages, or have one suggested by them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pipeline.cli.options import examples, json_option, settings_from
from pipeline.config import Settings, load_settings

if TYPE_CHECKING:
    from pipeline.stages.inspecting import TriedPage

__all__ = ["command"]

_PATH: Final = click.Path(path_type=Path)
_LONGEST: Final = 160  # characters of a value that are shown
_MOST: Final = 12  # pieces of a list


@click.group(
    "layout",
    epilog=examples(
        "guidepress layout suggest raw/biology/*.html > layout.toml", "guidepress layout try layout.toml raw/biology"
    ),
)
def command() -> None:
    """Write layouts for pages of another site; `guidepress docs layouts` says how."""


@command.command("try", epilog=examples("guidepress layout try guidepress.toml raw/biology"))
@click.argument("file", type=_PATH)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=_PATH)
@click.option(
    "--raw", metavar="DIR", multiple=True, type=_PATH, help="Folder of raw pages, below which layouts' paths begin."
)
@json_option
def try_command(file: Path, paths: tuple[Path, ...], raw: tuple[Path, ...], *, as_json: bool) -> int:
    """Show what each field of pages would be, and what is unclaimed or doubtful, without a build.

    FILE is a settings file with `[[layouts]]`; each PATH is a page or a folder of pages. Ends with exit code 3 if a
    page would be rejected.
    """
    from pipeline.stages.inspecting import try_layout

    pages = list(try_layout(paths, load_settings(file, {"raw": raw or load_settings().raw})))
    if as_json:
        click.echo(json.dumps({"pages": [asdict(page) for page in pages]}, ensure_ascii=False, indent=1))
    else:
        for page in pages:
            _show(page)
        _sum_up(pages)
    return 3 if any(page.rejects for page in pages) else 0


@command.command("suggest", epilog=examples("guidepress layout suggest raw/biology/*.html > layout.toml"))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=_PATH)
@settings_from("raw")
def suggest_command(settings: Settings, paths: tuple[Path, ...]) -> int:
    """Read some pages of one kind, and print a commented layout for them.

    It lists the headings that they have in common with a guess at their fields, what they say word for word, and
    candidate selectors.
    """
    from pipeline.stages.inspecting import suggest

    click.echo(suggest(paths, settings), nl=False)
    return 0


def _show(page: "TriedPage") -> None:
    systems = f" · {', '.join(page.systems)}" if page.systems else ""
    click.secho(f"{page.path}{systems}", bold=True)
    for record in page.records[:1]:
        click.echo(f"  {record.id}  ({record.layout})")
        for name, texts in record.fields.items():
            mark = " (inferred)" if name in record.inferred else " (given)" if name in record.given else ""
            _show_field(name + mark, texts)
    for record in page.records[1:]:
        click.echo(f"  {record.id}: {_short(' '.join(record.fields.get('definition', ())))}")
    for kind, pieces in (("reject", page.rejects), ("unclaimed", page.unclaimed), ("finding", page.told)):
        for line, text in dict.fromkeys(pieces):  # each once: a reject of every pair says the same
            shown = text if kind == "reject" else _short(text)
            click.secho(f"  {kind}{f', line {line}' if line else ''}: " + shown.replace("\n", "\n    "), fg="red")
    dropped = ", ".join(f"{name} {size:,}" for name, size in page.furniture.items())
    click.echo(f"  no content, in characters: {dropped or 'nothing'}\n")


def _show_field(name: str, texts: tuple[str, ...]) -> None:
    if len(texts) <= 1:
        click.echo(f"    {name}: {_short(texts[0]) if texts else click.style('nothing', dim=True)}")
        return
    click.echo(f"    {name}: {len(texts)}")
    for text in texts[:_MOST]:
        click.echo(f"      - {_short(text)}")
    if len(texts) > _MOST:
        click.echo(f"      … and {len(texts) - _MOST} more")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def _sum_up(pages: "list[TriedPage]") -> None:
    records = sum(len(page.records) for page in pages)
    rejected = sum(bool(page.rejects) for page in pages)
    unclaimed = sum(bool(page.unclaimed) for page in pages)
    click.echo(f"pages {len(pages)}, records {records}, rejected {rejected}, with unclaimed text {unclaimed}")
