"""Parse every truth in every generation and variant, and print what came out.

python -m tests.generations.run [--shared] [--gen divsoup] [--variants 8] [--in zip] [--jobs 2]
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, cast

from . import (
    render_baseline,
    render_damaged,
    render_divsoup,
    render_markdown,
    render_mhtml,
    render_other_extractor,
    render_text_bullets,
)
from .check import compare
from .containers import Capture, gzipped, warc, zipped
from .model import Renderer, Truth, page_url, slug
from .truths import TRUTHS

__all__ = ["RENDERERS", "Row", "check_variant", "main", "wrapped"]

MODULES = (
    render_baseline, render_divsoup, render_mhtml, render_damaged, render_text_bullets,
    render_markdown, render_other_extractor,
)  # fmt: skip
RENDERERS: dict[str, Renderer] = {one.GENERATION: cast("Renderer", one) for one in MODULES}
SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "truth.json"
Parse = Callable[[bytes, str], list[Any]]


@dataclass
class Row:
    """What became of one variant of one generation."""

    generation: str
    variant: int
    pages: int = 0
    equal: int = 0
    rejects: int = 0
    crashes: int = 0
    unclaimed: int = 0
    notes: list[str] = field(default_factory=list)


def parser() -> Parse:
    """Return our parser as `(bytes, path) -> outcomes`. Adapt here if its signature changes."""
    from pipeline.config import Settings
    from pipeline.pages import page_from_bytes
    from pipeline.stages.page.parse import parse_page

    settings = Settings()
    return lambda data, path: [parse_page(page, settings) for page in page_from_bytes(data, path)]


def wrapped(data: bytes, name: str, url: str, container: str) -> tuple[bytes, str]:
    """Return the page in a container (gzip, zip, warc, warc.gz, wet or none), and its file name."""
    text = name.endswith((".txt", ".md"))
    if container == "gzip":
        return gzipped(data), f"{name}.gz"
    if container == "zip":
        return zipped({name: data}), f"{name}.zip"
    if container == "wet":
        one = Capture(url, data, "conversion" if text else "resource", "text/html")
        return warc([one]), f"{name}.warc"
    if container in ("warc", "warc.gz"):
        kind = "text/plain" if text else "text/html"
        if name.endswith((".mht", ".mhtml")):
            kind = "multipart/related"
        return warc([Capture(url, data, content_type=kind)], compressed=container == "warc.gz"), (f"{name}.{container}")
    return data, name


def check_variant(task: tuple[str, int], truths: list[Truth], container: str, *, lie: bool = False) -> Row:
    """Return what became of all `truths` in one variant; `lie` names every page `.html`."""
    generation, variant = task
    renderer, parse = RENDERERS[generation], parser()
    row = Row(generation, variant)
    for truth in truths:
        row.pages += 1
        name = f"{slug(truth['term']) or 'page'}-{renderer.name(variant)}"
        if lie:
            name = name.rpartition(".")[0] + ".html"
        data = renderer.render(truth, variant=variant)
        data, name = wrapped(data, name, page_url(truth), container)
        try:
            outcomes = parse(data, name)
        except Exception:  # noqa: BLE001 - a crash of the parser is what we look for: counted and shown
            row.crashes += 1
            row.notes.append(f"{name}: crash: {traceback.format_exc().splitlines()[-1]}")
            continue
        _judge(row, name, outcomes, renderer.expected(truth, variant=variant))
    return row


def _judge(row: Row, name: str, outcomes: list[Any], truth: Truth) -> None:
    records = [record for outcome in outcomes for record in outcome.records]
    rejects = [reject for outcome in outcomes for reject in outcome.rejects]
    ledgers = [outcome.ledger for outcome in outcomes if outcome.ledger is not None]
    unclaimed = [piece for ledger in ledgers for piece in ledger.unclaimed]
    if rejects or not records:
        row.rejects += 1
        row.notes += [f"{name}: reject: {reject}" for reject in rejects or ["without a reason"]]
    if unclaimed:
        row.unclaimed += 1
        row.notes.append(f"{name}: unclaimed: {unclaimed[:3]}")
    if len(records) > 1:
        row.notes.append(f"{name}: {len(records)} records instead of one")
    elif records:
        differences = compare(records[0].model_dump(mode="json"), truth)
        row.equal += not differences
        row.notes += [f"{name}: {one}" for one in differences]


def _tasks(generations: list[str], variants: int | None) -> Iterator[tuple[str, int]]:
    for generation in generations:
        count = RENDERERS[generation].VARIANTS if variants is None else variants
        yield from ((generation, variant) for variant in range(count))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m tests.generations.run", description=__doc__)
    options.add_argument("--shared", action="store_true", help="add the truths of the corpus")
    options.add_argument("--gen", action="append", choices=sorted(RENDERERS), help="repeatable")
    options.add_argument("--variants", type=int, help="as many of each generation (default: all)")
    options.add_argument("--variant", type=int, help="this variant only")
    options.add_argument(
        "--in",
        dest="container",
        default="none",
        choices=["none", "gzip", "zip", "warc", "warc.gz", "wet"],
    )
    options.add_argument("--lie", action="store_true", help="name every page .html")
    options.add_argument("--show", type=int, default=3, help="differences shown per variant")
    options.add_argument("--jobs", type=int, default=1, help="processes")
    options.add_argument("--dump", type=Path, help="write the pages there, parse nothing")
    return options.parse_args(arguments)


def _dump(folder: Path, tasks: list[tuple[str, int]], truths: list[Truth]) -> None:
    for generation, variant in tasks:
        renderer = RENDERERS[generation]
        for number, truth in enumerate(truths):
            target = folder / generation / f"{number:03d}-{renderer.name(variant)}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(renderer.render(truth, variant=variant))


def main(arguments: list[str] | None = None) -> int:
    """Print a line per variant and the first differences; return 0 if every page is as it should."""
    options = _options(arguments)
    truths = list(TRUTHS)
    if options.shared:
        truths += json.loads(SHARED.read_text(encoding="utf-8")).values()
    tasks = list(_tasks(options.gen or list(RENDERERS), options.variants))
    if options.variant is not None:
        tasks = [(one, options.variant) for one in options.gen or RENDERERS]
    out = sys.stdout
    if options.dump:
        _dump(options.dump, tasks, truths)
        return 0
    work = partial(check_variant, truths=truths, container=options.container, lie=options.lie)
    heads = ("pages", "equal", "differ", "rejects", "crashes", "unclaimed")
    out.write(f"{'generation':16} var {' '.join(f'{head:>9}' for head in heads)}\n")
    good = True
    pool = ProcessPoolExecutor(options.jobs) if options.jobs > 1 else None
    for row in pool.map(work, tasks) if pool else map(work, tasks):
        differ = row.pages - row.equal - row.rejects - row.crashes
        counts = (row.pages, row.equal, differ, row.rejects, row.crashes, row.unclaimed)
        numbers = " ".join(f"{n:9}" for n in counts)
        out.write(f"{row.generation:16} {row.variant:3} {numbers}\n")
        out.writelines(f"      {note}\n" for note in row.notes[: options.show])
        out.flush()
        good = good and row.equal == row.pages and not row.unclaimed
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
