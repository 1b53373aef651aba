"""The state file: what it remembers, what it forgets, and that it is only a cache."""

import hashlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from pipeline.config import SurroundingsError
from pipeline.store import (
    ArtifactIndex,
    FindingIndex,
    KnownFile,
    NoteRow,
    PageEntry,
    PageIndex,
    RecordRow,
    StateDamagedError,
    StateFolder,
    WrittenArtifact,
)


@pytest.fixture
def folder(tmp_path: Path) -> StateFolder:
    made = StateFolder(tmp_path / "build")
    made.create()
    return made


def record(name: str, **others: object) -> RecordRow:
    values = {
        "id": name,
        "kind": "key_term",
        "fields": 5,
        "characters": 100,
        "captured": "",
        "media": False,
        "publisher": "p",
        "course": "c",
        "title": "C",
        "url": None,
        "body": b"",
        **others,
    }
    return RecordRow(**values)  # type: ignore[arg-type]


def entry(path: str, *records: RecordRow, **others: object) -> PageEntry:
    return PageEntry(path=path, records=records, **others)  # type: ignore[arg-type]


def put(index: PageIndex, *entries: PageEntry) -> None:
    index.begin()
    for one in entries:
        index.see(one.path)
        index.put_page(one.path, "key", one)
        index.put_file(one.path, KnownFile("1:2", "fp", True, {}))
    index.drop_unseen()
    index.flush()


def test_of_two_records_with_one_id_the_fuller_comes_first(folder: StateFolder) -> None:
    with folder.opened() as state:
        index = PageIndex(state)
        put(
            index,
            entry("a", record("x", fields=4, characters=900)),
            entry("b", record("x", fields=5, characters=10)),
            entry("c", record("x", fields=5, characters=20)),
            entry("d", record("x", fields=5, characters=20, captured="2024")),
            entry("e", record("x", fields=5, characters=20, captured="2024")),
        )
        assert [one.path for one in index.records()] == ["d", "e", "c", "b", "a"]


def test_records_come_in_the_order_of_ids_as_python_sorts_them(folder: StateFolder) -> None:
    names = ["b", "a", "é", "Z", "a-b", "a/b", "日本", "z"]
    with folder.opened() as state:
        index = PageIndex(state)
        put(index, *(entry(name, record(name)) for name in names))
        assert [one.id for one in index.records()] == sorted(names)


def test_a_page_put_again_takes_the_place_of_what_it_gave_before(folder: StateFolder) -> None:
    with folder.opened() as state:
        index = PageIndex(state)
        put(index, entry("a", record("x"), rejects=(NoteRow("a", 1, "empty", "m", "h"),)))
        before = index.version
        put(index, entry("a", record("y")))
        assert [one.id for one in index.records()] == ["y"]
        assert list(FindingIndex(state).rejects()) == []
        assert index.version != before


def test_a_file_that_is_not_seen_is_forgotten_with_its_pages(folder: StateFolder) -> None:
    with folder.opened() as state:
        index = PageIndex(state)
        put(index, entry("a", record("x")), entry("b", record("y")))
        put(index, entry("b", record("y")))
        assert [one.id for one in index.records()] == ["y"]
        assert index.file("a") is None
        assert index.totals()[0] == 1


def test_rejects_come_by_path_then_line_with_those_without_a_line_first(folder: StateFolder) -> None:
    rows = [NoteRow("b", None, "empty", "", ""), NoteRow("a", 10, "x", "", ""), NoteRow("a", 9, "x", "", "")]
    rows.append(NoteRow("a", None, "x", "", ""))
    with folder.opened() as state:
        index = PageIndex(state)
        put(index, entry("p", rejects=tuple(rows)))
        assert [(row.path, row.line) for row in FindingIndex(state).rejects()] == [
            ("a", None),
            ("a", 9),
            ("a", 10),
            ("b", None),
        ]


def test_what_was_not_committed_is_gone_and_what_was_is_there(folder: StateFolder) -> None:
    with folder.opened() as state:
        put(PageIndex(state), entry("a", record("x")))
        index = PageIndex(state)
        index.begin()
        index.put_page("b", "key", entry("b", record("y")))
    with folder.opened() as state:
        assert [one.id for one in PageIndex(state).records()] == ["x"]


