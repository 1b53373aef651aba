"""`guidepress layout`: a layout tried on pages, and one suggested by them."""

import json
import re
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


def test_a_draft_lists_what_pages_have_in_common_and_reads_them(folder: Path) -> None:
    done = guidepress(["layout", "suggest", "raw/bread"], folder)
    assert done.returncode == 0
    draft = done.stdout.splitlines()
    for line in (
        'name = "bread"',
        'extends = "study-guide"',
        'path = ["bread/**"]',
        '# "resting" on 3 of 3: a section, or …?',
        '# "words" on 3 of 3: by its form vocabulary?',
        'objectives = ["in short"]',
        'vocabulary = ["words"]',
        'questions = ["ask yourself"]',
        "# repeated-2 = ['cover the bowl\\. wait an hour\\.']",
    ):
        assert line in draft
    assert any(line.startswith('# content = ["article"]') for line in draft)
    assert any(line.startswith('# drop = [".rate"]') for line in draft)
    assert any(line.startswith('# select.title = "h1"') for line in draft)
    # As somebody goes on with it: the class is given, and the candidate taken.
    text = done.stdout.replace('# course = "…"', 'course = "Baking"').replace('# drop = [".rate"]', 'drop = [".rate"]')
    (folder / "draft.toml").write_text(text, encoding="utf-8")
    tried = guidepress(["layout", "try", "draft.toml", "raw", "--json"], folder)
    assert tried.returncode == 0
    for page in json.loads(tried.stdout)["pages"]:
        (record,) = page["records"]
        assert record["fields"]["objectives"] == ["Dough rests."]
        assert record["fields"]["vocabulary"] == ["crumb: the inside of a loaf"]
        assert record["fields"]["questions"] == ["What rests?: Dough."]


def test_a_draft_for_pages_of_terms_makes_each_pair_a_record(tmp_path: Path) -> None:
    for name in ("edges", "needles"):
        terms = f"<dt>{name} a</dt><dd>One.</dd><dt>{name} b</dt><dd>Two.</dd>"
        page = f"<title>{name}</title><h1>{name}</h1><dl>{terms}</dl>"
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    done = guidepress(["layout", "suggest", "edges.html", "needles.html"], tmp_path)
    assert done.returncode == 0
    (tmp_path / "draft.toml").write_text(done.stdout.replace('# course = "…"', 'course = "Sewing"'), encoding="utf-8")
    tried = guidepress(["layout", "try", "draft.toml", "edges.html", "--json"], tmp_path)
    (page,) = json.loads(tried.stdout)["pages"]
    assert [record["fields"]["term"] for record in page["records"]] == [["edges a"], ["edges b"]]


def test_letters_over_a_glossarys_terms_are_no_sections_in_its_draft(tmp_path: Path) -> None:
    pairs = "<dl><dt>{0} one</dt><dd>The first of these words.</dd><dt>{0} two</dt><dd>The second of them.</dd></dl>"
    groups = "".join(f"<h2>{letter}</h2>{pairs.format(letter)}" for letter in ("B", "F", "X–Z"))
    page = f"<title>Ropework: Word list</title><h1>Words we use</h1>{groups}"
    (tmp_path / "words.html").write_text(page, encoding="utf-8")
    draft = guidepress(["layout", "suggest", "words.html"], tmp_path).stdout
    assert 'many = "pairs"' in draft
    assert "headings" not in draft


def test_a_draft_whose_candidates_are_all_taken_is_a_file_that_can_be_read(tmp_path: Path) -> None:
    site = '<p class="name">Bread Notes</p><p class="foot">Made by hand.</p>'
    (tmp_path / "raw").mkdir()
    for title in ("Crust", "Crumb"):
        page = PAGE.format(title=title).replace('<article class="post">', f'{site}<article class="post">')
        (tmp_path / "raw" / f"{title}.html").write_text(page, encoding="utf-8")
    draft = guidepress(["layout", "suggest", "raw"], tmp_path).stdout
    taken = re.sub(r"(?m)^# (drop|content|select\.title) =", r"\1 =", draft)
    (tmp_path / "draft.toml").write_text(taken, encoding="utf-8")
    assert 'drop = [".name", ".foot", ".rate"]' in taken
    assert 'select.title = "h1"' in taken  # the site's name is on each page
    assert guidepress(["layout", "try", "draft.toml", "raw"], tmp_path).returncode in (0, 3)


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    done = guidepress(["layout", "suggest", "raw"], tmp_path)
    assert done.returncode == 2
    assert "no page could be read there" in done.stderr


def test_trace_shows_what_a_layouts_own_rules_take_out(folder: Path) -> None:
    rules = LAYOUT.replace('drop = [".rate"]\n', "") + '[layouts.boilerplate]\nasking = ["rate this page.*"]\n'
    (folder / "guidepress.toml").write_text(rules, encoding="utf-8")
    done = guidepress(["trace", "raw/bread/dough.html", "--json"], folder)
    (page,) = json.loads(done.stdout)["pages"]
    assert [line["text"] for line in page["lines"] if line["owner"] == "[asking]"] == [
        "Rate this page, and we bake a loaf for you."
    ]
