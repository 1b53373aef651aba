"""Damage right pages one thing at a time, and count the records that are wrong with nothing told.

python -m tests.silent.run [--count 2000] [--seed 20261128] [--own] [--alone] [--show 3] [--keep DIR]

Pages are made in folders of ten of one site's form, half of them damaged (`--alone`: each in a folder of its own, where
no neighbour judges it); then everything is parsed in one run. A wrong record is told of if a finding names it and a
field that is wrong, or what is missing in it, or what the damage brought.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.generations import run as term_pages
from tests.generations import run_guides as guide_pages
from tests.generations.check import compare
from tests.generations.guides_model import compare_guide
from tests.generations.guides_truths import GUIDES
from tests.generations.truths import TRUTHS
from tests.silent.damages import KINDS, Damage, damage

__all__ = ["Figures", "main", "measure"]

FOLDER = 10
DAMAGED = 5
# Findings that tell a cause once, for all pages of a folder.
CAUSES = ("repeated-text", "shared-text", "unknown-heading")
# What the comparisons call a field -> the record's field.
FIELDS: Mapping[str, str] = {
    "answers": "questions", "related terms": "related_terms", "related definitions": "related_terms",
    "also found in": "also_found_in", "unit number": "unit", "unit title": "unit", "headings": "sections",
    "words": "vocabulary", "definitions": "vocabulary", "choices": "questions", "explanations": "questions",
}  # fmt: skip


@dataclass
class Page:
    """A page of the measurement: what it says, and what was done to it."""

    path: str
    truth: Any
    kind: str
    damage: Damage | None


@dataclass
class Figures:
    """What came out."""

    rows: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    shown: list[str] = field(default_factory=list)

    @property
    def silent(self) -> int:
        """How many damaged pages gave a wrong record with nothing told."""
        return sum(row["silent"] for kind, row in self.rows.items() if kind)

    @property
    def damaged(self) -> int:
        """How many pages were damaged."""
        return sum(row["pages"] for kind, row in self.rows.items() if kind)


def _sites(shared: bool) -> list[tuple[str, Any, int, Sequence[Any]]]:
    """Return every form of page that is HTML: the kind of record, its renderer, its variant, its truths."""
    # A folder's pages are of one book, or each of another: one page of another course would rightly be told.
    books: list[tuple[str, Mapping[str, Any], Sequence[Any]]] = [
        ("term", term_pages.RENDERERS, TRUTHS), ("guide", guide_pages.RENDERERS, GUIDES),
    ]  # fmt: skip
    if shared:
        terms = list(json.loads(term_pages.SHARED.read_text(encoding="utf-8")).values())
        books += [("term", term_pages.RENDERERS, terms), ("guide", guide_pages.RENDERERS, guide_pages.shared_guides())]
    found: list[tuple[str, Any, int, Sequence[Any]]] = []
    for name, renderers, truths in books:
        for generation, renderer in renderers.items():
            if generation in ("damaged", "mhtml", "markdown"):
                continue
            for variant in range(renderer.VARIANTS):
                if (
                    renderer.render(truths[0], variant=variant)[:200]
                    .lstrip()
                    .lower()
                    .startswith((b"<!doctype", b"<html"))
                ):
                    found.append((name, renderer, variant, truths))
    return found


def _make(raw: Path, count: int, dice: random.Random, *, shared: bool, alone: bool) -> list[Page]:
    """Write folders of pages, or each page `alone` in one, until `count` are damaged."""
    sites = _sites(shared)
    weights = [
        1 if name == "term" else sum(s[0] == "term" for s in sites) / sum(s[0] == "guide" for s in sites)
        for name, *_ in sites
    ]
    pages: list[Page] = []
    number = done = 0
    while done < count:
        name, renderer, variant, truths = dice.choices(sites, weights)[0]
        folder = f"f{number:04d}"
        number += 1
        for place, truth in enumerate(dice.sample(list(truths), min(FOLDER, len(truths)))):
            data = renderer.render(truth, variant=variant)
            what = None
            if place < DAMAGED and done < count and (made := damage(data.decode("utf-8"), dice)):
                data, what = made[0].encode(), made[1]
                done += 1
            path = f"{folder}-{place}/p{place}.html" if alone else f"{folder}/p{place}.html"
            (raw / path).parent.mkdir(parents=True, exist_ok=True)
            (raw / path).write_bytes(data)
            pages.append(Page(path, renderer.expected(truth, variant=variant), name, what))
    return pages


def measure(count: int, seed: int, folder: Path, *, shared: bool = False, alone: bool = False) -> Figures:
    """Make the pages below `folder`, parse them, and judge what came out."""
    raw, build = folder / "raw", folder / "build"
    pages = _make(raw, count, random.Random(seed), shared=shared, alone=alone)
    # One truth stands in many folders: each folder is a site of its own.
    config = folder / "guidepress.toml"
    folders = sorted({page.path.split("/")[0] for page in pages})
    config.write_text("".join(f'[[defaults]]\npath = "{name}/**"\nid_prefix = "{name}"\n' for name in folders))
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "parse",
        "--raw",
        str(raw),
        "--build",
        str(build),
        "--config",
        str(config),
    ]
    done = subprocess.run([*command, "--lock", str(folder / "cards.lock")], check=False, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise SystemExit(f"exit {done.returncode}: {done.stderr[-2000:]}")
    return _judge(pages, build)


def _lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as handle:
        yield from map(json.loads, handle)


def _judge(pages: Sequence[Page], build: Path) -> Figures:
    records = defaultdict(list)
    for record in _lines(build / "records.jsonl"):
        records[record["source"]["path"]].append(record)
    rejects = {reject["path"]: reject for reject in _lines(build / "rejects.jsonl")}
    findings, causes = defaultdict(list), defaultdict(list)
    for finding in _lines(build / "findings.jsonl"):
        if finding["code"] in CAUSES:
            causes[finding["path"].rpartition("/")[0]].append(finding)
        for path in {finding["path"], *(example.rsplit(":", 1)[0] for example in finding.get("examples") or ())} - {
            None
        }:
            findings[path].append(finding)
    figures = Figures()
    for page in pages:
        row = figures.rows[page.damage.kind if page.damage else ""]
        row["pages"] += 1
        told = [*findings[page.path], *causes[page.path.rpartition("/")[0]]]
        if any(finding["level"] == "doubt" for finding in findings[page.path]):
            row["doubted"] += 1
        if page.path in rejects:
            row["reject"] += 1
            continue
        differences = [
            difference
            for record in records[page.path][:1]
            for difference in (compare if page.kind == "term" else compare_guide)(record, page.truth)
        ]
        if len(records[page.path]) != 1:
            differences.append(f"records: {len(records[page.path])} instead of one")
        differences = [one for one in differences if page.damage is None or not _is_truth(one, page.damage)]
        if not differences:
            row["right"] += 1
        elif any(_tells(finding, differences, page.damage) for finding in told):
            row["told"] += 1
        else:
            row["silent"] += 1
            label = f"{page.damage.kind} {page.damage.words}" if page.damage else "undamaged"
            figures.shown.append(
                f"{label[:150]}\n    {page.path}\n" + "".join(f"      {one[:240]}\n" for one in differences[:3])
            )
    return figures


def _is_truth(difference: str, done: Damage) -> bool:
    """Say whether a record rightly says what the damage made of its page: a byline, a heading of a guide's own."""
    if done.kind == "heading renamed":
        return (
            difference.startswith("headings ")
            and " for " not in difference
            and all(w in difference for w in done.words)
        )
    return done.words[0].startswith("By ") and difference.startswith("authors")


