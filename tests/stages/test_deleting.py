"""What is deleted below the build folder: plain files of ours, and nothing that a path or a link leads out to."""

from pathlib import Path

import pytest

from pipeline.stages.deleting import delete_below, leads_out


@pytest.mark.parametrize("path", ["", ".", "/victim.txt", "../victim.txt", "json/../../victim.txt", "json/..", "a\0b"])
def test_a_path_that_leads_out_is_none_of_ours(path: str, tmp_path: Path) -> None:
    assert leads_out(path)
    (tmp_path / "build/json").mkdir(parents=True)
    (tmp_path / "victim.txt").write_text("precious")
    assert delete_below(tmp_path / "build", path) == "refused"
    assert (tmp_path / "victim.txt").read_text() == "precious"


def test_a_file_is_deleted_with_the_folders_that_it_leaves_empty(tmp_path: Path) -> None:
    (tmp_path / "json/media").mkdir(parents=True)
    (tmp_path / "json/media/..x").write_text("x")  # dots in a name lead nowhere
    assert delete_below(tmp_path, "json/media/..x") == "deleted"
    assert list(tmp_path.iterdir()) == []
    assert delete_below(tmp_path, "json/media/..x") == "absent"


@pytest.mark.parametrize("link", ["build", "build/json", "build/json/a.json"])
def test_no_link_is_followed(link: str, tmp_path: Path) -> None:
    there = tmp_path / "there"
    (there / "json").mkdir(parents=True)
    (there / "json/a.json").write_text("precious")
    at = tmp_path / link
    at.parent.mkdir(parents=True, exist_ok=True)
    at.symlink_to(there / Path(link).relative_to("build"))
    assert delete_below(tmp_path / "build", "json/a.json") == "refused"
    assert (there / "json/a.json").read_text() == "precious"
    assert at.is_symlink()


def test_a_folder_in_the_place_of_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "json/a.json").mkdir(parents=True)
    assert delete_below(tmp_path, "json/a.json") == "refused"
    assert (tmp_path / "json/a.json").is_dir()
