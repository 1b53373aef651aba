"""`cards.lock` as a file: the same text for the same content, merged by git, never mended in silence."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import Workshop, key_term
from pipeline.identity import Lock, LockError, LockLine, parse_lock, read_lock, write_lock
from pipeline.notes import Blank
from pipeline.records import KeyTerm

PAGES = [
    key_term(f"term {number}", f"Word {number}.", [f"Fact {number} of the baker says that bread was baked in 1847."])
    for number in range(40)
]


@pytest.fixture
def text() -> str:
    return Workshop().build(PAGES).lock.dumps()


def bad_lines(text: str | bytes) -> tuple[tuple[int, ...], str]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(LockError) as caught:
        parse_lock(data)
    return caught.value.lines, f"{caught.value} {caught.value.hint}"


def test_a_lock_that_is_read_and_written_is_the_same_file(text: str, tmp_path: Path) -> None:
    path = tmp_path / "cards.lock"
    write_lock(path, parse_lock(text.encode()))
    assert path.read_bytes().decode() == text
    assert read_lock(path).dumps() == text
    assert [child.name for child in tmp_path.iterdir()] == ["cards.lock"]


def test_no_lock_is_an_empty_lock_but_an_empty_file_is_damage(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "none") == Lock()
    assert bad_lines("")[0] == (1,)
    assert bad_lines("\n\n")[0] == (1,)


@pytest.mark.parametrize(
    "data",
    [
        b'{"name": "site", "lockfileVersion": 3}\n',
        b"{\n}\n",
        b'["a", "b"]\n',
        b"[[package]]\nname = 'x'\n",
        b"PK\x03\x04\xff",
    ],
)
def test_a_file_of_somebody_else_is_named_by_mistake_and_no_damaged_lock(data: bytes) -> None:
    lines, told = bad_lines(data)
    assert lines == (1,)
    assert "this is no lock of guidepress" in told
    assert "--lock" in told
    assert "restore" not in told


def test_a_lock_that_lost_its_head_or_was_saved_as_utf_16_is_damaged(text: str) -> None:
    note = text.splitlines()[4]
    for data in (text.partition("\n")[2].encode(), note.encode(), text.encode("utf-16")):
        lines, told = bad_lines(data)
        assert lines == (1,)
        assert "restore the file from version control" in told


def test_notes_stand_in_the_order_of_their_guids_after_the_note_types(text: str) -> None:
    lines = text.splitlines()
    assert lines[0] == '{"format":"guidepress cards.lock","version":2}'
    assert all(line.startswith('{"note_type":') for line in lines[1:4])
    guids = [line[2:13] for line in lines[4:]]
    assert guids == sorted(guids)
    assert len(guids) == 80


def test_conflict_marks_are_named_with_their_lines(text: str) -> None:
    lines = text.splitlines()
    lines[10:10] = ["<<<<<<< ours", lines[10], "=======", lines[11], ">>>>>>> theirs"]
    numbers, said = bad_lines("\n".join(lines))
    assert numbers == (11, 13, 15)
    assert "cards.lock:11: a merge's conflict mark" in said
    assert "both sides" in said


def test_a_line_that_ends_early_is_named(text: str) -> None:
    numbers, said = bad_lines(text[:-20])
    assert numbers == (len(text.splitlines()),)
    assert "version control" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"live"', '"alive"', "unknown kind or state"),
        ('"fact"', '"fakt"', "unknown kind or state"),
        (",100,", ',"100",', "expected a number, found '100'"),
        (",100,", ",1000000,", "out of bounds"),
        (",1]]", ",0]]", "expected null or [text, ordinal]"),
        (",1]]", "]]", "expected null or [text, ordinal]"),
        (',100,"live",', ",", "expected a list of 10 values"),
        ('["', '["!', "is no GUID"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_line(text: str, old: str, new: str, said: str) -> None:
    lines = text.splitlines()
    number = next(at for at, line in enumerate(lines) if line.startswith("[") and old in line)
    lines[number] = lines[number].replace(old, new, 1)
    numbers, message = bad_lines("\n".join(lines))
    assert numbers == (number + 1,)
    assert said in message


def test_bytes_that_are_no_text_are_named_with_their_line(text: str) -> None:
    lines = text.encode().split(b"\n")
    lines[20] = lines[20][:30] + b"\xff" + lines[20][30:]
    assert bad_lines(b"\n".join(lines))[0] == (21,)


def test_a_later_version_is_refused_and_told_to_be_later(text: str) -> None:
    assert "a later one" in bad_lines(text.replace('"version":2', '"version":3'))[1]
    assert "expected the format's version" in bad_lines(text.split("\n", 1)[1])[1]


def test_a_lock_of_version_1_is_read_and_written_as_version_2(text: str) -> None:
    head, *lines = text.replace('"version":2', '"version":1').splitlines()
    older = [line if line.startswith("{") else json.dumps(json.loads(line)[:9]) for line in lines]
    lock = parse_lock("\n".join([head, *older, ""]).encode())
    assert lock.version == 1
    again = Workshop(lock=lock).build(PAGES)
    assert again.assignment.changed
    assert again.lock.dumps() == text


def test_what_a_fact_asks_stays_until_its_sentence_no_longer_says_it() -> None:
    workshop = Workshop()

    def asked(*pages: KeyTerm) -> Blank | None:
        workshop.build(pages)
        (line,) = (line for line in workshop.lock.lines if line.kind == "fact" and line.identity_text.startswith("Rye"))
        return line.blank

    page = key_term("crust", "Outside.", ["Rye dough is left in a warm oven for 40 minutes."])
    others = [
        key_term(word, f"A word for {word} and oven.", [f"The {word} stands in an oven."]) for word in ("dough", "peel")
    ]
    assert asked(page) == ("40 minutes", 1)
    # "Dough" is a term now, which would be asked before any number.
    assert asked(page, *others) == ("40 minutes", 1)
    edited = key_term("crust", "Outside.", ["Rye dough is left in a warm oven for 50 minutes."])
    assert asked(edited, *others) == ("dough", 1)
    assert asked(edited) == ("dough", 1)


def test_a_checkout_with_other_line_ends_is_read(text: str) -> None:
    assert parse_lock(text.replace("\n", "\r\n").encode()).dumps() == text


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6, unique=True))
def test_any_text_comes_back_from_a_lock(texts: list[str]) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    lines = tuple(
        LockLine(f"00000{number:02}0000", "fact", text, text, 0, 0, "live", "", text, Blank(text or " ", 1))
        for number, text in enumerate(texts)
    )
    dumped = Lock(lines).dumps()
    assert len(dumped.splitlines()) == len(texts) + 1
    assert parse_lock(dumped.encode()).lines == lines


def test_two_branches_that_add_pages_merge_without_conflict(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not there")
    base = Workshop()
    base.build(PAGES)
    ours, theirs = Workshop(lock=base.lock), Workshop(lock=base.lock)
    mine, yours = (
        key_term("our word", "Ours.", ["Our bread was baked on a stone in 1847."]),
        key_term("their word", "Theirs.", ["Their bread was left on a stone in 1848."]),
    )
    ours.build([*PAGES, mine])
    theirs.build([*PAGES[:-1], yours, PAGES[-1].model_copy(update={"definition": mine.definition})])
    for name, lock in (("base", base.lock), ("ours", ours.lock), ("theirs", theirs.lock)):
        write_lock(tmp_path / name, lock)
    command = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    merged = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    together = Workshop(lock=parse_lock(merged))
    build = together.build([*PAGES, mine, yours])
    assert build.assignment.new == 0
