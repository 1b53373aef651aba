"""The package of all courses: copied from theirs, the same bytes whatever was made again, whatever ids they want."""

import json
import sqlite3
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from anki_learner import TROUBLE, Learner
from factories import Build, Workshop, key_term, picture
from pipeline.exporters import Edition
from pipeline.exporters.anki import AnkiExporter, NoteRow, RefusalError, course_decks, course_rows
from pipeline.exporters.anki.draft import Batch, first_id, following
from pipeline.exporters.anki.joining import join_packages
from pipeline.exporters.anki.package import write_batches, write_package
from pipeline.records import KeyTerm, course_slug
from pipeline.verify import Proven
from pipeline.verify.anki import verify

PNG = b"\x89PNG\r\n\x1a\n of two courses"
MEDIA = picture(PNG, "a curve")


def with_the_same_first_id() -> tuple[str, str]:
    """Return the titles of two courses whose notes want the same ids."""
    seen: dict[int, str] = {}
    for number in range(4096):
        title = f"Course {number}"
        other = seen.setdefault(first_id(course_slug(title)), title)
        if other != title:
            return other, title
    raise AssertionError("there are more courses than first ids")


def pages(course: str) -> list[KeyTerm]:
    shown = f'A thing of {course}. <img src="{MEDIA.name}" alt="a curve">'
    facts = [f"Of {course} there are {number} in a heap." for number in (40, 41)]
    return [key_term(f"thing {number}", shown, facts, course=course, media=[MEDIA]) for number in range(3)]


@pytest.fixture(scope="module")
def build() -> Build:
    one, other = with_the_same_first_id()
    return Workshop(media={MEDIA.name: PNG}).build([*pages(one), *pages(other), key_term("apart", course="Apart")])


def rows_of(package: Path) -> list[tuple[int, str]]:
    with zipfile.ZipFile(package) as packed:
        base = sqlite3.connect(":memory:")
        base.deserialize(packed.read("collection.anki2"))
    return list(base.execute("SELECT id, guid FROM notes ORDER BY id"))


def test_courses_that_want_the_same_ids_are_both_there_with_all_their_cards(build: Build, tmp_path: Path) -> None:
    folder = build.write(tmp_path)
    own = {path.stem: rows_of(path) for path in folder.glob("course-*.apkg")}
    first, second = own.values()
    assert [number for number, _ in first] == [number for number, _ in second]
    numbers = dict(map(reversed, rows_of(folder / "all.apkg")))
    assert len(numbers) == len(first) + len(second) + 1
    for rows in own.values():  # in the order of the course, each as near as can be to where it is alone
        here = [numbers[guid] for _, guid in rows]
        assert here == sorted(here)
        assert all(0 <= now - alone <= 4 for now, (alone, _) in zip(here, rows, strict=True))
    assert list(verify(folder / "all.apkg", "anki/all.apkg", build.edition, Proven())) == []
    learner = Learner(tmp_path / "learner")
    log = learner.imports(folder / "all.apkg")
    assert log == {"new": len(numbers), "updated": 0, "duplicate": 0, **dict.fromkeys(TROUBLE, 0)}
    assert learner.imports(folder / f"{min(own)}.apkg")["duplicate"] == len(first)
    assert learner.col.fix_integrity()[1]
    assert len(learner.col.find_cards("")) == len(numbers) + 6  # two directions of each thing
    learner.close()


def test_it_is_made_of_the_courses_packages_alone(build: Build, tmp_path: Path) -> None:
    folder = build.write(tmp_path)
    before = (folder / "all.apkg").read_bytes()

    def no_lines() -> Iterator[bytes]:
        raise AssertionError("a record was read")

    blind = replace(build.edition, courses=[replace(course, lines=no_lines) for course in build.edition.courses])
    (artifact,) = (one for one in AnkiExporter().artifacts(blind) if one.path == "anki/all.apkg")
    assert sorted(artifact.parts) == sorted(f"anki/{course.slug}.apkg" for course in blind.courses)
    artifact.write(folder / "again.apkg")
    assert (folder / "again.apkg").read_bytes() == before


def test_a_picture_of_two_courses_is_in_it_once(build: Build, tmp_path: Path) -> None:
    with zipfile.ZipFile(build.write(tmp_path) / "all.apkg") as package:
        assert json.loads(package.read("media")) == {"0": MEDIA.name}
        assert package.read("0") == PNG


def test_notes_of_two_courses_with_one_guid_are_refused(build: Build, tmp_path: Path) -> None:
    decks = course_decks(build.edition)
    first, second, _ = decks.values()
    write_package(tmp_path / f"{first.course.slug}.apkg", first, build.edition)
    (row,) = islice(course_rows(first.course, build.edition), 1)
    write_batches(tmp_path / f"{second.course.slug}.apkg", second, [Batch.of([row], second)], build.edition)
    with pytest.raises(RefusalError, match=r"its GUID .* is another note's"):
        join_packages(tmp_path / "all.apkg", [first, second], build.edition)


def test_ids_follow_one_another_where_dues_leave_no_gap() -> None:
    assert list(following([400, 400, 404, 500])) == [400, 404, 408, 500]
    assert list(following([400, 400], {400, 404, 412}.__contains__)) == [408, 416]


def test_memory_does_not_grow_with_the_notes_of_a_course(build: Build, tmp_path: Path) -> None:
    deck = course_decks(build.edition)["apart"]
    (row,) = course_rows(deck.course, build.edition)

    def peak(count: int) -> int:
        tracemalloc.start()
        given = (Batch.of(copies(row, range(first, first + 100)), deck) for first in range(0, count, 100))
        write_batches(tmp_path / "apart.apkg", deck, given, build.edition)
        join_packages(tmp_path / "all.apkg", [deck], build.edition)
        grown = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(rows_of(tmp_path / "all.apkg")) == count
        return grown

    few = peak(500)
    assert peak(5000) < few + 500_000  # a tenth of what the rows hold


def copies(row: NoteRow, numbers: range) -> Iterator[NoteRow]:
    for number in numbers:
        short = f"{number:010d}"
        identity = replace(row.identity, guid=f"g{short}", short_id=short, due=number)
        yield replace(row, identity=identity, values=(short, *row.values[1:3], "x" * 1000, *row.values[4:]))


def test_an_edition_knows_its_courses_by_their_slugs(build: Build) -> None:
    edition: Edition = build.edition
    assert [edition.course(course.slug) for course in edition.courses] == list(edition.courses)
    assert edition.course("none") is None
    assert edition.course("") is None