@pytest.mark.parametrize("damage", [b"not a database at all", b"SQLite format 3\0" + bytes(4000)])
def test_a_damaged_state_is_told_and_once_discarded_a_new_one(folder: StateFolder, damage: bytes) -> None:
    folder.database.write_bytes(damage)
    with pytest.raises(StateDamagedError), folder.opened():
        pass
    folder.discard()
    with folder.opened() as state:
        assert PageIndex(state).totals()[0] == 0


def test_a_state_of_another_version_is_damaged(folder: StateFolder) -> None:
    with sqlite3.connect(folder.database) as connection:
        connection.execute("CREATE TABLE old (x)")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StateDamagedError, match="made by another version"), folder.opened():
        pass


def test_a_byte_that_sqlite_does_not_miss_is_seen_in_the_seal(folder: StateFolder) -> None:
    with folder.opened() as state:
        put(PageIndex(state), entry("a", record("x", title="Cells and Tissues")))
    data = folder.database.read_bytes()
    folder.database.write_bytes(data.replace(b"Cells and Tissues", b"Bells and Tissues"))
    assert folder.look() is None
    with pytest.raises(StateDamagedError), folder.opened():
        pass


def test_a_copied_state_is_whole_and_one_of_a_killed_run_is_read_through(folder: StateFolder, tmp_path: Path) -> None:
    with folder.opened() as state:
        put(PageIndex(state), entry("a", record("x")))
    copied = StateFolder(tmp_path / "copied")
    shutil.copytree(folder.build, copied.build)
    with copied.opened() as state:
        assert state.whole
    (copied.path / "state.seal").unlink()
    with copied.opened() as state:
        assert not state.whole
        assert [one.id for one in PageIndex(state).records()] == ["x"]
    with copied.opened() as state:  # nothing says more of it than before
        assert not state.whole


def test_a_run_that_changes_nothing_leaves_the_state_and_its_seal_as_they_were(folder: StateFolder) -> None:
    with folder.opened() as state:
        put(PageIndex(state), entry("a", record("x")))
    before = {path.name: path.read_bytes() for path in folder.path.iterdir()}
    with folder.opened() as state:
        index = PageIndex(state)
        index.begin()
        index.see("a")
        index.drop_unseen()
        index.flush()
    assert {path.name: path.read_bytes() for path in folder.path.iterdir()} == before


def test_a_text_that_is_none_is_damage(folder: StateFolder) -> None:
    with folder.opened() as state:
        put(PageIndex(state), entry("a", record("x")))
        state.execute("UPDATE pages SET key = CAST(x'c328' AS TEXT)")
        with pytest.raises(StateDamagedError, match="UTF-8"):
            PageIndex(state).page("a", "a")


def test_a_disk_that_is_full_is_no_damage(folder: StateFolder) -> None:
    with folder.opened() as state:
        (pages,) = state.execute("PRAGMA page_count").fetchone()
        state.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(SurroundingsError, match="full"):
            put(PageIndex(state), *(entry(str(number), record("x", body=bytes(4000))) for number in range(9)))


def test_a_picture_with_other_bytes_is_damage(folder: StateFolder) -> None:
    name = hashlib.sha256(b"picture").hexdigest()[:32] + ".png"
    with folder.opened() as state:
        index = PageIndex(state)
        put(index, entry("a", media={name: b"picture"}))
        assert index.media(name) == b"picture"
        state.execute("UPDATE media SET value = x'00'")
        with pytest.raises(StateDamagedError):
            index.media(name)


def test_one_run_at_a_time_uses_a_build_folder(folder: StateFolder) -> None:
    with folder.alone(), pytest.raises(SurroundingsError, match="another run"), folder.alone():
        pass
    with folder.alone():
        pass


def test_the_list_of_our_files_outlives_the_state(folder: StateFolder) -> None:
    folder.will_write("json/a.json")
    folder.will_write("json/b.json")
    folder.discard()
    assert folder.written() == {"json/a.json", "json/b.json"}
    folder.set_written({"json/b.json"})
    assert folder.written() == {"json/b.json"}


def test_an_artifact_is_remembered_with_what_it_was_found_to_be(folder: StateFolder) -> None:
    known = WrittenArtifact("json/a.json", "json", "digest", "sha", 3, "signature")
    with folder.opened() as state:
        index = ArtifactIndex(state)
        index.put(known)
        index.set_verified("json/a.json", "sha", "records")
        assert index.get("json/a.json") == known
        assert index.verified("json/a.json") == ("sha", "records")
        index.forget("json/a.json")
        assert index.all() == []
        assert index.verified("json/a.json") is None
