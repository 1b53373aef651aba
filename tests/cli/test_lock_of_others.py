"""A lock that belongs to other records is not made to hold these: exit code 2, before anything is written."""

import json
import shutil
from pathlib import Path

import pytest

from command_runs import artifact_sums, guidepress
from term_pages import term_page, write_pages

TERMS = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"]  # four notes of each
JSON = ["export", "json", "--jobs", "1"]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    write_pages(folder / "raw", TERMS)
    write_pages(folder / "own", ["Basting"], course="Sewing Basics")
    assert guidepress(JSON, folder).returncode == 0
    return folder


@pytest.fixture
def built(once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(once, tmp_path / "project", copy_function=shutil.copy2)


@pytest.mark.parametrize(
    "arguments", [["all", "--raw", "own"], [*JSON, "--raw", "own"], [*JSON, "--raw", "own", "--frozen"]]
)
def test_pages_of_ones_own_leave_the_lock_and_the_outputs_of_a_project_alone(built: Path, arguments: list[str]) -> None:
    before, lock = artifact_sums(built / "build"), (built / "cards.lock").read_bytes()
    result = guidepress(arguments, built)
    assert result.returncode == 2
    assert result.stderr == (
        "cards.lock: this lock belongs to other records: neither it nor any output was changed\n"
        "  24 of its 24 notes are of pages that are not there, and 4 of the 4 notes of these pages are new\n"
        "  hint: pages of your own have a project of their own: `guidepress init DIR`, then `guidepress all` in it; "
        "`--lock FILE` names another lock; `--adopt-lock` lets these pages take the place of the others\n"
    )
    assert "--prune" not in result.stderr
    assert artifact_sums(built / "build") == before
    assert (built / "cards.lock").read_bytes() == lock
    assert guidepress(JSON, built).returncode == 0
    assert artifact_sums(built / "build") == before


def test_records_that_were_parsed_before_are_no_way_around_it(built: Path) -> None:
    lock = (built / "cards.lock").read_bytes()
    assert guidepress(["parse", "--raw", "own"], built).returncode == 0  # it touches no lock
    assert guidepress([*JSON, "--raw", "own"], built).returncode == 2
    assert (built / "cards.lock").read_bytes() == lock
    assert not (built / "build/json/sewing-basics.json").exists()


def test_a_lock_of_its_own_or_one_that_is_adopted_is_the_way_out(built: Path) -> None:
    assert guidepress([*JSON, "--raw", "own", "--build", "out", "--lock", "own.lock"], built).returncode == 0
    result = guidepress([*JSON, "--raw", "own", "--build", "out", "--adopt-lock"], built)
    assert result.returncode == 0
    assert "are all your pages there?" in result.stderr
    assert "--prune" not in result.stderr
    lock = (built / "cards.lock").read_text(encoding="utf-8")
    assert "sewing-basics" in lock
    assert "test-studies/alpha" in lock  # whose pages may come back
    assert guidepress([*JSON, "--raw", "own", "--build", "out"], built).returncode == 0


def test_a_course_that_is_renamed_or_mostly_gone_is_no_other_one(built: Path) -> None:
    shutil.rmtree(built / "raw")
    write_pages(built / "raw", TERMS, course="Renamed Studies")
    result = guidepress([*JSON, "--json"], built)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["identity"]["new"] == 0
    for term in TERMS[1:]:
        (built / f"raw/renamed-studies/{term.lower()}.txt").unlink()
    assert guidepress(JSON, built).returncode == 0


def test_twenty_notes_are_the_least_that_make_a_lock_somebody_elses(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", TERMS[:4])
    (tmp_path / "raw/last.txt").write_text(term_page("Last", questions=()), encoding="utf-8")  # 16 + 3 notes
    write_pages(tmp_path / "own", ["Basting"], course="Sewing Basics")
    assert guidepress(JSON, tmp_path).returncode == 0
    assert guidepress([*JSON, "--raw", "own"], tmp_path).returncode == 0


def test_a_build_of_other_pages_takes_nothing_out_of_the_lock(built: Path) -> None:
    lock = (built / "cards.lock").read_bytes()
    assert guidepress(["parse", "--raw", "own"], built).returncode == 0
    result = guidepress(["lock", "--prune"], built)
    assert result.returncode == 2
    assert result.stderr.startswith("cards.lock: the last build was of other pages")
    assert (built / "cards.lock").read_bytes() == lock
    assert guidepress([*JSON, "--raw", "own", "--adopt-lock"], built).returncode == 0
    assert "retired now: 24 notes of 6 missing records" in guidepress(["lock", "--prune"], built).stdout
