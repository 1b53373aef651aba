"""The exporters' cache: what lives how long, and that damage costs what it hit."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipeline.store import ChunkStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chunks.sqlite3"


@contextmanager
def run(path: Path) -> Iterator[ChunkStore]:
    with closing(ChunkStore(path)) as chunks:
        yield chunks


def other_run(path: Path, artifacts: set[str]) -> None:
    with run(path) as chunks:
        chunks.put("other", b"")
        chunks.written("other")
        chunks.evict({*artifacts, "other"})


def test_a_chunk_lives_as_long_as_an_artifact_is_made_from_it(path: Path) -> None:
    with run(path) as chunks:
        chunks.put("used", b"1")
        chunks.written("pdf/a.pdf")
        chunks.put("unused", b"2")
        chunks.written("pdf/b.pdf")
    for _ in range(9):
        other_run(path, {"pdf/a.pdf"})
    with run(path) as chunks:
        assert (chunks.get("used"), chunks.get("unused")) == (b"1", None)


def test_a_chunk_of_a_recent_run_stays_though_nothing_is_made_from_it(path: Path) -> None:
    with run(path) as chunks:
        chunks.put("undone", b"1")
    for _ in range(3):
        other_run(path, set())
    with run(path) as chunks:
        assert chunks.get("undone") == b"1"


def test_a_run_that_asks_for_nothing_makes_no_file(path: Path) -> None:
    with run(path) as chunks:
        chunks.evict(set())
        chunks.drop("pdf/a.pdf")
    assert not path.exists()


def test_a_damaged_chunk_is_forgotten_and_all_others_stay(path: Path) -> None:
    with run(path) as chunks:
        chunks.put("a", b"first")
        chunks.put("b", b"second")
    path.write_bytes(path.read_bytes().replace(b"first", b"fjrst"))
    with run(path) as chunks:
        assert (chunks.get("a"), chunks.get("b")) == (None, b"second")
        assert chunks.damage
        chunks.put("a", b"first")
        assert chunks.get("a") == b"first"


@pytest.mark.parametrize("damage", ["no database", "a folder", "another version", "a table gone", "another type"])
def test_a_damaged_file_is_made_anew_at_once(path: Path, damage: str) -> None:
    with run(path) as chunks:
        chunks.put("a", b"first")
    if damage == "no database":
        path.write_bytes(b"no database" * 999)
    elif damage == "a folder":
        path.unlink()
        path.mkdir()
    else:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            how = {
                "another version": "PRAGMA user_version = 9",
                "a table gone": "DROP TABLE chunks",
                "another type": "UPDATE chunks SET value = 7",
            }
            database.execute(how[damage])
    with run(path) as chunks:
        assert chunks.get("a") is None
        assert chunks.damage
        chunks.put("a", b"again")
        chunks.written("pdf/a.pdf")
    with run(path) as chunks:
        assert chunks.get("a") == b"again"
        assert not chunks.damage


def test_the_chunks_of_an_artifact_that_differs_can_be_dropped(path: Path) -> None:
    with run(path) as chunks:
        chunks.put("a", b"1")
        chunks.written("pdf/a.pdf")
        chunks.put("b", b"2")
        chunks.written("pdf/b.pdf")
        chunks.drop("pdf/a.pdf")
        assert (chunks.get("a"), chunks.get("b")) == (None, b"2")
