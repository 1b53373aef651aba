"""The state file: what it remembers, what it forgets, and that it is only a cache."""

import sqlite3
from pathlib import Path

import pytest

from pipeline.config import SurroundingsError
from pipeline.store import (
    ArtifactIndex,
    ChunkStore,
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
    with folder.open()[0] as state:
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
    with folder.open()[0] as state:
        index = PageIndex(state)
        put(index, *(entry(name, record(name)) for name in names))
        assert [one.id for one in index.records()] == sorted(names)


def test_a_page_put_again_takes_the_place_of_what_it_gave_before(folder: StateFolder) -> None:
    with folder.open()[0] as state:
        index = PageIndex(state)
        put(index, entry("a", record("x"), rejects=(NoteRow("a", 1, "empty", "m", "h"),)))
        before = index.version
        put(index, entry("a", record("y")))
        assert [one.id for one in index.records()] == ["y"]
        assert list(FindingIndex(state).rejects()) == []
        assert index.version != before


def test_a_file_that_is_not_seen_is_forgotten_with_its_pages(folder: StateFolder) -> None:
    with folder.open()[0] as state:
        index = PageIndex(state)
        put(index, entry("a", record("x")), entry("b", record("y")))
        put(index, entry("b", record("y")))
        assert [one.id for one in index.records()] == ["y"]
        assert index.file("a") is None
        assert index.totals()[0] == 1


def test_rejects_come_by_path_then_line_with_those_without_a_line_first(folder: StateFolder) -> None:
    rows = [NoteRow("b", None, "empty", "", ""), NoteRow("a", 10, "x", "", ""), NoteRow("a", 9, "x", "", "")]
    rows.append(NoteRow("a", None, "x", "", ""))
    with folder.open()[0] as state:
        index = PageIndex(state)
        put(index, entry("p", rejects=tuple(rows)))
        assert [(row.path, row.line) for row in FindingIndex(state).rejects()] == [
            ("a", None),
            ("a", 9),
            ("a", 10),
            ("b", None),
        ]


def test_what_was_not_committed_is_gone_and_what_was_is_there(folder: StateFolder) -> None:
    with folder.open()[0] as state:
        put(PageIndex(state), entry("a", record("x")))
        index = PageIndex(state)
        index.begin()
        index.put_page("b", "key", entry("b", record("y")))
    with folder.open()[0] as state:
        assert [one.id for one in PageIndex(state).records()] == ["x"]


@pytest.mark.parametrize("damage", [b"not a database at all", b"SQLite format 3\0" + bytes(4000)])
def test_a_damaged_state_is_discarded_and_said_so(folder: StateFolder, damage: bytes) -> None:
    folder.database.write_bytes(damage)
    state, why = folder.open()
    with state:
        assert why
        assert PageIndex(state).totals()[0] == 0


def test_a_state_of_another_version_is_discarded(folder: StateFolder) -> None:
    with sqlite3.connect(folder.database) as connection:
        connection.execute("CREATE TABLE old (x)")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    state, why = folder.open()
    state.close()
    assert why == "made by another version"


def test_damage_that_is_found_later_is_told_apart_from_a_full_disk(folder: StateFolder) -> None:
    state, _ = folder.open()
    with pytest.raises(StateDamagedError), state.guarded():
        raise sqlite3.DatabaseError("database disk image is malformed")
    state, _ = folder.open()
    with pytest.raises(SurroundingsError, match="full"), state.guarded():
        raise sqlite3.OperationalError("database or disk is full")


def test_one_run_at_a_time_uses_a_build_folder(folder: StateFolder) -> None:
    with folder.alone(), pytest.raises(SurroundingsError, match="another run"), folder.alone():
        pass
    with folder.alone():
        pass


def test_a_chunk_lives_as_long_as_an_artifact_is_made_from_it(folder: StateFolder) -> None:
    with folder.open()[0] as state:
        first = ChunkStore(state, 1)
        first.put("used", b"1")
        first.written("pdf/a.pdf")
        first.put("unused", b"2")
        first.written("pdf/b.pdf")
        ArtifactIndex(state).forget("pdf/b.pdf")
        later = ChunkStore(state, 9)
        assert later.evict() == 1
        assert later.get("used") == b"1"
        assert later.get("unused") is None


def test_a_chunk_of_a_recent_build_stays_though_nothing_is_made_from_it(folder: StateFolder) -> None:
    with folder.open()[0] as state:
        ChunkStore(state, 5).put("undone", b"1")
        state.commit()
        chunks = ChunkStore(state, 7)
        assert chunks.evict() == 0
        assert chunks.get("undone") == b"1"


def test_the_list_of_our_files_outlives_the_state(folder: StateFolder) -> None:
    folder.will_write("json/a.json")
    folder.will_write("json/b.json")
    folder.discard()
    assert folder.written() == {"json/a.json", "json/b.json"}
    folder.set_written({"json/b.json"})
    assert folder.written() == {"json/b.json"}


def test_an_artifact_is_remembered_with_what_it_was_found_to_be(folder: StateFolder) -> None:
    known = WrittenArtifact("json/a.json", "json", "digest", "sha", 3, "signature")
    with folder.open()[0] as state:
        index = ArtifactIndex(state)
        index.put(known)
        index.set_verified("json/a.json", "sha", "records")
        assert index.get("json/a.json") == known
        assert index.verified("json/a.json") == ("sha", "records")
        index.forget("json/a.json")
        assert index.all() == []
        assert index.verified("json/a.json") is None
