"""Reading decks back: a package that says anything else than the records is found out."""

import json
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from genanki.model import Model

from factories import Build, Workshop, key_term, picture
from pipeline.verify import Difference, Proven
from pipeline.verify.anki import verify

PNG = b"\x89PNG\r\n\x1a\n"
MEDIA = picture(PNG, "a curve")


@pytest.fixture
def build() -> Build:
    facts = ["Yeast eats sugar for 40 minutes in warm dough.", "It rests for 12 hours in the cold of a cellar."]
    definition = f'Yeast lives in warm dough and air. <img src="{MEDIA.name}" alt="a curve">'
    page = key_term("yeast", definition, facts, [("Why?", "So.")], media=[MEDIA])
    return Workshop(media={MEDIA.name: PNG}).build([page, key_term("crumb", "Inside.", course="Bread")])


@pytest.fixture
def package(build: Build, tmp_path: Path) -> Path:
    return build.write(tmp_path) / "all.apkg"


def messages(path: Path, build: Build) -> list[str]:
    return [difference.message for difference in differences(path, build, Proven())]


def differences(path: Path, build: Build, proven: Proven) -> list[Difference]:
    return list(verify(path, f"anki/{path.name}", build.edition, proven))


def test_what_was_written_is_what_the_records_say(package: Path, build: Build) -> None:
    for path in package.parent.iterdir():
        assert messages(path, build) == []


def test_a_picture_that_was_lost_is_said_by_its_name_in_term_definition_and_fact(tmp_path: Path) -> None:
    lost = '<img src="" alt="a &quot;tide&quot; <curve>">'
    page = key_term(
        f"tide {lost}",
        f"It rises {lost} and falls.",
        [f"See the water rise by 12 metres {lost}.", f"{lost} in a bay: 12 metres of water at night"],
        [("Why?", lost)],
    )
    build = Workshop().build([page])
    path = build.write(tmp_path) / "all.apkg"
    assert messages(path, build) == []
    altered(path, lambda base: base.execute("UPDATE notes SET flds = replace(flds, 'curve', 'line')"))
    assert any("no note says in its field 'Definition'" in message for message in messages(path, build))


def test_a_question_of_two_pages_is_asked_once_and_looked_for_on_both(tmp_path: Path) -> None:
    pages = [
        key_term(term, "A part of a cart.", [], [("Why do carts need grease?", "Dry wood grows hot.")]) for term in "ab"
    ]
    build = Workshop().build(pages)
    path = build.write(tmp_path) / "all.apkg"
    assert messages(path, build) == []
    altered(path, lambda base: base.execute("UPDATE notes SET flds = replace(flds, 'grows hot', 'stays cold')"))
    assert "no note asks 'Why do carts need grease?'" in messages(path, build)


def test_an_answer_that_is_shown_as_its_steps_says_the_same_and_a_lost_word_is_found_out(tmp_path: Path) -> None:
    answer = (
        "<p>It goes so: (1) wait for <em>spring</em>, (2) sow, (3) reap."
        + " It takes all year." * 15
        + "</p><p>So.</p>"
    )
    pages = [key_term(term, answer, [], [("How does it go?", answer)]) for term in ("harvest", "sowing")]
    build = Workshop().build(pages)
    path = build.write(tmp_path) / "all.apkg"
    assert messages(path, build) == []
    lost = '<ol class="steps"><li>(1) wait for <em>spring</em>, </li><li>(2) sow, </li>'
    altered(path, lambda base: base.execute("UPDATE notes SET flds = replace(flds, ?, '<ol><li>')", (lost,)))
    found = messages(path, build)
    assert all(any(f"in its field {field!r}" in message for message in found) for field in ("Answer", "Definition"))


