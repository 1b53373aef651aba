"""`guidepress docs`: what is printed is the file, from a checkout as from a wheel."""

import pytest
from click.testing import CliRunner

from pipeline.cli.commands.looking import docs_command
from places import ROOT


@pytest.fixture
def told():
    def run(*arguments: str):
        return CliRunner().invoke(docs_command.command, arguments)

    return run


def test_every_page_is_listed_with_its_heading(told):
    listed = dict(line.split("  ", 1) for line in told().output.splitlines())
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")} | {"readme", "changelog"}
    assert {name.strip() for name in listed} == pages
    assert all(title.strip() for title in listed.values())


@pytest.mark.parametrize("asked", ["layouts", "docs/layouts.md", "Layouts"])
def test_a_page_is_printed_as_it_is(told, asked):
    assert told(asked).output.strip() == (ROOT / "docs/layouts.md").read_text("utf-8").strip()


def test_an_unknown_page_names_those_there_are(told):
    result = told("lay")
    assert result.exception.exit_code == 2
    assert "layouts" in str(result.exception)


def test_a_browser_gets_html_with_its_pictures_beside_it(told, monkeypatch):
    opened = []
    monkeypatch.setattr("click.launch", opened.append)
    assert told("anki", "--open").exit_code == 0
    page = docs_command.Path(opened[0].removeprefix("file://"))
    assert "<h1>" in page.read_text("utf-8")
    assert (page.parent / "img").is_dir()


def test_without_a_checkout_the_wheels_pages_are_found(told, monkeypatch, tmp_path):
    monkeypatch.setattr(docs_command, "__file__", str(tmp_path / "a/b/c/docs_command.py"))

    class Installed:
        suffix = ".md"

        def __str__(self):
            return "../../../share/doc/guidepress/anki.md"

        def locate(self):
            return ROOT / "docs/anki.md"

    monkeypatch.setattr(docs_command.importlib.metadata, "files", lambda name: [Installed()])
    assert told("anki").output.strip() == (ROOT / "docs/anki.md").read_text("utf-8").strip()


def test_a_mistyped_page_is_told_with_the_nearest(told):
    assert "did you mean `tutorial`?" in str(told("tutorail").exception)
