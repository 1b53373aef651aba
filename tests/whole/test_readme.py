"""What the README shows is run: its examples of layouts and defaults, and the commands that it names."""

import re
from pathlib import Path

from command_runs import guidepress
from pipeline.cli.app import cli
from pipeline.records import load_record
from places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the README's code blocks of that language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def records_of(folder: Path) -> list[object]:
    """Run `guidepress parse` in a folder and return its records."""
    done = guidepress(["parse", "--jobs", "1"], folder)
    assert done.returncode == 0, done.stderr
    return [load_record(line) for line in (folder / "build/records.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_glossary_layout_gives_a_record_of_each_term(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/sewing.html").write_text(blocks("html")[0], encoding="utf-8")
    layout = next(block for block in blocks("toml") if "acme-glossary" in block)
    (tmp_path / "guidepress.toml").write_text(layout, encoding="utf-8")
    ids = [record.id for record in records_of(tmp_path)]
    assert ids == [f"acme-crafts/sewing-basics/{term}" for term in ("basting", "bobbin", "selvage")]
    report = (tmp_path / "build/report.json").read_text(encoding="utf-8")
    assert "unclaimed-text" not in report


def test_the_defaults_give_the_course_that_a_text_lacks(tmp_path):
    (tmp_path / "raw/ap-bio").mkdir(parents=True)
    page = """osmosis

Definition

Water's way through a membrane.

congrats on reading the definition of osmosis. now let's actually learn it.

1 Must Know Facts For Your Next Test

  1. It needs no energy.
"""
    (tmp_path / "raw/ap-bio/osmosis.txt").write_text(page, encoding="utf-8")
    (tmp_path / "guidepress.toml").write_text(blocks("toml")[0], encoding="utf-8")
    (record,) = records_of(tmp_path)
    assert record.course.title == "AP Biology"
    assert record.source.given == ("course",)


def test_every_command_has_its_line_in_the_readme():
    listed = README.split("## Commands")[1].split("\n## ")[0]
    assert [name for name in cli.list_commands(None) if not re.search(rf"\b{name}\b", listed)] == []
