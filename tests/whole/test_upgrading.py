"""A project of guidepress 0.1.0 (its settings, lock, build and state as that version left them) goes on in this one."""

import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest

from anki_learner import TROUBLE, Learner
from command_runs import guidepress
from pipeline.identity import read_lock
from places import SAMPLES

BEFORE = SAMPLES / "upgrading" / "0.1.0"
# Which lines a version words otherwise is its own affair (`updated`): reviews hang on the notes themselves.
CHANGES = ("new", "retired_now", "retired", "missing")
BUILD = ["export", "anki", "json"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = shutil.copytree(BEFORE, tmp_path / "project")
    with zipfile.ZipFile(folder / "build.zip") as archive:
        archive.extractall(folder)
    (folder / "build.zip").unlink()
    return folder


def old_lines() -> dict[str, list[object]]:
    """Return the notes of 0.1.0's lock by their GUID, as that version wrote them."""
    lines = [json.loads(line) for line in (BEFORE / "cards.lock").read_text(encoding="utf-8").splitlines()]
    return {line[0]: line for line in lines if isinstance(line, list)}


def test_the_settings_are_read_and_none_means_nothing(project: Path) -> None:
    done = guidepress(["check", "--json"], project)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {one["key"]: one["value"] for one in told["given"]} == {"jobs": "1", "anki.root": '"Sewing School"'}
    assert [(one["name"], one["pages"], one["idle"]) for one in told["layouts"]] == [
        ("acme-words", 1, []),
        ("school-notes", 1, []),
    ]
    assert told["idle_paths"] == []


@pytest.mark.parametrize("old", [[], ["cards.lock"], ["build"]])
def test_before_the_first_build_diff_tells_what_it_will_change_and_no_note_comes_or_goes(
    project: Path, old: list[str]
) -> None:
    done = guidepress(["diff", *old, "--json"], project)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["new"], told["retired"], told["taken_over"]) == ([], [], [])
    assert len(told["changed"]) + told["unchanged"] == len(old_lines())
    assert (project / "cards.lock").read_bytes() == (BEFORE / "cards.lock").read_bytes()


@pytest.mark.parametrize("state", ["as it was", "of an older version", "of a later version", "damaged", "lost"])
def test_no_card_is_new_and_no_line_of_the_lock_is_lost_whatever_became_of_the_state(project: Path, state: str) -> None:
    file = project / "build/.state/state.sqlite3"
    if state in ("of an older version", "of a later version"):
        with sqlite3.connect(file) as database:
            database.execute("DROP TABLE findings")
            database.execute(f"PRAGMA user_version = {2 if 'older' in state else 99}")
        database.close()
    elif state == "damaged":
        file.write_bytes(file.read_bytes()[:5000])
    elif state == "lost":
        shutil.rmtree(file.parent)
    done = guidepress([*BUILD, "--json"], project)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["records"], report["parsed"]) == (4, 3)  # another version may read otherwise: all are read again
    assert {change: report["identity"][change] for change in CHANGES} == dict.fromkeys(CHANGES, 0)
    after = {line.guid: line for line in read_lock(project / "cards.lock").lines}
    assert {guid: (line.kind, line.identity_key, line.due, line.state) for guid, line in after.items()} == {
        guid: (line[1], line[3], line[5], line[6]) for guid, line in old_lines().items()
    }
    again = guidepress([*BUILD, "--json", "--frozen"], project)
    assert (again.returncode, json.loads(again.stdout)["parsed"]) == (0, 0)


def test_a_learner_of_the_old_decks_gets_no_card_twice(project: Path, tmp_path: Path) -> None:
    learner = Learner(tmp_path / "learner")
    assert learner.imports(project / "build/anki/all.apkg")["new"] == len(old_lines())
    cards = learner.studies("Sewing School", 5)
    assert len(cards) == 5
    page = project / "raw/sewing/bobbin.txt"
    page.write_text(page.read_text(encoding="utf-8").replace("runs empty before", "is empty before"), encoding="utf-8")
    assert guidepress(BUILD, project).returncode == 0
    rows = learner.card_rows()
    assert learner.imports(project / "build/anki/all.apkg")["new"] == 0
    # Note types of 0.2.0 have fields more: without these choices Anki leaves the notes as they were.
    got = learner.imports(project / "build/anki/all.apkg", of_other_note_types=True)
    assert got["new"] == 0
    assert got["updated"] >= 1
    assert not any(got[trouble] for trouble in TROUBLE)
    assert learner.card_rows().keys() == rows.keys()
    assert len(learner.reviews()) == 5
    page.write_text(page.read_text(encoding="utf-8").replace("small spool", "little spool"), encoding="utf-8")
    assert guidepress(BUILD, project).returncode == 0
    got = learner.imports(project / "build/anki/all.apkg")
    assert (got["new"], got["updated"], got["conflicting"]) == (0, 1, 0)
    learner.close()
