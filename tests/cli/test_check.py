"""`guidepress check`: what is in force, who says so, and what means nothing that is there."""

import json
from pathlib import Path

import pytest

from command_runs import guidepress
from term_pages import write_pages

SETTINGS = """\
jobs = 2
language = "en"
[limits]
seconds = 5
[[defaults]]
path = "nowhere/**"
course = "Nowhere"
[[layouts]]
name = "weeks"
extends = "key-term"
path = ["weeks/**"]
[layouts.headings]
definition = ["what i did", "recapitulation"]
[[layouts]]
name = "months"
extends = "key-term"
path = ["months/**"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_pages(tmp_path / "raw", ["Alpha"])
    week = tmp_path / "raw/weeks/one.html"
    week.parent.mkdir()
    week.write_text("<h1>digging</h1><p>from class:</p><h3>Soil</h3><h2>What I did</h2><p>I dug all week.</p>")
    (tmp_path / "guidepress.toml").write_text(SETTINGS)
    return tmp_path


def test_it_names_the_file_each_value_that_is_no_default_and_who_gave_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEPRESS_STRICT", "true")
    found = json.loads(guidepress(["check", "--json", "--build", "out"], project).stdout)
    assert found["file"] == "guidepress.toml"
    assert {one["key"]: (one["value"], one["default"], one["place"]) for one in found["given"]} == {
        "jobs": ("2", "0", "guidepress.toml:1"),
        "limits.seconds": ("5.0", "2.0", "guidepress.toml:4"),
        "strict": ("true", "false", "GUIDEPRESS_STRICT"),
        "build": ('"out"', '"build"', "--build"),
    }
    text = guidepress(["check"], project).stdout
    assert "jobs = 2  (guidepress.toml:1; default 0)" in text
    assert "language" not in text  # it says the default


def test_it_names_layouts_with_their_pages_and_what_means_nothing(project: Path) -> None:
    result = guidepress(["check"], project)
    assert result.returncode == 0
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert "weeks: key_term, 1 page  (guidepress.toml:11)" in lines
    assert 'none of its pages says headings.definition: "recapitulation"' in lines
    assert 'none of its pages says headings.definition: "what i did"' not in lines
    assert any(line.startswith("months: key_term, 0 pages") for line in lines)
    assert any(line.startswith("guidepress.toml:6: `[[defaults]]` is for no page") for line in lines)
    assert any(line.startswith('guidepress.toml:17: the layout "months" is for no page') for line in lines)
    assert not (project / "build").exists()
    assert not (project / "cards.lock").exists()


def test_without_a_settings_file_all_is_at_its_default(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", ["Alpha"])
    result = guidepress(["check"], tmp_path)
    assert result.returncode == 0
    assert "no guidepress.toml: all defaults" in result.stdout
    assert json.loads(guidepress(["check", "--json"], tmp_path).stdout)["file"] is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jbos = 2\n", "guidepress.toml:1: unknown key `jbos`"),
        ('[[layouts]]\nname = "x"\nextends = "nothing"\n', "guidepress.toml:3: there is no layout `nothing` to extend"),
        ('raw = ["gone"]\n', "gone"),
    ],
)
def test_wrong_settings_are_exit_code_2(text: str, said: str, tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", ["Alpha"])
    (tmp_path / "guidepress.toml").write_text(text)
    result = guidepress(["check"], tmp_path)
    assert result.returncode == 2
    assert said in result.stderr
    assert result.stdout == ""