def _tells(finding: Mapping[str, Any], differences: Sequence[str], done: Damage | None) -> bool:
    wrong = {_field(difference) for difference in differences}
    named = re.split(r"[\[.]", finding.get("field") or "")[0]
    if named and named in wrong:
        return True
    value = re.sub(r"^\W*\d+[.)]?\s*", "", finding.get("value") or "").strip()[:40]
    if len(value) > 12 and any(value in difference for difference in differences):
        return True
    said = " ".join(str(finding.get(key) or "") for key in ("value", "message", "signs")).casefold()
    return done is not None and any(len(word) > 3 and word[:60].casefold() in said for word in done.words)


def _field(difference: str) -> str:
    name = re.sub(r" \d+$| \(.*\)$", "", difference.split(":", maxsplit=1)[0])
    return FIELDS.get(name, name)


def main(arguments: list[str] | None = None) -> int:
    """Print a line for each kind of damage, and the sums."""
    options = argparse.ArgumentParser(prog="python -m tests.silent.run", description=__doc__)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--seed", type=int, default=20261128)
    options.add_argument(
        "--own", action="store_true", help="only our own truths, though a corpus lies beside the project"
    )
    options.add_argument("--alone", action="store_true", help="each page in a folder of its own")
    options.add_argument("--show", type=int, default=0, help="silent pages shown")
    options.add_argument("--keep", type=Path, help="work in this folder, and leave it")
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        figures = measure(
            chosen.count,
            chosen.seed,
            chosen.keep or Path(temporary),
            shared=term_pages.SHARED.is_file() and not chosen.own,
            alone=chosen.alone,
        )
    heads = ("pages", "right", "told", "silent", "reject", "doubted")
    out = sys.stdout
    out.write(f"{'damage':22} {' '.join(f'{head:>8}' for head in heads)}\n")
    for kind in (*KINDS, ""):
        out.write(f"{kind or '(undamaged)':22} {' '.join(f'{figures.rows[kind][head]:8}' for head in heads)}\n")
    damaged = figures.damaged
    rejected = sum(row["reject"] for kind, row in figures.rows.items() if kind)
    right = figures.rows[""]
    out.write(f"silently wrong: {figures.silent} of {damaged} damaged ({figures.silent / damaged:.2%}); ")
    out.write(
        f"rejects {rejected / damaged:.2%}; undamaged with a doubt {right['doubted'] / max(right['pages'], 1):.2%}\n"
    )
    for shown in figures.shown[: chosen.show]:
        out.write(shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