def altered(package: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    with zipfile.ZipFile(package) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    base = sqlite3.connect(":memory:")
    base.deserialize(parts["collection.anki2"])
    change(base)
    base.commit()
    parts["collection.anki2"] = base.serialize()
    with zipfile.ZipFile(package, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE notes SET flds = replace(flds, 'eats', 'eat')",
            "Back: expected 'Yeast eats sugar for <mark>40 minutes</mark> in warm dough.'",
        ),
        ("UPDATE notes SET guid = 'LygHa16AHYF' WHERE flds LIKE '%crumb%'", "is missing"),
        ("UPDATE notes SET guid = (SELECT guid FROM notes LIMIT 1)", "two notes have the GUID"),
        ("UPDATE notes SET mod = mod + 1", "mod: expected 1700000000"),
        ("UPDATE notes SET tags = ' other '", "tags: expected"),
        ("UPDATE cards SET due = due + 1", "cards: expected"),
        ("UPDATE cards SET did = 1", "cards: expected"),
        ("DELETE FROM cards WHERE ord = 1", "cards: expected"),
        (
            "DELETE FROM notes WHERE flds LIKE '%Yeast eats sugar%'",
            "no note says in its field 'Back': 'Yeast eats sugar for 40 minutes in warm dough.'",
        ),
        ("DELETE FROM notes WHERE flds LIKE '%crumb%'", "cards are of no note"),
        ("UPDATE col SET models = replace(models, '#1f5f8b', '#000000')", "other fields, templates or CSS"),
        ("UPDATE col SET models = replace(models, '1700000000', '1700000001')", "has the `mod` 1700000001"),
        ("UPDATE col SET decks = replace(decks, 'Bread', 'Broad')", "the deck 'Guidepress::Bread' is missing"),
        ("UPDATE cards SET queue = -1", "cards are not as new ones are"),
        ("UPDATE cards SET type = 2, queue = 2, ivl = 900, reps = 50", "cards are not as new ones are"),
        ("UPDATE cards SET flags = 1", "cards are not as new ones are"),
        ("UPDATE cards SET mod = mod + 1", "have another `mod`"),
        ("UPDATE cards SET id = id + 3000000", "are not named by their notes"),
        ("UPDATE notes SET data = 'more'", "notes hold something besides their fields"),
        ("UPDATE notes SET sfld = 'forged'", "notes hold something besides their fields"),
        ("INSERT INTO revlog VALUES (1, 2, -1, 3, 1, 1, 2500, 4, 0)", "1 reviews are in it"),
        ("INSERT INTO graves VALUES (-1, 5, 0)", "1 deletions are in it"),
        (
            "INSERT INTO notes VALUES (7, 'foreign', 1720650371002, 5, -1, '', '', '', 0, 0, '')",
            "note foreign is of no record",
        ),
        (
            "INSERT INTO notes SELECT 7, 'x', mid, mod, usn, tags, flds, sfld, csum, flags, data FROM notes LIMIT 1",
            "note x is of no record of this build",
        ),
        ("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM cards; END", "other tables than a collection"),
        ("CREATE TABLE more (id)", "other tables than a collection"),
        ("UPDATE col SET crt = 0", "the collection's 'crt' is 0"),
        ("UPDATE col SET dconf = replace(dconf, '20', '9999')", "the collection's 'dconf' is"),
        ("UPDATE col SET decks = replace(decks, 'Own Words', '<script>')", "has another description"),
        ('UPDATE col SET decks = replace(decks, \'{"1":\', \'{"5":{"name":"Mine"},"1":\')', "is of no course"),
        ('UPDATE col SET models = replace(models, \'"bqfmt":""\', \'"bqfmt":"<script>"\')', "has other options"),
        ("UPDATE col SET models = replace(models, '\\\\documentclass', '\\\\input{x}')", "has other options"),
    ],
)
def test_a_package_that_says_something_else_is_found_out(
    statement: str, said: str, package: Path, build: Build
) -> None:
    altered(package, lambda base: base.execute(statement))
    assert any(said in message for message in messages(package, build)), messages(package, build)


