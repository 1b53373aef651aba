"""Nothing is deleted by mistake: raw folders that cannot be read, lists that lead out, links, other people's files."""

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from command_runs import AS_OTHERS, artifact_sums, guidepress, guidepress_process, without_roots_rights
from term_pages import write_pages

JSON = ["export", "json", "--jobs", "1"]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    write_pages(folder / "raw", ["Alpha"])
    write_pages(folder / "raw", ["Gamma"], course="Other Studies")
    assert guidepress(JSON, folder).returncode == 0
    return folder


@pytest.fixture
def built(once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(once, tmp_path / "project", copy_function=shutil.copy2)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Let a folder answer as one does whose mount is gone: for root, too."""
    scandir = os.scandir

    def break_at(folder: Path) -> None:
        def broken_scandir(path: str | Path | int = ".") -> Iterator[os.DirEntry[str]]:
            if not isinstance(path, int) and Path(path).resolve() == folder:
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
            return scandir(path)

        monkeypatch.setattr(os, "scandir", broken_scandir)

    return break_at


def test_a_raw_folder_that_cannot_be_listed_is_exit_code_2_and_nothing_is_touched(
    built: Path, broken: Callable[[Path], None]
) -> None:
    before = artifact_sums(built / "build")
    lock = (built / "cards.lock").read_bytes()
    broken(built / "raw")
    for arguments in (JSON, ["all"], ["parse"], ["status"]):
        result = guidepress(arguments, built)
        assert result.returncode == 2
        assert result.stderr.startswith("the raw folder raw/ cannot be read: Input/output error\n  hint: ")
    assert artifact_sums(built / "build") == before
    assert (built / "cards.lock").read_bytes() == lock


@without_roots_rights
@pytest.mark.parametrize("mode", [0o000, 0o300])
def test_a_raw_folder_without_permissions_is_the_same(built: Path, mode: int) -> None:
    before = artifact_sums(built / "build")
    (built / "raw").chmod(mode)
    result = guidepress_process(JSON, built, before=AS_OTHERS)
    (built / "raw").chmod(0o755)
    assert result.returncode == 2
    assert "the raw folder raw/ cannot be read: Permission denied" in result.stderr
    assert artifact_sums(built / "build") == before


@without_roots_rights
def test_a_raw_folder_of_which_no_file_can_be_read_is_the_same(built: Path) -> None:
    before = artifact_sums(built / "build")
    pages = list((built / "raw").rglob("*.txt"))
    for page in pages:
        page.chmod(0)
    result = guidepress_process(JSON, built, before=AS_OTHERS)
    assert result.returncode == 2, result.stderr
    assert "nothing here can be read: " in result.stderr
    assert artifact_sums(built / "build") == before
    for page in pages:
        page.chmod(0o644)
    assert guidepress(JSON, built).returncode == 0
    assert artifact_sums(built / "build") == before


def test_what_is_known_below_a_folder_that_cannot_be_listed_stays(built: Path, broken: Callable[[Path], None]) -> None:
    before = artifact_sums(built / "build")
    broken(built / "raw/other-studies")
    assert "0 gone" in guidepress(["status"], built).stdout
    result = guidepress(JSON, built)
    assert result.returncode == 3
    (told,) = (built / "build/rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert (json.loads(told)["path"], json.loads(told)["code"]) == ("other-studies", "unreadable")
    assert "expected to list the folder, found: Input/output error\n" in result.stderr
    after = artifact_sums(built / "build")
    del before["rejects.jsonl"], after["rejects.jsonl"]
    assert after == before
    # Of a build whose state is gone nothing is known: its decks are not deleted all the same.
    (built / "build/.state/state.sqlite3").unlink()
    result = guidepress(["all", "--only", "json", "--jobs", "1"], built)
    assert result.returncode == 3, result.stderr
    assert "0 deleted" in result.stdout
    assert (built / "build/json/other-studies.json").exists()


@without_roots_rights
def test_the_file_of_a_course_whose_only_page_cannot_be_read_stays_until_that_is_known(built: Path) -> None:
    page = built / "raw/other-studies/gamma.txt"
    page.chmod(0)
    assert guidepress_process(JSON, built, before=AS_OTHERS).returncode == 3
    assert (built / "build/json/other-studies.json").exists()
    page.unlink()
    assert guidepress(JSON, built).returncode == 0
    assert not (built / "build/json/other-studies.json").exists()


def test_a_list_that_leads_out_of_the_build_folder_deletes_nothing_there(built: Path) -> None:
    for name in ("victim.txt", "victim3.txt"):
        (built.parent / name).write_text("precious")
    absolute = built.parent / "victim2.txt"
    absolute.write_text("precious")
    listed = built / "build/.state/written.txt"
    with listed.open("a", encoding="utf-8") as handle:
        handle.write(
            f"json/../../../victim3.txt\n../../victim.txt\n{absolute}\njson/\udcff\n".encode(errors="replace").decode()
        )
    result = guidepress(JSON, built)
    assert result.returncode == 0
    assert "listed as ours, but left alone: " in result.stderr
    assert "'../../victim.txt'" in result.stderr
    assert "left alone" not in guidepress(JSON, built).stderr  # told once
    listed.write_text(f"../../victim.txt\n{absolute}\njson/../../../victim3.txt\njson/manifest.json\n")
    result = guidepress(["clean"], built)
    assert result.returncode == 0
    assert result.stderr.count("victim") == 3
    assert not (built / "build/json/manifest.json").exists()
    assert [path.read_text() for path in sorted(built.parent.glob("victim*"))] == ["precious"] * 3


def test_a_path_in_the_state_that_leads_out_deletes_nothing_there(built: Path) -> None:
    (built.parent / "victim.txt").write_text("precious")
    with sqlite3.connect(built / "build/.state/state.sqlite3") as state:
        state.execute("UPDATE artifacts SET path = '../../victim.txt' WHERE path = 'json/other-studies.json'")
    state.close()
    shutil.rmtree(built / "raw/other-studies")
    result = guidepress(JSON, built)
    assert result.returncode == 0, result.stderr
    assert "'../../victim.txt'" in result.stderr
    assert (built.parent / "victim.txt").read_text() == "precious"


def test_no_link_is_followed_when_a_course_is_gone(built: Path) -> None:
    there = (built / "build/json").rename(built.parent / "decks")
    (built / "build/json").symlink_to(there)
    shutil.rmtree(built / "raw/other-studies")
    result = guidepress(JSON, built)
    assert result.returncode == 0, result.stderr
    assert "left alone: 'json/other-studies.json'" in result.stderr
    assert (there / "other-studies.json").exists()


@pytest.mark.parametrize("link", ["build", "build/.state"])
def test_clean_deletes_nothing_through_a_link(built: Path, link: str) -> None:
    there = (built / link).rename(built.parent / "elsewhere")
    (built / link).symlink_to(there)
    before = sorted(there.rglob("*"))
    result = guidepress(["clean"], built)
    assert result.returncode == 2
    assert result.stderr.startswith(f"{link}: it is a link to ")
    assert sorted(there.rglob("*")) == before


def test_clean_leaves_links_and_other_peoples_files(built: Path) -> None:
    (built / "mine.html").write_text("precious")
    (built / "build/report.html").unlink()
    (built / "build/report.html").symlink_to(built / "mine.html")
    (built / "build/notes.txt").write_text("mine")
    (built / "build/json/notes.txt").write_text("mine")
    result = guidepress(["clean"], built)
    assert result.returncode == 0
    assert "'report.html'" in result.stderr
    left = sorted(path.relative_to(built / "build").as_posix() for path in (built / "build").rglob("*"))
    assert left == ["json", "json/notes.txt", "notes.txt", "report.html"]
    assert (built / "mine.html").read_text() == "precious"


def test_one_of_several_raw_folders_that_is_empty_now_is_exit_code_2(built: Path) -> None:
    (built / "raw/other-studies").rename(built / "share")
    arguments = ["export", "json", "--raw", "raw", "--raw", "share", "--jobs", "1"]
    assert guidepress(arguments, built).returncode == 0
    before = artifact_sums(built / "build")
    (built / "share").rename(built / "unmounted")
    (built / "share").mkdir()
    result = guidepress(arguments, built)
    assert result.returncode == 2
    assert "share: the raw folder is empty, and was not\n  hint: is it mounted?" in result.stderr
    assert artifact_sums(built / "build") == before
    (built / "new").mkdir()  # one that never held a page is no mistake
    (built / "share").rmdir()
    (built / "unmounted").rename(built / "share")
    assert guidepress([*arguments, "--raw", "new"], built).returncode == 0
