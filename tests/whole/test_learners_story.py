"""Anki decks can be rebuilt for years without hurting a learner: one story, in the real Anki."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from anki_learner import TROUBLE, Learner
from factories import Build, Workshop, key_term, question
from pipeline.exporters.anki import note_type_digests
from pipeline.identity import Lock
from pipeline.records import KeyTerm

TERMS = ("yeast", "gluten", "caramel", "emulsion", "brine", "roux", "starch", "pectin", "rennet", "umami")
KITCHEN, BAKERY = "Kitchen Science", "Bakery: Practice"


def page(term: str, course: str = KITCHEN, **changes: object) -> KeyTerm:
    """Return a page about `term` with four facts and two questions, unless `changes` say otherwise.

    Each fact has a number, which is what its card asks for.
    """
    number = 10 + sum(map(ord, term)) % 89
    given: dict[str, object] = {
        "definition": f"In a kitchen, {term} is what most beginners use too early and too much of.",
        "facts": [
            f"Good {term} can be told by its smell {number} minutes long before anybody tastes it.",
            f"Heat changes {term} slowly at first, and then within {number} minutes.",
            f"A room of {number} degrees doubles the time that each of these steps takes.",
            f"Professional bakers weigh {number} grams of it and never use a spoon.",
        ],
        "questions": [
            (f"Why does {term} need rest?", f"Because water moves through {term} slowly."),
            question(f"When is {term} ready?", "When it has cooled", ["At once", "When it has cooled", "Never"]),
        ],
    }
    given.update(changes)
    return key_term(term, given["definition"], given["facts"], given["questions"], course=course)  # type: ignore[arg-type]


def first_pages() -> dict[str, KeyTerm]:
    return {term: page(term, KITCHEN if at < 6 else BAKERY) for at, term in enumerate(TERMS)}


def second_pages() -> dict[str, KeyTerm]:
    """Return the pages a year later: every kind of change that a source goes through."""
    pages = first_pages()
    facts = [fact.html for fact in pages["yeast"].facts]
    # Texts edited: two words of a definition, one of a fact.
    definition = "In a kitchen, yeast is what most people use too early and too much of at first."
    pages["yeast"] = page("yeast", definition=definition, facts=[facts[0].replace("long", "well"), *facts[1:]])
    # Facts reordered, one inserted, one deleted.
    facts = [fact.html for fact in pages["gluten"].facts]
    pages["gluten"] = page(
        "gluten", facts=[facts[3], "Rye has another protein in its place, 12 grams in a loaf.", facts[0], facts[2]]
    )
    # A fact stops naming its term, another begins to.
    facts = [fact.html for fact in pages["brine"].facts]
    stops = facts[1].replace("changes brine", "changes it")
    begins = facts[2].replace("these steps", "these steps of a brine")
    pages["brine"] = page("brine", facts=[facts[0], stops, begins, facts[3]])
    # A typo in a term corrected: the page said "caramell" first (see `first_build`).
    pages["caramel"] = page("caramel")
    # A course renamed.
    return {
        term: page(term, "Bakery in Practice") if record.course.title == BAKERY else record
        for term, record in pages.items()
    }


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    someone = Learner(tmp_path / "learner")
    yield someone
    someone.close()


@pytest.fixture
def workshop() -> Workshop:
    return Workshop()


def first_build(workshop: Workshop) -> Build:
    pages = first_pages()
    facts = [fact.html for fact in pages["caramel"].facts]
    misspelt = page("caramell", facts=facts)
    return workshop.build([*(record for term, record in pages.items() if term != "caramel"), misspelt])


def short_ids(build: Build) -> dict[tuple[str, str], str]:
    """Return each note's `Id` by what it says: its record's last name, and its text."""
    return {
        (line.record_id.rsplit("/", 1)[-1], line.identity_text): build.assignment.identities[ref].short_id
        for line in build.lock.lines
        for ref in [next((ref for ref, one in build.assignment.identities.items() if one.guid == line.guid), None)]
        if ref is not None
    }


def test_a_learner_keeps_everything_over_a_year_of_changes(
    learner: Learner, workshop: Workshop, tmp_path: Path
) -> None:
    one = first_build(workshop)
    log = learner.imports(one.write(tmp_path / "one") / "all.apkg")
    assert log["new"] == len(one.assignment.identities) == 70
    assert not any(log[name] for name in ("updated", "duplicate", *TROUBLE))

    answered = set()
    for _ in range(5):
        answered.update(learner.studies("Guidepress::Kitchen Science", 5))
        answered.update(learner.studies("Guidepress::Bakery: Practice", 5))
        learner.sleeps()
    assert len(learner.reviews()) == 50
    own_text = "What I wrote myself."
    (edited,) = {ident for (_, text), ident in short_ids(one).items() if text.startswith("Good umami")}
    learner.edits(edited, "Back", own_text)

    cards, notes, reviews = learner.card_rows(), learner.note_rows(), learner.reviews()
    workshop.note_types = {name: f"{digest}, other CSS" for name, digest in note_type_digests().items()}
    two = workshop.build(second_pages().values())
    log = learner.imports(two.write(tmp_path / "two") / "all.apkg")

    # One fact is new, one is gone, and none was doubled.
    assert (two.assignment.new, two.assignment.retired_now) == (1, 1)
    assert log["new"] == 1
    assert not any(log[name] for name in TROUBLE)
    assert len(learner.note_rows()) == 71

    # Each note that changed says the new text; each that did not is as it was, and its cards byte for byte.
    changed = {guid for guid, line in lines(two).items() if guid in notes and line.mod > lines(one)[guid].mod}
    assert log["updated"] == len(changed) == two.assignment.updated > 8
    after = learner.note_rows()
    gone = {guid for guid, line in lines(two).items() if line.state == "retired"}
    assert {guid for guid in notes if after[guid] != notes[guid]} == changed
    assert own_text in learner.note(edited)["Back"]
    assert "most people" in learner.note(short_id_of(two, "yeast", "In a kitchen, yeast"))["Definition"]
    caramel = learner.note(short_id_of(two, "caramel", "caramel\t"))
    assert caramel["Term"] == "caramel"
    assert caramel.guid in notes
    of_changed = {notes[guid][0] for guid in changed}
    now = learner.card_rows()
    assert all(now[number] == row for number, row in cards.items() if row[1] not in of_changed)

    # Every review and interval is kept, also of changed notes: their cards differ in nothing that scheduling reads.
    assert learner.reviews() == reviews
    assert all(now[number][5:] == row[5:] for number, row in cards.items())
    assert len(answered & now.keys()) == len(answered)

    # The search of retired.txt finds just the deleted fact.
    (search,) = (line for line in (tmp_path / "two/anki/retired.txt").read_text().splitlines() if line[0] != "#")
    found = [learner.col.get_note(number).guid for number in learner.col.find_notes(search)]
    assert set(found) == gone
    assert len(found) == 1

    # Half of the pages are missing in a run: nothing is retired, nothing new when they are back.
    half = [record for term, record in second_pages().items() if term in TERMS[::2]]
    three = workshop.build(half)
    assert (three.assignment.new, three.assignment.retired_now, three.assignment.updated) == (0, 0, 0)
    assert three.assignment.missing == 35
    learner.imports(three.write(tmp_path / "three") / "all.apkg")
    four = workshop.build(second_pages().values())
    assert (four.assignment.new, four.assignment.retired_now, four.assignment.updated) == (0, 0, 0)
    four.write(tmp_path / "four")
    assert (tmp_path / "four/anki/all.apkg").read_bytes() == (tmp_path / "two/anki/all.apkg").read_bytes()
    before = learner.note_rows()
    log = learner.imports(tmp_path / "four/anki/all.apkg")
    assert log["duplicate"] == 70
    assert learner.note_rows() == before


def test_a_deleted_lock_costs_what_the_docs_say_and_no_more(
    learner: Learner, workshop: Workshop, tmp_path: Path
) -> None:
    one = first_build(workshop)
    learner.imports(one.write(tmp_path / "one") / "all.apkg")
    two = workshop.build(second_pages().values())
    learner.imports(two.write(tmp_path / "two") / "all.apkg")
    learner.studies("Guidepress::Kitchen Science", 20)
    notes, cards, reviews = learner.note_rows(), learner.card_rows(), learner.reviews()

    workshop.lock = Lock()
    lost = workshop.build(second_pages().values())
    log = learner.imports(lost.write(tmp_path / "lost") / "all.apkg")

    # Doubled: notes whose text was edited since their first build, or whose page has another id since.
    was = {line.guid: line for line in one.lock.lines}
    kept_texts = {
        guid
        for guid, line in lines(two).items()
        if line.state == "live"
        and guid in was
        and (line.record_id, line.identity_key) == (was[guid].record_id, was[guid].identity_key)
        and (line.kind == "key_term" or line.identity_text == was[guid].identity_text)
    }
    new_in_two = {guid for guid in lines(two) if guid not in was}
    doubled = len(lost.assignment.identities) - len(kept_texts | new_in_two)
    assert log["new"] == doubled
    assert log["duplicate"] == len(lost.assignment.identities) - doubled
    # Nothing that the learner has is touched.
    assert log["updated"] == 0
    assert {guid: learner.note_rows()[guid] for guid in notes} == notes
    assert {number: learner.card_rows()[number] for number in cards} == cards
    assert learner.reviews() == reviews


def test_css_reaches_a_learner_without_touching_a_note(
    learner: Learner, workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = first_build(workshop)
    learner.imports(one.write(tmp_path / "one") / "all.apkg")
    notes = learner.note_rows()
    monkeypatch.setattr("pipeline.exporters.anki.note_types.style", lambda: ".card { color: rebeccapurple; }")
    two = first_build(workshop)
    learner.imports(two.write(tmp_path / "two") / "all.apkg")
    assert all("rebeccapurple" in learner.col.models.by_name(name)["css"] for name in note_type_digests())
    assert learner.note_rows() == notes
    assert [name for name in (kind["name"] for kind in learner.col.models.all()) if name.endswith("+")] == []


def test_packages_may_be_imported_in_any_order(learner: Learner, workshop: Workshop, tmp_path: Path) -> None:
    folder = first_build(workshop).write(tmp_path / "one")
    assert learner.imports(folder / "kitchen-science.apkg")["new"] == 42
    assert learner.imports(folder / "all.apkg") == {
        "new": 28,
        "updated": 0,
        "duplicate": 42,
        **dict.fromkeys(TROUBLE, 0),
    }
    courses = [path for path in folder.glob("*.apkg") if path.name != "all.apkg"]
    assert [learner.imports(path)["new"] for path in courses] == [0, 0]
    assert sorted(deck.name for deck in learner.col.decks.all_names_and_ids()) == [
        "Default",
        "Guidepress",
        "Guidepress::Bakery: Practice",
        "Guidepress::Kitchen Science",
    ]


def lines(build: Build) -> dict[str, object]:
    return {line.guid: line for line in build.lock.lines}


def short_id_of(build: Build, term: str, text: str) -> str:
    found = [short for (name, said), short in short_ids(build).items() if name == term and text in said]
    (short,) = found
    return short
