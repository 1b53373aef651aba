"""Parse every guide in every generation and variant, and print what came out.

python -m tests.generations.run_guides [--shared] [--gen guides-text] [--variant 3] [--show 3]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from . import render_guides_divsoup, render_guides_markdown, render_guides_shell, render_guides_text
from .guides_model import Block, GuideRenderer, GuideTruth, SectionTruth, compare_guide
from .guides_truths import GUIDES
from .run import parser

__all__ = ["RENDERERS", "check", "main", "shared_guides"]

MODULES = (render_guides_shell, render_guides_text, render_guides_markdown, render_guides_divsoup)
RENDERERS: dict[str, GuideRenderer] = {one.GENERATION: cast("GuideRenderer", one) for one in MODULES}
SHARED = Path(__file__).resolve().parents[3] / "shared" / "guides" / "truth.json"


def shared_guides() -> list[GuideTruth]:
    """Return the guides of the corpus, if it is there; their sections cut into paragraphs of three sentences."""
    if not SHARED.is_file():
        return []
    found = []
    for truth in json.loads(SHARED.read_text(encoding="utf-8")).values():
        sections = [SectionTruth(heading=s["heading"], blocks=_paragraphs(s["text"])) for s in truth["sections"]]
        questions = [{key: value for key, value in q.items() if value} for q in truth["questions"]]
        found.append(
            cast("GuideTruth", {**truth, "sections": sections, "questions": questions,
                                "authors": ["Fiveable Content Team"], "updated": "2025-09",
                                "unit_title": truth["unit_title"] or "The Whole of It"})
        )  # fmt: skip
    return found


def _paragraphs(text: str) -> list[Block]:
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", text)
    return [("p", " ".join(sentences[n : n + 3])) for n in range(0, len(sentences), 3)]


def check(generation: str, variant: int, truth: GuideTruth) -> list[str]:
    """Return what differs, is unclaimed or was rejected of one guide in one variant; nothing if all is well."""
    renderer = RENDERERS[generation]
    outcomes: list[Any] = parser()(renderer.render(truth, variant=variant), renderer.name(variant))
    records = [record for outcome in outcomes for record in outcome.records]
    if len(records) != 1:
        return [f"{len(records)} records: {[outcome.rejects for outcome in outcomes]}"]
    unclaimed = [f"unclaimed: {piece.text!r}" for outcome in outcomes for piece in outcome.ledger.unclaimed]
    return compare_guide(records[0].model_dump(mode="json"), renderer.expected(truth, variant=variant)) + unclaimed


def _tasks(options: argparse.Namespace) -> Iterator[tuple[str, int]]:
    for generation in options.gen or RENDERERS:
        for variant in range(RENDERERS[generation].VARIANTS):
            if options.variant in (None, variant):
                yield generation, variant


def main(arguments: list[str] | None = None) -> int:
    """Print a line per variant and the first differences; return 0 if every page is as it should."""
    options = argparse.ArgumentParser(prog="python -m tests.generations.run_guides", description=__doc__)
    options.add_argument("--shared", action="store_true", help="add the guides of the corpus")
    options.add_argument("--gen", action="append", choices=sorted(RENDERERS), help="repeatable")
    options.add_argument("--variant", type=int, help="this variant only")
    options.add_argument("--show", type=int, default=3, help="pages shown per variant")
    chosen = options.parse_args(arguments)
    truths = GUIDES + (shared_guides() if chosen.shared else [])
    good = True
    for generation, variant in _tasks(chosen):
        notes = [(truth["title"], found) for truth in truths if (found := check(generation, variant, truth))]
        sys.stdout.write(f"{generation:16} {variant:2} {len(truths) - len(notes):3} of {len(truths)}\n")
        for title, found in notes[: chosen.show]:
            sys.stdout.write(f"    {title}\n" + "".join(f"      {note}\n" for note in found[:4]))
        good = good and not notes
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
