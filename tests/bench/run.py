"""`make bench`: every figure as a ratio to a baseline of the same run, into `build/bench.json` and `docs/scale.md`.

`python tests/bench/run.py [--pages 10000] [--notes 100000] [--terms 500] [--only NAME]…`. The two lists of figures, and
the machine they are of, are written whole: what `--only` leaves out keeps its last value.
"""

import argparse
import gzip
import io
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from pipeline.blocks import read
from pipeline.config import Limits, Settings
from pipeline.pages import RawPage
from pipeline.records import dump_record
from pipeline.stages.page.parse import parse_page
from places import ROOT
from tests.bench import bench_anki, bench_parse, bench_pdf

JSON = ROOT / "build" / "bench.json"
PAGE = ROOT / "docs" / "scale.md"
BEGIN, END = "<!-- figures: begin (written by `make bench`) -->", "<!-- figures: end -->"

Figures = dict[str, float]


def of_parsing(_: argparse.Namespace) -> Figures:
    """Compare a page's way to its record, and to blocks, with BeautifulSoup's text of it and with lexbor alone."""
    plain = bench_parse.SAMPLE.read_text("utf-8")
    pages = {"3kb": plain, "64kb": bench_parse.large_page(64_000), "200kb": bench_parse.large_page()}
    found = {}
    for size, html in pages.items():
        data = html.encode()
        page = RawPage("a/b.html", data, "text/html")
        ways: dict[str, Callable[[], object]] = {
            "record": partial(parse_page, page, Settings()),
            "blocks": partial(read, page, limits=Limits()),
            "bs4": lambda data=data: BeautifulSoup(data, "lxml").get_text(),
            "lexbor": lambda data=data: LexborHTMLParser(data).body,
        }
        taken = bench_parse.best_of(ways, 20)
        for way in ("record", "blocks"):
            for base in ("bs4", "lexbor"):
                found[f"parse_vs_{base}_{size}_to_{way}"] = taken[way] / taken[base]
    return found


def of_bundle(chosen: argparse.Namespace) -> Figures:
    """Compare records as JSON with `json.dumps` of the same data, and their compression with gzip and zipfile."""
    records = list(bench_anki.records(chosen.notes // 10))
    plain = [record.model_dump(mode="json") for record in records]
    lines = "\n".join(map(dump_record, records)).encode()

    def zipped() -> None:
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("records.jsonl", lines)

    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: [dump_record(record) for record in records],
        "json": lambda: [json.dumps(one, ensure_ascii=False) for one in plain],
        "gzip": lambda: gzip.compress(lines),
        "zip": zipped,
    }
    taken = bench_parse.best_of(ways, 5)
    return {"bundle_vs_json_dumps": taken["ours"] / taken["json"]}


def of_anki(chosen: argparse.Namespace) -> Figures:
    """Compare packages with genanki's of the same fields."""
    return _told_by(bench_anki.__file__, "FIGURE", str(chosen.notes))


def of_pdf(chosen: argparse.Namespace) -> Figures:
    """Compare handouts with one WeasyPrint document of the same records."""
    return _told_by(bench_pdf.__file__, "FIGURE", str(chosen.terms))


def of_scale(chosen: argparse.Namespace) -> Figures:
    """Measure whole builds: a change's cost, memory, growth with the number of pages."""
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "figures.json"
        command = [sys.executable, str(Path(__file__).with_name("bench_scale.py")), "--json", str(target)]
        options = ["--pages", *map(str, chosen.pages), *(["--baseline", chosen.baseline] if chosen.baseline else [])]
        subprocess.run([*command, *options], check=True)
        found = json.loads(target.read_text())
    flat = {}
    for name, figures in found.items():
        suffix = "" if name == "growth" else f"_{int(figures.pop('pages'))}"
        flat.update({f"{figure}{suffix}": value for figure, value in figures.items()})
    return flat


def _told_by(module: str | None, mark: str, *arguments: str) -> Figures:
    """Run a benchmark and return the figures on its lines `FIGURE name value`; print the others."""
    said = subprocess.run([sys.executable, str(module), *arguments], check=True, capture_output=True, text=True).stdout
    print(said)
    rows = (line.split() for line in said.splitlines() if line.startswith(mark))
    return {name: float(value) for _, name, value in rows}


PARTS: Mapping[str, Callable[[argparse.Namespace], Figures]] = {
    "parsing": of_parsing,
    "bundle": of_bundle,
    "anki": of_anki,
    "pdf": of_pdf,
    "scale": of_scale,
}


def machine() -> dict[str, str | int]:
    """Return what figures depend on."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return {
        "processor": model,
        "cores": os.cpu_count() or 0,
        "memory_gb": memory,
        "python": platform.python_version(),
        "on": time.strftime("%Y-%m-%d"),
    }


def table(kept: Mapping[str, object], figures: Mapping[str, float]) -> str:
    """Return the figures as a table in Markdown, with the machine above it."""
    where = kept["machine"]
    assert isinstance(where, dict)
    head = "{processor}, {cores} cores, {memory_gb} GB, Python {python}, {on}".format_map(where)
    rows = "\n".join(f"| `{name}` | {value:,.3g} |" for name, value in sorted(figures.items()))
    return f"{head}\n\n| figure | value |\n|---|---|\n{rows}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, nargs="+", default=[10_000])
    options.add_argument("--notes", type=int, default=100_000)
    options.add_argument("--terms", type=int, default=500)
    options.add_argument("--baseline", help="interpreter of the installation to compare changes with")
    options.add_argument("--only", choices=sorted(PARTS), action="append")
    chosen = options.parse_args()
    kept = json.loads(JSON.read_text()) if JSON.exists() else {"figures": {}}
    figures = kept["figures"]
    for name in chosen.only or PARTS:
        print(f"== {name}", flush=True)
        found = PARTS[name](chosen)
        figures.update(found)
        for figure, value in found.items():
            print(f"{figure:<40}{value:10.3f}", flush=True)
    kept |= {"machine": machine(), "figures": dict(sorted(figures.items()))}
    JSON.parent.mkdir(exist_ok=True)
    JSON.write_text(json.dumps(kept, indent=1) + "\n")
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    if BEGIN in text:
        before, _, rest = text.partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{table(kept, figures)}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
