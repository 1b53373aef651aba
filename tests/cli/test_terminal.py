"""What a run says on the screen: by cause, the most pages first; loud, quiet, coloured or not, wide or narrow."""

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console

from command_runs import guidepress
from pipeline.report.saying import Line, say
from term_pages import write_pages

NO_LAYOUT = "<h1>My week {}</h1><p>I walked the dog and cooked soup.</p>"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("causes")
    write_pages(folder / "raw", ["Alpha", "Beta"])
    raw = folder / "raw"
    for number in range(5):
        (raw / f"week-{number}.html").write_text(NO_LAYOUT.format(number))
    for name in "ab":
        (raw / f"empty-{name}.html").write_text("")
    (raw / "binary.html").write_bytes(bytes(range(256)) * 9)
    page = "<h1>{0}</h1><p>from class:</p><h3>Soil</h3><h2>Definition</h2><p>{0} is what we dig in.</p>{1}"
    for name in ("loam", "peat", "clay", "sand"):
        (raw / f"{name}.html").write_text(page.format(name, "<h2>Weather</h2><p>It rains.</p>"))
    (raw / "silt.html").write_text(page.format("silt", "<h2>5 Must Know Facts</h2><ol><li>It settles.</li></ol>"))
    assert guidepress(["parse", "--jobs", "1"], folder).returncode == 3
    return folder


def said(project: Path, *options: str) -> list[str]:
    return guidepress(["parse", "--jobs", "1", *options], project).stderr.splitlines()


def headlines(lines: list[str]) -> list[str]:
    return [line.split(":")[0] for line in lines if not line.startswith(" ")]


def test_causes_come_by_level_the_gravest_last_and_of_a_level_the_most_pages_first(project: Path) -> None:
    told = headlines(said(project))
    assert told[-3:] == ["no-layout", "empty", "binary"]
    assert told.index("unclaimed-text") < told.index("count-differs") < told.index("no-layout")


def test_of_each_cause_three_pages_are_named_then_how_many_more_then_what_to_do(project: Path) -> None:
    lines = said(project)
    start = lines.index("no-layout: 5 pages rejected: no layout knows this kind of page")
    assert lines[start + 1].startswith("  raw/week-0.html: no layout knows this page")
    assert lines[start + 2 : start + 5] == [
        "  raw/week-1.html",  # which says the same
        "  raw/week-2.html",
        "  … and 2 more pages: -v shows all",
    ]
    assert lines[start + 5].startswith("  hint: ")
    assert not lines[start + 6].startswith(" ")


def test_verbose_names_every_page_and_says_all_that_was_found(project: Path) -> None:
    lines = said(project, "-v")
    assert [f"raw/week-{number}.html" in " ".join(lines) for number in range(5)] == [True] * 5
    assert not [line for line in lines if "more page" in line or line.endswith("…")]
    assert sum("the page has headings: My week" in line for line in lines) == 5


def test_quiet_prints_what_fails_and_no_table(project: Path) -> None:
    result = guidepress(["parse", "--jobs", "1", "--quiet"], project)
    assert (result.returncode, result.stdout) == (3, "")
    assert headlines(result.stderr.splitlines()) == ["no-layout", "empty", "binary"]
    both = guidepress(["parse", "-q", "-v"], project)
    assert both.returncode == 2


def test_quiet_and_verbose_leave_the_json_as_it_is(project: Path) -> None:
    plain, quiet, verbose = (
        json.loads(guidepress(["parse", "--jobs", "1", "--json", *options], project).stdout)
        for options in ((), ("-q",), ("-v",))
    )
    for one in (plain, quiet, verbose):
        del one["seconds"]
    assert plain == quiet == verbose


def test_colours_are_for_terminals_and_can_be_switched_off(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in "".join(said(project))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[1;31mno-layout\x1b[0m" in "".join(said(project))
    for command in (["parse", "--jobs", "1", "--no-color"], ["--no-color", "parse", "--jobs", "1"]):
        result = guidepress(command, project)
        assert not re.search(r"\x1b\[[\d;]*m", result.stderr + result.stdout)
    monkeypatch.setenv("NO_COLOR", "1")
    result = guidepress(["status"], project)
    assert "\x1b" not in result.stdout
    assert not re.search(r"\x1b\[[\d;]*m", "".join(said(project)))


def test_while_pages_are_parsed_a_terminal_shows_how_many_of_how_many(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    files = sum(path.is_file() for path in (project / "raw").rglob("*"))
    plain = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", "".join(said(project)))
    assert re.search(rf"parse \S+ +0/{files} ", plain)


def test_a_trace_is_as_wide_as_its_terminal_and_elsewhere_its_lines_stay_whole(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    lines = guidepress(["trace", "test-studies/alpha.txt"], project).stdout.splitlines()
    told = "congrats on reading the definition of Alpha. now let's actually learn it."
    assert [line for line in lines if line.endswith(f"  {told}")]
    assert all(line == line.rstrip() for line in lines)
    monkeypatch.setenv("COLUMNS", "60")
    narrow = guidepress(["trace", "test-studies/alpha.txt"], project).stdout.splitlines()
    assert max(map(len, narrow)) <= 60
    assert len(narrow) > len(lines)


@pytest.mark.parametrize("width", [20, 40, 80])
def test_long_lines_hang_on_a_terminal_and_no_word_is_cut(width: int) -> None:
    stream = io.StringIO()
    path = "raw/" + "a-very-long-name/" * 6 + "page.html"
    text = f"  {path}: expected a page of text, found 土壌土壌土壌 and bytes that are no text at all"
    say(Console(file=stream, width=width, force_terminal=True, color_system=None), Line(text, 4, "bold"))
    lines = stream.getvalue().splitlines()
    assert " ".join(" ".join(lines).split()) == " ".join(text.split())
    assert path in lines[0]
    assert all(line.startswith("    ") and len(line) <= width for line in lines[1:])
    assert len(lines) > 2
    stream = io.StringIO()
    say(Console(file=stream, width=width), Line(text))
    assert stream.getvalue() == text + "\n"
