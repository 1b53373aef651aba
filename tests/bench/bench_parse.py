"""Reads a large page with guidepress, BeautifulSoup alone and lexbor alone in the same run; then 10,000 damaged pages.

`python tests/bench/bench_parse.py [--fuzzed 10000] [--jobs 2]`. Nothing is asserted about time: ratios on one machine
count. The large page is one of ours in the shell of a real site: navigation with icons, a JSON blob, a footer, about
200 kB and 3,800 tags around the same words.
"""

import argparse
import gc
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from parsed_pages import parse_file
from pipeline.blocks import read
from pipeline.config import Limits, Settings
from pipeline.pages import RawPage, page_from_bytes
from pipeline.stages.page.parse import parse_page
from places import ROOT
from tests.generations.fuzz import mutations

SAMPLE = ROOT / "raw" / "world-history" / "black-death.html"
SEED = 4
CHUNK = 250
ICON = '<svg class="h-4" viewBox="0 0 24 24"><path d="M19 9l-7 7-7-7M12 3v18"></path></svg>'


def large_page(size: int = 198_000) -> str:
    """Return a sample page in the shell of a large site: about `size` characters."""
    page = SAMPLE.read_text("utf-8")
    head, body, rest = page.partition("<body>")
    assert body
    links = "".join(
        f'<li class="group flex px-4 py-2"><a class="hover:underline" href="/subject/{number}">'
        f'<span class="mr-2">{ICON}</span><span>Subject {number}</span></a></li>'
        for number in range(625)
    )
    shell = f'<header class="sticky top-0"><nav aria-label="Subjects"><ul>{links}</ul></nav></header>'
    filler = size - len(page) - len(shell)
    blob = json.dumps(
        {"props": {"pageProps": {"entries": ["a state of the page that its script keeps"] * (filler // 44)}}}
    )
    script = f'<script id="__NEXT_DATA__" type="application/json">{blob}</script>'
    return f"{head}<body>{shell}{rest.replace('</body>', f'{script}</body>')}"


def best_of(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the best time of each way in processor seconds; they take turns, so that a busy machine is fair to all."""
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds + 1):
        for way, work in ways.items():
            gc.collect()  # what the way before has left behind is not this one's
            began = time.process_time()
            work()
            best[way] = min(best[way], time.process_time() - began)
    return best


def side_by_side(name: str, html: str, rounds: int) -> None:
    """Print what reading `html` takes: ours, and the two baselines."""
    data = html.encode()
    page = RawPage("a/b.html", data, "text/html")
    ways: dict[str, Callable[[], object]] = {
        "guidepress, bytes to blocks": partial(read, page, limits=Limits()),
        "guidepress, bytes to record": partial(parse_page, page, Settings()),
        'BeautifulSoup(html, "lxml").get_text()': lambda: BeautifulSoup(data, "lxml").get_text(),
        "lexbor alone": lambda: LexborHTMLParser(data).body,
    }
    taken = best_of(ways, rounds)
    ours = taken["guidepress, bytes to blocks"]
    print(f"\n{name}: {len(data):,} bytes, {html.count('<') // 2:,} tags")
    for way, time_taken in taken.items():
        print(f"  {way:40} {1000 * time_taken:9.2f} ms   {time_taken / ours:6.2f} times bytes to blocks")


def raw_pages() -> list[bytes]:
    """Return the bytes of all sample pages."""
    kinds = (".html", ".htm", ".txt", ".md", ".mhtml")
    return [path.read_bytes() for path in sorted(ROOT / "raw".rglob("*")) if path.suffix in kinds]


def pages_a_second(rounds: int = 3) -> None:
    """Print how many sample pages are parsed in a second of one processor."""
    pages = [page for data in raw_pages() for page in page_from_bytes(data, "a/b.html") if isinstance(page, RawPage)]
    settings = Settings()
    (taken,) = best_of({"": lambda: [parse_page(page, settings) for page in pages]}, rounds).values()
    print(f"\nsample pages to records: {len(pages) / taken:,.0f} pages a second of one processor")


def fuzzed(first: int, count: int) -> tuple[Counter[str], list[tuple[float, str, int]]]:
    """Return what became of damaged pages number `first` and on, and the time of each with its label and size."""
    became: Counter[str] = Counter()
    taken = []
    for label, data in mutations(raw_pages(), first + count, SEED, first=first):
        began = time.process_time()
        for outcome in parse_file(data, "fuzzed/page.html"):
            became["record" if outcome.records else outcome.rejects[0].code] += 1
        taken.append((time.process_time() - began, label, len(data)))
    return became, taken


def all_fuzzed(count: int, jobs: int) -> None:
    """Print what became of `count` damaged pages, and which took longest. A traceback would end it."""
    chunks = range(0, count, CHUNK)
    with ProcessPoolExecutor(jobs) as pool:
        parts = list(pool.map(fuzzed, chunks, [min(CHUNK, count - first) for first in chunks]))
    became = sum((part for part, _ in parts), Counter[str]())
    taken = sorted((one for _, part in parts for one in part), reverse=True)
    print(f"\n{count:,} damaged pages, no traceback: {', '.join(f'{n:,} {code}' for code, n in became.most_common())}")
    print(f"  median {1000 * statistics.median(one[0] for one in taken):.1f} ms; the slowest:")
    for time_taken, label, size in taken[:5]:
        print(f"  {1000 * time_taken:9.0f} ms   {size:9,} bytes   {label}")


def main() -> None:
    """Run all of it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fuzzed", type=int, default=10_000)
    options.add_argument("--jobs", type=int, default=2)
    chosen = options.parse_args()
    side_by_side("a page of a large site", large_page(), rounds=40)
    side_by_side("a plain page", SAMPLE.read_text("utf-8"), rounds=40)
    pages_a_second()
    if chosen.fuzzed:
        all_fuzzed(chosen.fuzzed, chosen.jobs)


if __name__ == "__main__":
    main()
