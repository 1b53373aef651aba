"""A project of one's own: found from the folders below it, its pages named by folders, begun by `init`."""

import json
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from command_runs import guidepress
from pipeline.config import sample
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


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun")
    result = guidepress(["init", "course"], folder)
    assert result.returncode == 0, result.stderr
    return folder / "course"


def test_init_makes_a_project_that_works_at_once(begun: Path) -> None:
    assert made(begun) == [
        ".gitattributes",
        ".github/workflows/guidepress.yml",
        ".gitignore",
        "README.md",
        "guidepress.toml",
        "raw/sample-key-term.html",
        "raw/sample-study-guide.html",
    ]
    assert (begun / "guidepress.toml").read_text(encoding="utf-8") == sample()
    assert (begun / ".gitattributes").read_text() == "cards.lock merge=union\n"
    assert len((begun / "README.md").read_text(encoding="utf-8").splitlines()) == 5
    build = ["all", "--only", "anki,json", "--fail-on", "info"]  # nothing is found on the samples
    result = guidepress(build, begun / "raw")
    assert result.returncode == 0, result.stdout + result.stderr
    report = json.loads((begun / "build/report.json").read_text(encoding="utf-8"))
    assert report["kinds"] == {"key_term": 1, "study_guide": 1}
    assert guidepress([*build, "--frozen"], begun).returncode == 0
    again = guidepress(["init"], begun)
    assert again.stdout.count("kept ") == 7  # the samples are not told: the folder holds pages
    assert again.stdout.endswith("nothing was missing: `guidepress all` builds what is in raw/\n")


def test_init_makes_the_same_files_wherever_it_is_called_from(begun: Path, tmp_path: Path) -> None:
    result = guidepress(["init", str(tmp_path / "course")], Path.cwd())
    assert result.returncode == 0, result.stderr
    for name in (".gitattributes", ".gitignore", "README.md", "guidepress.toml"):
        assert (tmp_path / "course" / name).read_text() == (begun / name).read_text()


def test_the_samples_notes_are_too_few_to_make_the_lock_one_of_others(begun: Path, tmp_path: Path) -> None:
    project = shutil.copytree(begun, tmp_path / "project")
    build = ["all", "--only", "json", "--jobs", "1"]
    assert guidepress(build, project).returncode == 0
    for page in (project / "raw").iterdir():
        page.unlink()
    write_pages(project / "raw", ["Alpha"])
    assert guidepress(build, project).returncode == 0


def test_the_workflow_is_yaml_and_installs_this_version(begun: Path) -> None:
    text = (begun / ".github/workflows/guidepress.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["build"]["steps"]
    commands = "\n".join(step["run"] for step in steps if "run" in step)
    assert f"pip install guidepress=={version('guidepress')}\n" in commands
    assert "guidepress all --frozen --format github\n" in commands


def test_init_leaves_what_is_there_and_says_what_git_lacks(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.pyc\n")
    (tmp_path / "README.md").symlink_to("nowhere.md")
    write_pages(tmp_path / "raw", ["Alpha"])
    result = guidepress(["init"], tmp_path)
    assert result.returncode == 0, result.stderr
    assert "kept .gitignore: it lacks the line `/build/`\n" in result.stdout
    assert (tmp_path / ".gitignore").read_text() == "*.pyc\n"
    assert not (tmp_path / "nowhere.md").exists()
    assert made(tmp_path / "raw") == ["test-studies/alpha.txt"]
    # Who has pages knows where they are put.
    assert result.stdout.endswith("\nnext: run `guidepress all`\n")
    assert "nothing was missing" not in guidepress(["init"], tmp_path).stdout  # git lacks a line
    assert guidepress(["init", "new"], tmp_path).stdout.endswith(
        "next: run `guidepress all` in new/, then put saved guide pages into new/raw/\n"
    )


def test_options_of_init_are_written_as_the_settings_see_them(tmp_path: Path) -> None:
    given = ["--raw", "pages", "--build", "course/out", "--lock", str(tmp_path / "my.lock"), "--jobs", "1"]
    result = guidepress(["init", "course", *given], tmp_path)
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "course/guidepress.toml").read_text(encoding="utf-8")
    assert 'raw = ["../pages"]\n' in text
    assert 'build = "out"\n' in text
    assert f'lock = "{tmp_path}/my.lock"\n' in text
    assert (tmp_path / "course/.gitignore").read_text() == "/out/\n"
    assert not (tmp_path / "course/.gitattributes").exists()  # the lock is none of its files
    assert guidepress(["parse"], tmp_path / "course").returncode == 0
    assert guidepress(["init", "a", "--config", "b/guidepress.toml"], tmp_path).returncode == 2


def test_init_where_nothing_can_be_written_is_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = guidepress(["init", "file/course"], tmp_path)
    assert result.returncode == 2
    assert "cannot be written" in result.stderr
