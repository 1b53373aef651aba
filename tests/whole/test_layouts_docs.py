"""docs/layouts.md: the four sites that it works through come out as it says, and it names every key and field."""

import re
from pathlib import Path
from typing import get_args

import pytest

from command_runs import guidepress
from pipeline.config import Kind, LayoutSpec, ShellName, fields_of
from pipeline.records import LABELLED
from places import ROOT

TEXT = (ROOT / "docs" / "layouts.md").read_text("utf-8")
SITES = ["A WordPress course", "A Notion export", "A glossary", "Pages of one term"]


def parts(site: str) -> list[tuple[str, str, str]]:
    """Return the language, the file and the content of each fenced block of a chapter."""
    chapter = TEXT.split(f"\n## {site}\n")[1].split("\n## ")[0]
    return re.findall(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", chapter, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("site", SITES)
def test_each_worked_site_comes_out_as_the_page_says(tmp_path: Path, site: str) -> None:
    blocks = parts(site)
    assert [language for language, _, _ in blocks] == ["html", "toml", "text"]
    for _, name, content in blocks[:2]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = guidepress(["layout", "try", "guidepress.toml", "raw"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout.split("\n\n")[0]
    assert shown == blocks[2][2].rstrip("\n")
    assert "unclaimed" not in shown
    assert "finding" not in shown


def test_every_key_field_and_system_is_named() -> None:
    keys = set(LayoutSpec.model_fields) - {"name", "notices"}
    fields = {field for kind in get_args(Kind) for part in ("headings", "select") for field in fields_of(kind, part)}
    assert {
        name
        for name in keys | fields | set(get_args(ShellName))
        if f"`{name}" not in TEXT and f"layouts.{name}" not in TEXT
    } == set()


def test_every_field_behind_a_label_may_stand_in_a_layout() -> None:
    assert [
        (kind, field) for kind, names in LABELLED.items() for field in names if field not in fields_of(kind, "labels")
    ] == []
