"""`guidepress diff` and `guidepress lock`: what learners get, and what the lock holds, told to people and machines."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from command_runs import guidepress
from pipeline.identity import short_id
from pipeline.stages.comparing import word_diff
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
    assert "Back: The [-first-]{+only+} thing to know" in said
    assert said.endswith("6 unchanged\n")


@pytest.mark.parametrize("old", ["old/anki", "old/anki/all.apkg", "old/anki/test-studies.apkg"])
def test_an_older_build_may_be_a_folder_or_a_package(project: Path, old: str) -> None:
    found = json.loads(ran(project, "diff", old, "--json").stdout)
    assert {name: found["counts"][name] for name in ("new", "changed", "retired", "missing")} == {
        "new": 1,
        "changed": 1,
        "retired": 1,
        "missing": 4,
    }
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
        ("raw", "no decks here"),
        ("raw/test-studies/alpha.txt", "neither a deck nor a lock"),
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


def test_pruning_retires_missing_records_on_request_only(project: Path) -> None:
    before = (project / "cards.lock").read_text().splitlines()
    result = ran(project, "lock", "--prune")
    after = (project / "cards.lock").read_text().splitlines()
    assert "retired now: 4 notes of 1 missing records" in result.stdout
    assert len(before) == len(after)
    assert (sum('"retired"' in line for line in before), sum('"retired"' in line for line in after)) == (1, 5)
    assert ran(project, "lock", "--prune").returncode == 0
    assert (project / "cards.lock").read_text().splitlines() == after
    assert ran(project, "export", "anki", "--frozen").returncode == 0
    shown = (project / "build/anki/retired.txt").read_text()
    assert sum(line.count('"Id:') for line in shown.splitlines()) == 5


def test_a_frozen_lock_is_not_pruned(project: Path) -> None:
    before = (project / "cards.lock").read_bytes()
    assert ran(project, "lock", "--prune", "--frozen").returncode == 4
    assert (project / "cards.lock").read_bytes() == before


def test_a_note_is_renewed_by_the_id_on_its_card(project: Path) -> None:
    before = notes_of_lock(project)
    chosen = next(guid for guid, line in before.items() if line[1] == "question" and line[6] == "live")
    said = ran(project, "lock", "--renew", short_id(chosen)).stdout
    assert f"renewed: {short_id(chosen)} is retired" in said
    after = notes_of_lock(project)
    (new,) = after.keys() - before.keys()
    assert (after[chosen][6], after[new][6], after[new][8]) == ("retired", "live", before[chosen][8])
    assert ran(project, "export", "anki").returncode == 0
    assert notes_of_lock(project) == after
    assert short_id(chosen) in (project / "build/anki/retired.txt").read_text()


def test_notes_are_joined_by_their_ids(project: Path) -> None:
    before = notes_of_lock(project)
    missing = next(guid for guid, line in before.items() if "gamma" in line[2] and line[1] == "question")
    live = next(guid for guid, line in before.items() if "beta" in line[2] and line[1] == "question")
    found = json.loads(ran(project, "lock", "--join", short_id(missing), live, "--json").stdout)
    assert found["joined"] == {short_id(live): short_id(missing)}
    after = notes_of_lock(project)
    assert (after[missing][8], after[missing][6], after[live][6]) == (before[live][8], "live", "retired")
    assert ran(project, "export", "anki", "--frozen").returncode == 0


@pytest.mark.parametrize("option", [["--renew", "{}"], ["--join", "{}", "{}"]])
def test_a_frozen_lock_is_neither_renewed_nor_joined(project: Path, option: list[str]) -> None:
    notes = notes_of_lock(project)
    questions = {line[2].rsplit("/", 1)[-1]: guid for guid, line in notes.items() if line[1] == "question"}
    ids = [questions["gamma"], questions["beta"]]
    before = (project / "cards.lock").read_bytes()
    given = [part.format(ids[at - 1]) for at, part in enumerate(option)]
    result = ran(project, "lock", *given, "--frozen")
    assert (result.returncode, result.stderr) == (4, "the lock is frozen: nothing was written\n")
    assert (project / "cards.lock").read_bytes() == before


def test_an_id_that_is_none_and_two_wishes_at_once_are_refused(project: Path) -> None:
    result = ran(project, "lock", "--renew", "nothing")
    assert result.returncode == 2
    assert "no note of the lock has the Id or GUID 'nothing'" in result.stderr
    assert "hint:" in result.stderr
    assert ran(project, "lock", "--prune", "--renew", "nothing").returncode == 2


def notes_of_lock(folder: Path) -> dict[str, list[Any]]:
    lines = (folder / "cards.lock").read_text(encoding="utf-8").splitlines()
    return {line[0]: line for line in map(json.loads, lines) if isinstance(line, list)}


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
