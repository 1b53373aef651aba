"""Seeded damages of the state: whatever became of it, the next run ends well, and with the undisturbed bytes.

`make damages` tries 200 of them, `make test` each kind once.
"""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import pytest
from command_runs import artifact_sums, guidepress
from term_pages import term_page, write_pages

STATE: Final = Path("build/.state")
BUILD: Final = ["export", "anki", "json", "--jobs", "1"]
EDITED: Final = Path("raw/test-studies/alpha.txt")

Damage = Callable[[Path, Random], None]


def bits_flipped(state: Path, rng: Random) -> None:
    data = bytearray((state / "state.sqlite3").read_bytes())
    for _ in range(rng.choice([1, 1, 1, 3, 20])):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    (state / "state.sqlite3").write_bytes(data)


def bits_flipped_after_a_killed_run(state: Path, rng: Random) -> None:
    bits_flipped(state, rng)
    (state / "state.seal").unlink()


def block_overwritten(state: Path, rng: Random) -> None:
    data = bytearray((state / "state.sqlite3").read_bytes())
    size = rng.choice([16, 512, 4096, 30_000])
    at = rng.randrange(len(data))
    block = rng.choice([bytes(size), b"\xff" * size, rng.randbytes(size), data[:size]])
    data[at : at + size] = block[: len(data) - at]
    (state / "state.sqlite3").write_bytes(data)


def pages_swapped(state: Path, rng: Random) -> None:
    data = (state / "state.sqlite3").read_bytes()
    pages = [data[at : at + 4096] for at in range(0, len(data), 4096)]
    one, other = rng.sample(range(len(pages)), 2)
    pages[one], pages[other] = pages[other], pages[one]
    (state / "state.sqlite3").write_bytes(b"".join(pages))


