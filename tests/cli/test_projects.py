"""A project of one's own: found from the folders below it, its pages named by folders, begun by `init`."""

import json
from pathlib import Path

from command_runs import guidepress
from term_pages import write_pages


def made(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_folders_are_named_as_arguments_and_are_those_of_raw(tmp_path: Path) -> None:
    write_pages(tmp_path / "one", ["Alpha"])
    write_pages(tmp_path / "two", ["Beta"])
    result = guidepress(["parse", "one", "--raw", "two", "--jobs", "1", "--json"], tmp_path)
    assert json.loads(result.stdout)["records"] == 2
    result = guidepress(["all", "one", "--only", "json", "--jobs", "1"], tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "build/json/test-studies.json").exists()
    assert not (tmp_path / "build/anki").exists()
    result = guidepress(["all", "onw"], tmp_path)
    assert result.returncode == 2
    assert "found nothing at onw/" in result.stderr


def test_a_command_works_in_any_folder_of_the_project(tmp_path: Path) -> None:
    course = tmp_path / "course"
    write_pages(course / "raw", ["Alpha"])
    (course / "raw/bad.html").write_text("")
    (course / "guidepress.toml").write_text("jobs = 1\n")
    result = guidepress(["export", "json"], course / "raw/test-studies")
    assert result.returncode == 3
    assert "../../raw/bad.html: " in result.stderr
    assert made(course / "raw") == ["bad.html", "test-studies/alpha.txt"]
    assert (course / "cards.lock").exists()
    assert (course / "build/json/test-studies.json").exists()
    assert guidepress(["records", "alpha"], course / "build/json").stdout.count("\n") == 1
    for target in ("alpha.txt", "test-studies/alpha.txt", "own-words/test-studies/alpha"):
        assert "Alpha" in guidepress(["trace", target], course / "raw/test-studies").stdout


def test_pages_of_a_project_are_built_there_from_outside(tmp_path: Path) -> None:
    course, here = tmp_path / "course", tmp_path / "here"
    here.mkdir()
    write_pages(course / "raw", ["Alpha"])
    (course / "guidepress.toml").write_text("jobs = 1\n")
    assert guidepress(["all", "../course/raw", "--only", "json"], here).returncode == 0
    assert made(here) == []
    assert (course / "cards.lock").exists()
    (course / "guidepress.toml").unlink()  # pages of no project: the folder at hand is theirs
    assert guidepress(["all", "../course/raw", "--only", "json"], here).returncode == 0
    assert (here / "cards.lock").exists()
