"""Small inputs on which something was wrong: `tests/samples/gate.json` says the right value of each.

The pages lie beside a checkout of the project, in our own words; a clone without them tests the kinds by other tests.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from command_runs import guidepress
from places import SAMPLES, SHARED

CASES = SHARED / "cases" / "gate"
RIGHT: Mapping[str, Any] = json.loads((SAMPLES / "gate.json").read_text("utf-8"))


def _text(rich: Mapping[str, Any] | None) -> str | None:
    return rich["text"] if rich else None


def said(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record says, as plain text; what it lacks is left out."""
    pairs = {"related_terms", "vocabulary"}
    found: dict[str, Any] = {
        "course": record["course"]["title"],
        "publisher": record["publisher"],
        "unit": record.get("unit"),
    }
    for name in ("term", "title", "definition", "lead"):
        found[name] = _text(record.get(name))
    for name in ("facts", "objectives"):
        found[name] = [_text(item) for item in record.get(name, ())]
    for name in pairs:
        found[name] = [[_text(item["term"]), _text(item["definition"])] for item in record.get(name, ())]
    found["sections"] = [[_text(item["heading"]), _text(item["body"])] for item in record.get("sections", ())]
    found["questions"] = [
        [_text(item["question"]), [*map(_text, item["choices"])], _text(item["answer"]), _text(item["explanation"])]
        for item in record["questions"]
    ]
    return {name: value for name, value in found.items() if value}


def outcome(case: Path, folder: Path, raw: str = "raw", config: str = "guidepress.toml") -> dict[str, Any]:
    """Parse a case as a person would, and return what came out."""
    shutil.copytree(case, folder, dirs_exist_ok=True)
    if not (folder / config).exists():
        (folder / config).touch()
    result = guidepress(["parse", "--raw", raw, "--build", "build", "--config", config], folder)
    if result.returncode == 2:
        return {"exit": 2}
    build = folder / "build"
    records, rejects, findings = (
        [json.loads(line) for line in (build / name).read_text("utf-8").splitlines()]
        for name in ("records.jsonl", "rejects.jsonl", "findings.jsonl")
    )
    return {
        "exit": result.returncode,
        "records": {record["id"]: said(record) for record in records},
        "rejects": [[reject["path"], reject["code"]] for reject in rejects],
        "findings": sorted({f"{finding['path']} {finding['code']}" for finding in findings}),
    }


@pytest.mark.skipif(not CASES.is_dir(), reason="no folder of cases beside the project")
@pytest.mark.parametrize("name", sorted(RIGHT))
def test_a_case_of_the_gate_is_read_rightly_or_told(name: str, tmp_path: Path) -> None:
    case, _, variant = name.partition(" ")
    raw, config = variant.split() if variant else ("raw", "guidepress.toml")
    assert outcome(CASES / case, tmp_path / "case", raw, config) == RIGHT[name]


@pytest.mark.skipif(not CASES.is_dir(), reason="no folder of cases beside the project")
def test_every_case_has_its_right_value() -> None:
    assert {name.split()[0] for name in RIGHT} == {case.name for case in CASES.iterdir() if case.is_dir()}
