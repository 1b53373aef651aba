"""Whole builds of many small pages: what a change costs, memory, how time grows, what a second process brings.

`python tests/bench/bench_scale.py [--pages 10000] [--growth 1000 2000 4000 8000] [--baseline PYTHON] [--json FILE]`.
Each figure is a ratio of two runs of this program, or a peak of memory. `--baseline` is the interpreter of an
installation whose full build one edit, and a run without changes, are divided by. Exports are JSON and Anki.
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.measured import Usage, exponent, measure
from tests.bench.small_pages import edit, write_files

OF_COURSE = 50
STAGES = ("parse", "resolve", "identities", "export", "verify")


def build(folder: Path, *options: str, python: str = sys.executable) -> tuple[Usage, dict[str, float]]:
    """Bring the project in `folder` up to date; return what that took, and seconds by stage."""
    usage = measure([python, "-m", "pipeline", "all", "--only", "anki,json", "-q", *options], folder)
    return usage, json.loads((folder / "build/report.json").read_text())["seconds"]


def project(folder: Path, pages: int) -> Path:
    """Write a project of so many pages."""
    write_files(folder / "raw", pages, OF_COURSE)
    (folder / "guidepress.toml").touch()
    return folder


def anew(folder: Path) -> None:
    """Delete what builds have made."""
    shutil.rmtree(folder / "build", ignore_errors=True)
    for lock in folder.glob("cards.lock*"):
        lock.unlink()


def of_a_change(folder: Path, pages: int, baseline: str | None) -> dict[str, float]:
    """Return what a run without changes and one edit cost beside a full build, and what processes bring."""
    project(folder, pages)
    full, _ = build(folder, "-j", "2")
    noop, _ = build(folder, "-j", "2")
    edit(folder / "raw")
    one, _ = build(folder, "-j", "2")
    anew(folder)
    alone, _ = build(folder, "-j", "1")
    against = full
    if baseline:
        anew(folder)
        against, _ = build(folder, "-j", "2", python=baseline)
    found = {
        "pages": pages,
        "noop_vs_full": noop.seconds / against.seconds,
        "one_edit_vs_full": one.seconds / against.seconds,
        "noop_vs_full_processor": noop.processor / against.processor,
        "one_edit_vs_full_processor": one.processor / against.processor,
        "jobs2_speedup": alone.seconds / full.seconds,
        "peak_mb_main": max(full.main_mb, one.main_mb, noop.main_mb),
        "peak_mb_others": max(full.others_mb, one.others_mb),
    }
    with_dask = _with_dask(folder)
    return found if with_dask is None else {**found, "dask2_vs_processes2": with_dask.seconds / full.seconds}


def _with_dask(folder: Path) -> Usage | None:
    try:
        import distributed  # noqa: F401 (an extra)
    except ImportError:
        return None
    anew(folder)
    return build(folder, "--executor", "dask", "-j", "2")[0]


def growth(folder: Path, sizes: list[int]) -> dict[str, float]:
    """Return by which power of the number of pages each stage's time, and the memory of the main process, grow."""
    taken: dict[str, list[float]] = {stage: [] for stage in STAGES}
    peaks = []
    for size in sizes:
        place = project(folder / str(size), size)
        usage, seconds = build(place, "-j", "1")
        peaks.append(usage.main_mb)
        for stage in STAGES:
            taken[stage].append(seconds[stage])
    found = {f"growth_{stage}": exponent(sizes, values) for stage, values in taken.items()}
    return {**found, "growth_memory": exponent(sizes, peaks)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, nargs="+", default=[10_000])
    options.add_argument("--growth", type=int, nargs="*", default=[1000, 2000, 4000, 8000])
    options.add_argument("--baseline")
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for pages in chosen.pages:
            found[f"{pages} pages"] = of_a_change(Path(scratch) / f"of {pages}", pages, chosen.baseline)
        if chosen.growth:
            found["growth"] = growth(Path(scratch), chosen.growth)
    for name, figures in found.items():
        print(f"\n{name}")
        for figure, value in figures.items():
            print(f"  {figure:<28}{value:10.3f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
