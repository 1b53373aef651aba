"""Artifacts on disk: whole or not at all, kept when they are right, made again when they are not."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.config import SurroundingsError
from pipeline.stages.writing import ArtifactWriter
from pipeline.store import StateFolder


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[ArtifactWriter]:
    folder = StateFolder(tmp_path)
    folder.create()
    with folder.opened() as state:
        yield ArtifactWriter(folder, state)


def text(value: str) -> Callable[[Path], None]:
    return lambda part: part.write_text(value) and None


def test_what_is_written_is_current_until_its_digest_changes(writer: ArtifactWriter) -> None:
    assert not writer.is_current("json/a.json", "1")
    assert writer.write("json/a.json", "json", "1", text("x")) == "written"
    assert writer.is_current("json/a.json", "1")
    assert not writer.is_current("json/a.json", "2")


def test_equal_bytes_leave_the_file_untouched(writer: ArtifactWriter) -> None:
    writer.write("a", "json", "1", text("x"))
    before = (writer.build / "a").stat()
    assert writer.write("a", "json", "2", text("x")) == "kept"
    assert (writer.build / "a").stat().st_mtime_ns == before.st_mtime_ns
    assert (writer.build / "a").stat().st_ino == before.st_ino
    assert writer.is_current("a", "2")


def test_a_file_that_was_touched_is_ours_and_one_that_was_edited_is_not(writer: ArtifactWriter) -> None:
    writer.write("a", "json", "1", text("xyz"))
    os.utime(writer.build / "a", ns=(1, 1))
    assert writer.is_current("a", "1")
    (writer.build / "a").write_text("xyZ")
    assert not writer.is_current("a", "1")


def test_an_edit_that_sets_the_time_back_is_seen(writer: ArtifactWriter) -> None:
    writer.write("a", "json", "1", text("xyz"))
    times = (writer.build / "a").stat()
    (writer.build / "a").write_text("xyZ")
    os.utime(writer.build / "a", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert not writer.is_current("a", "1")


def test_a_maker_that_fails_leaves_the_old_file_and_nothing_half_written(writer: ArtifactWriter) -> None:
    def fail(part: Path) -> None:
        part.write_text("half")
        raise ValueError("no")

    writer.write("a", "json", "1", text("old"))
    with pytest.raises(ValueError, match="no"):
        writer.write("a", "json", "2", fail)
    assert (writer.build / "a").read_text() == "old"
    assert writer.is_current("a", "1")
    assert [path.name for path in writer.build.iterdir() if path.name != ".state"] == ["a"]


def test_a_full_disk_is_told_as_such(writer: ArtifactWriter) -> None:
    def full(_part: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(SurroundingsError, match="no room to write it"):
        writer.write("a", "json", "1", full)


def test_what_is_no_longer_made_is_deleted_with_the_folder_it_leaves_empty(writer: ArtifactWriter) -> None:
    writer.write("json/media/x.png", "json", "1", text("x"))
    writer.write("json/a.json", "json", "1", text("a"))
    assert writer.delete_others(["json"], {"json/a.json"}) == ["json/media/x.png"]
    assert not (writer.build / "json/media").exists()
    assert (writer.build / "json/a.json").exists()


def test_only_our_own_files_are_deleted(writer: ArtifactWriter) -> None:
    writer.write("json/a.json", "json", "1", text("a"))
    (writer.build / "json/notes.txt").write_text("mine")
    writer.write("pdf/a.pdf", "pdf", "1", text("p"))
    assert writer.delete_others(["json"], set()) == ["json/a.json"]
    assert (writer.build / "json/notes.txt").exists()
    assert (writer.build / "pdf/a.pdf").exists()


def test_a_file_of_ours_is_deleted_though_the_state_was_lost(writer: ArtifactWriter, tmp_path: Path) -> None:
    writer.write("json/a.json", "json", "1", text("a"))
    folder = StateFolder(tmp_path)
    folder.discard()
    with folder.opened() as state:
        assert ArtifactWriter(folder, state).delete_others(["json"], set()) == ["json/a.json"]
    assert not (tmp_path / "json").exists()


def test_what_a_killed_run_left_half_written_goes(writer: ArtifactWriter) -> None:
    (writer.build / "json").mkdir()
    (writer.build / "json" / ".a.json.guidepress-part").write_text("half")
    (writer.build / "json" / ".hidden").write_text("mine")
    writer.delete_parts()
    assert [path.name for path in (writer.build / "json").iterdir()] == [".hidden"]
