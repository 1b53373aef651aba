"""`guidepress diff` and `guidepress lock`: what learners get, and what the lock holds, told to people and machines."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from command_runs import guidepress
from pipeline.stages.inspecting.diff import word_diff
from term_pages import FACTS, term_page, write_pages


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an older build in `old`, and a newer one in `build`."""
    tmp_path = tmp_path_factory.mktemp("project")
    raw = write_pages(tmp_path / "raw")
    assert ran(tmp_path, "export", "anki").returncode == 0
    shutil.copytree(tmp_path / "build", tmp_path / "old")
    pages = raw / "test-studies"
    pages.joinpath("alpha.txt").write_text(term_page("Alpha", facts=(FACTS[0].replace("first", "only"), FACTS[1])))
    pages.joinpath("beta.txt").write_text(
        term_page("Beta", facts=(FACTS[0], "Nobody had told or written of this in a book before 1900."))
    )
    pages.joinpath("gamma.txt").unlink()
    assert ran(tmp_path, "export", "anki").returncode == 0
    return tmp_path


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """Return a folder like `built`, to change as one likes."""
    return shutil.copytree(built, tmp_path / "project")


def ran(folder: Path, *arguments: str) -> Any:
    return guidepress(arguments, folder)


def test_a_diff_says_which_notes_are_new_changed_retired_and_missing(project: Path) -> None:
    said = ran(project, "diff", "old").stdout
    assert "1 new\n" in said
    assert "1 changed\n" in said
    assert "1 retired" in said
    assert "4 missing" in said
    assert "Back: The [-first-]{+only+} thing to know about Alpha was said in 1847." in said
    assert said.endswith("6 unchanged\n")


@pytest.mark.parametrize("old", ["old/anki", "old/anki/all.apkg", "old/anki/test-studies.apkg"])
def test_an_older_build_may_be_a_folder_or_a_package(project: Path, old: str) -> None:
    found = json.loads(ran(project, "diff", old, "--json").stdout)
    assert found["counts"] == {"new": 1, "changed": 1, "retired": 1, "missing": 4}
    (change,) = found["changed"]
    assert change["fields"] == [
        {
            "field": "Back",
            "old": "The first thing to know about Alpha was said in 1847.",
            "new": "The only thing to know about Alpha was said in 1847.",
        }
    ]


def test_a_package_of_one_course_is_compared_with_that_course(project: Path) -> None:
    write_pages(project / "raw", ["Delta"], "Other Studies")
    assert ran(project, "export", "anki").returncode == 0
    assert json.loads(ran(project, "diff", "old/anki/test-studies.apkg", "--json").stdout)["counts"]["new"] == 1
    assert json.loads(ran(project, "diff", "old", "--json").stdout)["counts"]["new"] == 5


def test_a_build_compared_with_itself_has_nothing_new(project: Path) -> None:
    assert ran(project, "diff", "build").stdout == "8 unchanged\n"


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("nowhere", "nothing here"),
        ("raw", "no decks of the older build"),
        ("cards.lock", "damaged"),
    ],
)
def test_what_is_no_build_is_told_with_what_to_do(project: Path, old: str, said: str) -> None:
    result = ran(project, "diff", old)
    assert result.returncode == 2
    assert said in result.stderr
    assert "hint:" in result.stderr


def test_words_are_compared_as_words() -> None:
    assert word_diff("a cat sat", "a dog sat") == [
        ("same", "a "),
        ("gone", "cat"),
        ("new", "dog"),
        ("same", " sat"),
    ]


def test_the_lock_says_what_it_holds(project: Path) -> None:
    found = json.loads(ran(project, "lock", "--json").stdout)
    assert found["live"] == {"fact": 6, "key_term": 3, "question": 3}
    assert (found["retired"], found["missing"]) == (1, 4)
    assert len(found["missing_records"]) == 1
    assert "missing notes: 4 of 1 records" in ran(project, "lock").stdout


def test_pruning_forgets_missing_records_on_request_only(project: Path) -> None:
    before = (project / "cards.lock").read_text().splitlines()
    result = ran(project, "lock", "--prune")
    after = (project / "cards.lock").read_text().splitlines()
    assert "taken out: 4 notes of 1 missing records" in result.stdout
    assert len(before) - len(after) == 4
    assert any('"retired"' in line for line in after)
    assert ran(project, "lock", "--prune").returncode == 0
    assert (project / "cards.lock").read_text().splitlines() == after
    assert ran(project, "export", "anki", "--frozen").returncode == 0


def test_a_frozen_lock_is_not_pruned(project: Path) -> None:
    before = (project / "cards.lock").read_bytes()
    assert ran(project, "lock", "--prune", "--frozen").returncode == 4
    assert (project / "cards.lock").read_bytes() == before


def test_a_damaged_lock_stops_every_command_and_is_left_alone(project: Path) -> None:
    lock = project / "cards.lock"
    damaged = lock.read_text().replace('"live"', '"lively"', 1)
    lock.write_text(damaged)
    for command in (["export", "anki"], ["lock"], ["lock", "--prune"], ["diff", "old"]):
        result = ran(project, *command)
        assert result.returncode == 2, command
        assert "cards.lock:" in result.stderr
        assert "unknown kind or state" in result.stderr
    assert lock.read_text() == damaged


def test_frozen_fails_where_the_lock_would_change_and_writes_nothing(project: Path) -> None:
    before = (project / "cards.lock").read_bytes()
    assert ran(project, "export", "anki", "--frozen").returncode == 0
    write_pages(project / "raw", ["Delta"])
    assert ran(project, "export", "anki", "--frozen").returncode == 4
    assert (project / "cards.lock").read_bytes() == before
