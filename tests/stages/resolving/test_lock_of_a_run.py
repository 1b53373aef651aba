"""The lock of a run: kept from other runs while it is read and written, and never believed when it lost lines."""

import json
import multiprocessing
import shutil
import sqlite3
import subprocess
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from command_runs import guidepress
from forked_commands import Forked
from pipeline.config import SurroundingsError
from pipeline.stages.resolving import held_lock
from term_pages import term_page, write_pages


def hold(lock: Path, ours: Connection) -> None:
    """Hold the lock until the other end is closed."""
    with held_lock(lock, 10, never):
        ours.send("held")
        with suppress(EOFError):
            ours.recv()


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """Return a lock that another process holds."""
    lock = tmp_path / "cards.lock"
    processes = multiprocessing.get_context("fork")
    ours, theirs = processes.Pipe()
    other = processes.Process(target=hold, args=(lock, theirs), daemon=True)
    other.start()
    assert ours.recv() == "held"
    yield lock
    ours.send("let go")
    other.join()


def never(message: str) -> None:
    raise AssertionError(message)


def test_a_run_waits_for_another_and_says_so_after_a_second(held: Path) -> None:
    told: list[tuple[float, str]] = []
    began = time.monotonic()
    with (
        pytest.raises(SurroundingsError, match="another run is using this lock") as caught,
        held_lock(held, 1.5, lambda message: told.append((time.monotonic() - began, message))),
    ):
        pass
    assert time.monotonic() - began >= 1.5
    ((after, message),) = told
    assert 1.0 <= after < 1.5
    assert "waiting for it" in message
    assert caught.value.exit_code == 2
    assert "--wait" in caught.value.hint


def test_without_patience_it_ends_at_once_and_tells_nothing(held: Path) -> None:
    with pytest.raises(SurroundingsError), held_lock(held, 0, never):
        pass


