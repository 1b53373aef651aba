"""`guidepress layout`: a layout tried on pages, and one suggested by them."""

import json
from pathlib import Path

import pytest

from command_runs import guidepress

PAGE = """<html><head><title>{title} | Bread Notes</title></head><body><article class="post"><h1>{title}</h1>
<h2>In short</h2><ul><li>Dough rests.</li></ul><h2>Resting</h2><p>Cover the bowl. Wait an hour.</p>
<h2>Words</h2><ul><li><b>crumb</b>: the inside of a loaf</li></ul>
<h2>Ask yourself</h2><details><summary>What rests?</summary><p>Dough.</p></details>
<p class="rate">Rate this page, and we bake a loaf for you.</p></article></body></html>"""
LAYOUT = """
[[layouts]]
name = "bread"
extends = "study-guide"
path = ["bread/**"]
course = "Baking"
publisher = "Bread Notes"
drop = [".rate"]
[layouts.headings]
objectives = ["in short"]
vocabulary = ["words"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw" / "bread").mkdir(parents=True)
    for title in ("Dough", "Crust", "Leaven"):
        (tmp_path / "raw" / "bread" / f"{title.lower()}.html").write_text(PAGE.format(title=title), encoding="utf-8")
    (tmp_path / "bread.toml").write_text(LAYOUT, encoding="utf-8")
    return tmp_path


def test_trying_a_layout_shows_each_field_and_what_is_left_without_a_build(folder: Path) -> None:
    done = guidepress(["layout", "try", "bread.toml", "raw/bread/dough.html"], folder)
    assert done.returncode == 0
    shown = done.stdout.splitlines()
    assert "bread/dough.html" in shown
    assert "  bread-notes/baking/guide/dough  (bread)" in shown
    for line in (
        "course: Baking",
        "title: Dough",
        "objectives: Dough rests.",
        "vocabulary: crumb: the inside of a loaf",
    ):
        assert f"    {line}" in shown
    assert any(line.startswith("    sections: 2") for line in shown)
    assert "  no content, in characters: .rate 34, heading 12, separator 1" in shown
    assert not (folder / "build").exists()


def test_trying_a_layout_on_a_folder_tells_what_each_page_lacks(folder: Path) -> None:
    (folder / "raw" / "bread" / "note.html").write_text("<p>Back soon.</p>", encoding="utf-8")
    done = guidepress(["layout", "try", "bread.toml", "raw", "--json"], folder)
    assert done.returncode == 3
    pages = {page["path"]: page for page in json.loads(done.stdout)["pages"]}
    assert sorted(pages) == [f"bread/{name}.html" for name in ("crust", "dough", "leaven", "note")]
    ((_, reject),) = pages["bread/note.html"]["rejects"]
    assert "no title found" in reject
    assert reject.splitlines()[-2:] == ["[layouts.select]", 'title = "h1"']


def test_a_layout_with_a_mistake_is_told_before_any_page_is_read(folder: Path) -> None:
    (folder / "bread.toml").write_text(LAYOUT.replace("vocabulary", "vocabulry"), encoding="utf-8")
    done = guidepress(["layout", "try", "bread.toml", "raw"], folder)
    assert done.returncode == 2
    assert "did you mean `vocabulary`?" in done.stderr
