"""A long course: an edit makes and compares the rows of the records around it, and gives the bytes of a first build."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from factories import Build, NoCache, Workshop, key_term
from pdf_factories import MemoryCache
from pipeline.exporters import Edition, blocks
from pipeline.exporters.anki import course_decks, rows
from pipeline.exporters.anki.package import write_package
from pipeline.records import KeyTerm
from pipeline.verify import Proven
from pipeline.verify.anki import verify

COUNT = 520
WORDS = ("oven", "dough", "flour", "crust", "crumb", "yeast")


def pages(edited: int | None = None, count: int = COUNT) -> list[KeyTerm]:
    return [
        key_term(
            f"thing {number:03d}",
            f"A thing in the {WORDS[number % 6]} of a {'bakery' if number != edited else 'kitchen'}.",
            notices=(f"© 20{number % 3:02d} Own Words",),
        )
        for number in range(count)
    ]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Give the records of which rows are made."""
    seen: list[str] = []
    row_of = rows.row_of

    def counted(note, *rest):  # type: ignore[no-untyped-def]
        seen.append(note.record_id)
        return row_of(note, *rest)

    monkeypatch.setattr(rows, "row_of", counted)
    return seen


def written(folder: Path, edition: Edition) -> bytes:
    (deck,) = course_decks(edition).values()
    path = folder / "kitchen-science.apkg"
    write_package(path, deck, edition)
    return path.read_bytes()


def differences(folder: Path, edition: Edition, proven: Proven) -> Sequence[str]:
    path = folder / "kitchen-science.apkg"
    return [found.message for found in verify(path, f"anki/{path.name}", edition, proven)]


def both_builds() -> tuple[Build, Build]:
    workshop = Workshop()
    return workshop.build(pages()), workshop.build(pages(edited=77))


def test_an_edit_makes_the_rows_of_its_block_alone_and_gives_the_bytes_of_a_first_build(
    made: list[str], tmp_path: Path
) -> None:
    one, two = both_builds()
    cache = MemoryCache()
    written(tmp_path, replace(one.edition, cache=cache))
    assert len(made) == COUNT
    made.clear()
    after = written(tmp_path, replace(two.edition, cache=cache))
    (course,) = two.edition.courses
    (block,) = (lines for _, lines in blocks(course.lines()) if any(b"thing-077" in line for line in lines))
    assert len(made) == len(block) < COUNT
    made.clear()
    assert written(tmp_path, replace(two.edition, cache=NoCache())) == after
    assert len(made) == COUNT
    # What another program made is not taken.
    made.clear()
    written(tmp_path, replace(two.edition, cache=cache, program="another"))
    assert len(made) == COUNT


def test_an_edit_compares_its_block_alone_and_finds_what_differs_in_any(made: list[str], tmp_path: Path) -> None:
    one, two = both_builds()
    written(tmp_path, one.edition)
    first = Proven()
    assert differences(tmp_path, one.edition, first) == []
    assert len(differences(tmp_path, two.edition, Proven.loads(first.dumps()))) > 0
    written(tmp_path, two.edition)
    made.clear()
    second = Proven.loads(first.dumps())
    assert differences(tmp_path, two.edition, second) == []
    assert 0 < len(made) < COUNT
    made.clear()
    assert differences(tmp_path, two.edition, Proven.loads(second.dumps())) == []
    assert made == []
    # The same package is not right for other identities, nor for other settings.
    (course,) = two.edition.courses
    ref, identity = next(iter(course.identities().items()))
    moved = {**course.identities(), ref: replace(identity, due=identity.due + 1)}
    other = replace(two.edition, courses=[replace(course, identities=lambda: moved)])
    assert any("cards: expected" in message for message in differences(tmp_path, other, Proven.loads(second.dumps())))


def test_a_short_course_keeps_no_rows(tmp_path: Path) -> None:
    cache = MemoryCache()
    written(tmp_path, replace(Workshop().build(pages(count=20)).edition, cache=cache))
    assert cache.values == {}