def test_locks_are_one_however_they_are_reached(held: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "cards.lock"
    link.symlink_to(held)
    with pytest.raises(SurroundingsError), held_lock(link, 0, never):
        pass
    with held_lock(tmp_path / "elsewhere" / "other.lock", 0, never):
        pass


def test_a_run_goes_on_when_the_other_has_ended(tmp_path: Path) -> None:
    lock = tmp_path / "cards.lock"
    entered = threading.Event()
    order: list[str] = []

    def first() -> None:
        with held_lock(lock, 0, never):
            entered.set()
            time.sleep(0.3)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    entered.wait()
    with held_lock(lock, 10, never):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_locks_only_what_is_open_for_writing_has_a_file_beside_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    flock = fcntl.flock

    def of_a_network(handle: int, how: int) -> None:
        if not fcntl.fcntl(handle, fcntl.F_GETFL) & 2:
            raise OSError(9, "Bad file descriptor")
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", of_a_network)
    lock = tmp_path / "cards.lock"
    with held_lock(lock, 0, never), pytest.raises(SurroundingsError), held_lock(lock, 0, never):
        pass
    assert [child.name for child in tmp_path.iterdir()] == [".cards.lock.in-use"]


def test_readers_never_wait_and_neither_does_a_run_that_has_nothing_to_learn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEPRESS_WAIT", "0")
    write_pages(tmp_path / "raw")
    assert ran(tmp_path, "export", "anki").returncode == 0
    with held_lock(tmp_path / "cards.lock", 0, never):
        for command in (["lock"], ["verify"], ["status"], ["diff", "build"], ["export", "anki"]):
            result = ran(tmp_path, *command)
            assert result.returncode == 0, (command, result.stderr)
        assert ran(tmp_path, "export", "anki", "--frozen", "--build", "other").returncode == 0
        waits = ran(tmp_path, "export", "anki", "--build", "another")
        assert waits.returncode == 2
        assert "another run is using this lock" in waits.stderr
        assert ran(tmp_path, "lock", "--prune", "--wait", "0").returncode == 2


def test_two_runs_on_one_lock_lose_nothing(tmp_path: Path) -> None:
    for name in "ab":
        write_pages(tmp_path / name, [f"{name}{number}" for number in range(4)], course=f"Course {name}")
    for turn in range(4):
        (tmp_path / "cards.lock").unlink(missing_ok=True)
        builds = [f"{name}{turn}" for name in "ab"]
        runs = [Forked(["export", "anki", "--raw", build[0], "--build", build], tmp_path) for build in builds]
        assert [run.finished().returncode for run in runs] == [0, 0]
        known = {line[0] for line in lock_lines(tmp_path)}
        for build in builds:
            assert guids(tmp_path / build / "anki/all.apkg") <= known
    assert not [child.name for child in tmp_path.iterdir() if child.name.startswith(".")]


def ran(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return guidepress(arguments, folder)


def lock_lines(folder: Path) -> list[list[object]]:
    lines = (folder / "cards.lock").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith("[")]


def guids(package: Path) -> set[str]:
    base = sqlite3.connect(":memory:")
    with zipfile.ZipFile(package) as opened:
        base.deserialize(opened.read("collection.anki2"))
    found = {str(guid) for (guid,) in base.execute("SELECT guid FROM notes")}
    base.close()
    return found


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose facts were edited after their first build: without the lock their notes would be new."""
    folder = tmp_path_factory.mktemp("edited")
    raw = write_pages(folder / "raw") / "test-studies"
    for first in ("first", "only"):
        for name in ("Alpha", "Beta", "Gamma"):
            facts = (f"The {first} ship with {{term}} on board left Genoa in 1492.",)
            (raw / f"{name.lower()}.txt").write_text(term_page(name, facts=facts), encoding="utf-8")
        assert ran(folder, "export", "anki").returncode == 0
    return folder


@pytest.fixture
def project(edited: Path, tmp_path: Path) -> Path:
    return shutil.copytree(edited, tmp_path / "project")


def cut(folder: Path, lines: int = 5) -> str:
    lock = folder / "cards.lock"
    text = "".join(lock.read_text(encoding="utf-8").splitlines(keepends=True)[:lines])
    lock.write_text(text, encoding="utf-8")
    return text


@pytest.mark.parametrize("command", [["export", "anki"], ["all"], ["export", "json"], ["export", "anki", "--frozen"]])
def test_a_lock_that_lost_lines_ends_the_run_and_is_left_as_it_is(project: Path, command: list[str]) -> None:
    lost = len(lock_lines(project)) - 1
    text = cut(project)
    result = ran(project, *command)
    assert result.returncode == 2
    assert f"cards.lock: the lock lacks {lost} notes that the build folder build knows" in result.stderr
    assert "restore the lock from version control" in result.stderr
    assert "--adopt-lock" in result.stderr
    assert (project / "cards.lock").read_text(encoding="utf-8") == text


def test_a_frozen_lock_that_has_all_notes_of_the_pages_is_right_whatever_a_cache_remembers(project: Path) -> None:
    page = project / "raw" / "test-studies" / "delta.txt"
    lock = (project / "cards.lock").read_text(encoding="utf-8")
    page.write_text(term_page("Delta", facts=("The barque Delta sailed from Lisbon in 1511.",)), encoding="utf-8")
    ran(project, "export", "anki")
    assert (project / "cards.lock").read_text(encoding="utf-8") != lock
    page.unlink()
    (project / "cards.lock").write_text(lock, encoding="utf-8")
    assert ran(project, "export", "anki", "--frozen").returncode == 0


def test_a_lock_that_is_gone_is_noticed_as_well(project: Path) -> None:
    (project / "cards.lock").unlink()
    assert ran(project, "export", "anki").returncode == 2
    assert not (project / "cards.lock").exists()


@pytest.mark.parametrize("lines", [0, 5])
def test_status_and_diff_tell_what_a_run_would_refuse(project: Path, lines: int) -> None:
    assert json.loads(ran(project, "status", "--json").stdout)["refused"] == ""
    assert ran(project, "diff").stderr == ""
    if lines:
        cut(project, lines)
    else:
        (project / "cards.lock").unlink()
    refused = ran(project, "export", "anki").stderr
    assert "cards.lock: the lock lacks" in refused
    status = ran(project, "status")
    assert status.returncode == 0
    assert status.stdout.endswith(f"`guidepress all` would end with this:\n{refused}")
    found = json.loads(ran(project, "status", "--json").stdout)
    assert (found["current"], found["refused"] + "\n") == (False, refused)
    for arguments in ((), ("--json",), ("build",)):
        assert ran(project, "diff", *arguments).stderr == f"the next run would end with this:\n{refused}"
    # As it is adopted, nothing is lost any more.
    assert ran(project, "export", "anki", "--adopt-lock").returncode == 0
    assert ran(project, "diff").stderr == ""


def test_a_link_that_leads_to_no_lock_is_told_when_one_is_made_there(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", ["Alpha"])
    (tmp_path / "cards.lock").symlink_to("share/cards.lock")
    refused = ran(tmp_path, "export", "json")
    assert refused.returncode == 2
    assert f"the lock is a link into a folder that is not there: {tmp_path}/share/cards.lock" in refused.stderr
    assert "is the disk mounted?" in refused.stderr
    (tmp_path / "share").mkdir()
    told = f"cards.lock leads to {tmp_path}/share/cards.lock, where no lock was: it was made there\n"
    made = ran(tmp_path, "export", "json")
    assert (made.returncode, made.stderr) == (0, told)
    assert (tmp_path / "cards.lock").is_symlink()
    assert ran(tmp_path, "export", "json").stderr == ""


def test_lost_lines_are_noticed_by_the_decks_where_the_state_is_gone(project: Path) -> None:
    shutil.rmtree(project / "build/.state")
    cut(project)
    assert "the lock lacks" in ran(project, "export", "anki").stderr


def test_decks_that_are_damaged_know_nothing(project: Path) -> None:
    shutil.rmtree(project / "build/.state")
    for deck in (project / "build/anki").glob("*.apkg"):
        deck.write_bytes(b"no zip")
    cut(project)
    assert ran(project, "export", "anki").returncode == 0


def test_the_ways_out_are_to_restore_the_lock_or_to_adopt_it_as_it_is(project: Path) -> None:
    before = (project / "cards.lock").read_bytes()
    decks = guids(project / "build/anki/all.apkg")
    cut(project)
    assert ran(project, "export", "anki").returncode == 2
    (project / "cards.lock").write_bytes(before)
    assert ran(project, "export", "anki").returncode == 0
    assert guids(project / "build/anki/all.apkg") == decks
    cut(project)
    assert ran(project, "export", "anki", "--adopt-lock").returncode == 0
    assert ran(project, "export", "anki").returncode == 0
    assert guids(project / "build/anki/all.apkg") != decks


def test_a_lock_of_another_name_is_another_lock(project: Path) -> None:
    assert ran(project, "export", "anki", "--lock", "other.lock").returncode == 0
    cut(project)
    assert ran(project, "export", "anki", "--lock", "other.lock").returncode == 0


def test_a_lock_with_more_lines_than_the_build_folder_knows_is_right(project: Path) -> None:
    write_pages(project / "raw", ["Delta"])
    assert ran(project, "export", "anki", "--build", "other").returncode == 0
    assert ran(project, "export", "anki").returncode == 0


def test_nothing_in_the_head_changes_with_an_edit(project: Path) -> None:
    head = (project / "cards.lock").read_text(encoding="utf-8").splitlines()[0]
    write_pages(project / "raw", ["Delta"])
    assert ran(project, "export", "anki").returncode == 0
    assert (project / "cards.lock").read_text(encoding="utf-8").splitlines()[0] == head
    assert json.loads(head).keys() == {"format", "version"}