def cut_off(state: Path, rng: Random) -> None:
    data = (state / "state.sqlite3").read_bytes()
    end = rng.randrange(len(data))
    (state / "state.sqlite3").write_bytes(data[: rng.choice([0, 1, 100, end, end // 4096 * 4096])])


def bytes_appended(state: Path, rng: Random) -> None:
    with (state / "state.sqlite3").open("ab") as file:
        file.write(rng.randbytes(rng.choice([1, 4096, 10_000])))


def other_file(state: Path, rng: Random) -> None:
    (state / "state.sqlite3").write_bytes(rng.choice([b"", b"{}", rng.randbytes(20_000), b"SQLite format 3\0" * 99]))


def folder_instead(state: Path, rng: Random) -> None:
    name = rng.choice(["state.sqlite3", "state.sqlite3-journal", "state.seal", "written.txt", "in-use", "traceback.txt"])
    (state / name).unlink(missing_ok=True)
    (state / name).mkdir()
    if rng.random() < 0.5:
        (state / name / "file").write_text("x")


def dead_link_instead(state: Path, rng: Random) -> None:
    name = rng.choice(["state.sqlite3", "state.seal", "written.txt"])
    (state / name).unlink()
    (state / name).symlink_to("nowhere/at-all")


def file_instead_of_the_folder(state: Path, rng: Random) -> None:
    shutil.rmtree(state)
    state.write_bytes(rng.randbytes(10))


def files_missing(state: Path, rng: Random) -> None:
    names = ["state.sqlite3", "state.seal", "written.txt", "in-use"]
    for name in rng.sample(names, rng.randrange(1, len(names))):
        (state / name).unlink()


def journal_of_nobody(state: Path, rng: Random) -> None:
    magic = bytes.fromhex("d9d505f920a163d7")
    (state / "state.sqlite3-journal").write_bytes(rng.choice([magic, b""]) + rng.randbytes(8000))


def journal_of_another_time(state: Path, rng: Random) -> None:
    copy = state / "copy.sqlite3"
    shutil.copyfile(state / "state.sqlite3", copy)
    with sqlite3.connect(copy, isolation_level=None) as database:
        database.execute("PRAGMA cache_size = 1")
        database.execute("BEGIN")
        database.execute("UPDATE pages SET path = path || 'x', ledger = randomblob(9000)")
        shutil.copyfile(state / "copy.sqlite3-journal", state / "state.sqlite3-journal")
        database.execute("ROLLBACK")
    database.close()
    copy.unlink()
    if rng.random() < 0.5:
        cut_off(state, rng)


def table_gone(state: Path, rng: Random) -> None:
    with sqlite3.connect(state / "state.sqlite3") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        how = rng.choice(["DROP TABLE {}", "DELETE FROM {}", "ALTER TABLE {} RENAME TO other"])
        database.execute(how.format(rng.choice(sorted(tables))))
    database.close()


def other_version(state: Path, rng: Random) -> None:
    with sqlite3.connect(state / "state.sqlite3") as database:
        database.execute(f"PRAGMA user_version = {rng.choice([0, 1, 2, 99])}")
        if rng.random() < 0.5:
            database.execute("DROP TABLE findings")
    database.close()


def value_replaced(state: Path, rng: Random) -> None:
    with sqlite3.connect(state / "state.sqlite3") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        table = rng.choice(sorted(tables))
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        values = ["CAST(x'c328ff' AS TEXT)", "'{}'", "'[1'", "x'00'", "''", "7", "'x'"]
        database.execute(f"UPDATE OR REPLACE {table} SET {rng.choice(columns)} = {rng.choice(values)}")
    database.close()


def value_replaced_after_a_killed_run(state: Path, rng: Random) -> None:
    column = rng.choice(["records.body", "pages.ledger", "pages.assets", "meta.value", "files.ignored", "pages.key"])
    table, name = column.split(".")
    values = ["CAST(x'c328' AS TEXT)", "x'789c00'", "'{'"]
    with sqlite3.connect(state / "state.sqlite3") as database:
        database.execute(f"UPDATE {table} SET {name} = {rng.choice(values)}")
    database.close()
    (state / "state.seal").unlink()


def state_of_before(state: Path, rng: Random) -> None:
    shutil.copyfile(state.parents[1] / "before.sqlite3", state / "state.sqlite3")


def list_damaged(state: Path, rng: Random) -> None:
    data = bytearray((state / "written.txt").read_bytes())
    for _ in range(rng.randrange(1, 9)):
        data[rng.randrange(len(data))] = rng.choice([0, 0x80, 0xFF, 0x0A, 0x2F, rng.randrange(256)])
    (state / "written.txt").write_bytes(data)


def seal_damaged(state: Path, rng: Random) -> None:
    data = bytearray((state / "state.seal").read_bytes())
    for _ in range(rng.randrange(1, 9)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    (state / "state.seal").write_bytes(data[: rng.choice([0, 10, len(data)])])


KINDS: Final[list[Damage]] = [
    bits_flipped,
    bits_flipped_after_a_killed_run,
    block_overwritten,
    pages_swapped,
    cut_off,
    bytes_appended,
    other_file,
    folder_instead,
    dead_link_instead,
    file_instead_of_the_folder,
    files_missing,
    journal_of_nobody,
    journal_of_another_time,
    table_gone,
    other_version,
    value_replaced,
    value_replaced_after_a_killed_run,
    state_of_before,
    list_damaged,
    seal_damaged,
]
COUNT: Final = int(os.environ.get("DAMAGES", len(KINDS)))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project as a run left it, with the state of the run before."""
    folder = tmp_path_factory.mktemp("project")
    write_pages(folder / "raw", course="Test Studies")
    write_pages(folder / "raw", ["Delta"], course="Other Studies")
    assert guidepress(BUILD, folder).returncode == 0
    shutil.copyfile(folder / STATE / "state.sqlite3", folder / "before.sqlite3")
    write_pages(folder / "raw", ["Epsilon"], course="Other Studies")
    assert guidepress(BUILD, folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def undisturbed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[bool, dict[str, str]]:
    """Return what the next run leaves, without and with an edit of a page before it."""
    found = {}
    for edit in (False, True):
        folder = shutil.copytree(project, tmp_path_factory.mktemp("undisturbed") / "project")
        found[edit] = next_run(folder, edit=edit)
    return found


@pytest.fixture(scope="module", autouse=True)
def fixed_clock() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        yield


def next_run(folder: Path, *, edit: bool) -> dict[str, str]:
    if edit:
        (folder / EDITED).write_text(term_page("Alpha", definition="Alpha is another thing now."), encoding="utf-8")
    done = guidepress(BUILD, folder)
    assert done.returncode == 0, done.stderr
    return {**artifact_sums(folder / "build"), "cards.lock": (folder / "cards.lock").read_text(encoding="utf-8")}


@pytest.mark.parametrize("seed", range(COUNT), ids=lambda seed: f"{seed}-{KINDS[seed % len(KINDS)].__name__}")
def test_a_damaged_state_heals(seed: int, project: Path, undisturbed: dict[bool, dict[str, str]], tmp_path: Path) -> None:
    folder = shutil.copytree(project, tmp_path / "project")
    rng = random.Random(seed)
    edit = rng.random() < 0.5
    KINDS[seed % len(KINDS)](folder / STATE, rng)
    assert next_run(folder, edit=edit) == undisturbed[edit]
    # It is healed for good: there is nothing left to do.
    again = guidepress([*BUILD, "--frozen"], folder)
    assert (again.returncode, "Nothing has changed" in again.stdout) == (0, True), again.stdout + again.stderr
