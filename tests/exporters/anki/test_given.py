"""What the field `Given` tells of a note that is in the real Anki: which of its fields a person edited there."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from anki_learner import Learner
from factories import Workshop, key_term, question
from pipeline.exporters.anki import NOTE_TYPES, edited, given


def kind_of(note: Any) -> Any:
    return next(kind for kind in NOTE_TYPES.values() if kind.name == note.note_type()["name"])


def fields_of(note: Any) -> Mapping[str, str]:
    return dict(note.items())


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    page = key_term(
        "cafe\u0301 & <b>co</b>",
        'A place \\(x < y\\) "of" coffee &amp; cake, Ångstro\u0308m\u00a0wide. <a href="https://example.org/?a=1&b=2">x</a>',
        ["Since 1645 a cafe\u0301 in Venice sells [sound:x.mp3] coffee to people."],
        [question("Which?", "B", ["A", "B"], "<em>B</em>.")],
    )
    someone = Learner(tmp_path / "learner")
    someone.imports(Workshop().build([page]).write(tmp_path / "build") / "all.apkg")
    yield someone
    someone.close()


def test_nothing_is_edited_in_a_deck_that_was_only_imported(learner: Learner) -> None:
    notes = [learner.col.get_note(number) for number in learner.col.find_notes("")]
    assert len(notes) == 3
    for note in notes:
        assert edited(kind_of(note), fields_of(note)) == []


@pytest.mark.parametrize(("field", "text"), [("Definition", "Another."), ("Hint", ""), ("Extra", "Of my own")])
def test_the_fields_that_a_person_edited_are_named(learner: Learner, field: str, text: str) -> None:
    (number,) = learner.col.find_notes('"note:Key term"')
    learner.edits(learner.col.get_note(number)["Id"], field, text)
    note = learner.col.get_note(number)
    assert edited(kind_of(note), fields_of(note)) == [field]


def test_a_field_of_the_learners_own_is_no_edit_and_a_lost_given_says_nothing() -> None:
    kind = NOTE_TYPES["fact"]
    values = [f"{name} & more" for name in kind.fields]
    fields = dict(zip(kind.fields, [*values[:-1], given(values)], strict=True))
    assert edited(kind, {**fields, "My notes": "Mine"}) == []
    assert edited(kind, {**fields, "Back": ""}) == ["Back"]
    assert edited(kind, {name: text for name, text in fields.items() if name != "Unit"}) == []
    assert edited(kind, {**fields, "Given": "what I typed"}) is None


def test_given_is_a_word_for_each_field_of_the_note_type() -> None:
    assert given(["", "osmosis", "ignored"]) == "- 4447eed5"