def test_a_picture_that_is_missing_wrong_or_too_many_is_found_out(package: Path, build: Build) -> None:
    for listed, said in [
        ({}, "is missing"),
        ({"0": MEDIA.name, "media": "more.png"}, "more.png is shown by no note"),
        ({"collection.anki2": MEDIA.name}, "has other bytes"),
    ]:
        with zipfile.ZipFile(package) as old:
            collection = old.read("collection.anki2")
        with zipfile.ZipFile(package, "w") as new:
            new.writestr("collection.anki2", collection)
            new.writestr("0", PNG)
            new.writestr("media", json.dumps(listed))
        assert any(said in message for message in messages(package, build))


@pytest.mark.parametrize("name", ["all.apkg", "bread.apkg"])
def test_an_entry_that_is_of_no_use_is_found_out(name: str, package: Path, build: Build) -> None:
    path = package.with_name(name)
    with zipfile.ZipFile(path, "a") as opened:
        opened.writestr("meta", b"\x08\x02")
    assert messages(path, build) == ["'meta' is in the package, and of no use there"]


def test_what_a_package_holds_of_a_course_is_compared_with_its_own_and_told_of_the_right_note(
    package: Path, build: Build
) -> None:
    altered(package, lambda base: base.execute("UPDATE notes SET flds = replace(flds, 'Inside', 'Outside')"))
    assert all(one.record_id == "own-words/bread/crumb" for one in differences(package, build, Proven()))
    own = package.with_name("bread.apkg")
    altered(own, lambda base: base.execute("UPDATE notes SET flds = replace(flds, 'Inside', 'Outside')"))
    # Both are wrong alike: the course's own package says so.
    assert messages(package, build) == []
    assert any("Outside" in message for message in messages(own, build))


def test_a_course_that_was_found_right_is_not_looked_for_again_unless_it_changed(package: Path, build: Build) -> None:
    proven = Proven()
    assert differences(package, build, proven) == []
    assert len(proven.now) == 2
    kept = Proven.loads(proven.dumps())
    for path in package.parent.iterdir():
        if path != package:
            path.unlink()
    assert differences(package, build, kept) == []
    assert kept.now == proven.now
    # The same rows are not right for other records, nor other rows for the same ones.
    other = replace(build.edition, courses=[replace(one, digest="") for one in build.edition.courses])
    again = Proven.loads(proven.dumps())
    assert list(verify(package, "anki/all.apkg", other, again)) == []
    assert not {*again.now} & {*proven.now}  # compared with the records
    altered(package, lambda base: base.execute("UPDATE cards SET due = due + 1"))
    assert differences(package, build, Proven.loads(proven.dumps()))


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_package_is_a_difference_and_no_crash(data: bytes, package: Path, build: Build) -> None:
    package.write_bytes(data)
    assert len(messages(package, build)) == 1


def test_a_cut_or_damaged_package_is_a_difference_and_no_crash(package: Path, build: Build) -> None:
    whole = package.read_bytes()
    for damaged in (whole[:-100], whole[: len(whole) // 2], whole[:500] + b"\0" * 50 + whole[550:]):
        package.write_bytes(damaged)
        assert messages(package, build)


def test_retired_searches_are_compared_as_well(package: Path, build: Build) -> None:
    path = package.with_name("retired.txt")
    path.write_text("# nothing\n")
    assert messages(path, build) == ["not the searches for this build's retired notes"]


def test_genanki_takes_our_ids_of_fields_and_templates() -> None:
    """If a later genanki drops them, learners' notes are no longer updated."""
    fields, templates = [{"name": "A", "id": 7}], [{"name": "T", "id": 9, "qfmt": "{{A}}", "afmt": ""}]
    made = Model(1, "x", fields=fields, templates=templates).to_json(0, 1)
    assert (made["flds"][0]["id"], made["tmpls"][0]["id"]) == (7, 9)
