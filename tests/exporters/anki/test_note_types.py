"""The note types are frozen. If a test here fails, do not change the test: change the code back.

A field or template that is added, removed, renamed or moved, or another id, makes Anki take the note type for a new
one: every learner gets a second note type ("Key term+"), and her notes are never updated again. Only the text of
templates and the CSS may change. What a later version needs goes into a field that is there already ("Extra" …).
"""

import re

import pytest

from pipeline.exporters.anki import NOTE_TYPES
from pipeline.exporters.anki.note_types import style

RULE = "frozen since the first release: see the module's first lines"

TAIL = (
    "Course, Unit, Topic, Related terms, Also found in, Explanation, Source link, Attribution, Record id, Extra, Hint, "
    "Blank, Language, Audio, Typed, Extra 2, Extra 3"
)

FROZEN = {
    "key_term": (
        "Key term",
        1720650371001,
        f"Id, Term, Definition, Masked definition, Recognise, Recall, Masked course, {TAIL}, Listen, Given",
        "Recognise, Recall, Type, Listen",
        "Term",
    ),
    "fact": (
        "Fact",
        1720650371002,
        f"Id, Front, Back, Term, Masked course, {TAIL}, Second front, Second back, Given",
        "Fact, Second, Type",
        "Front",
    ),
    "question": (
        "Review question",
        1720650371003,
        f"Id, Question, Answer, Choices, Term, {TAIL}, Right choice, Given",
        "Question, Type",
        "Question",
    ),
}


def test_no_note_type_is_added_or_removed() -> None:
    assert NOTE_TYPES.keys() == FROZEN.keys(), RULE


@pytest.mark.parametrize("kind", FROZEN)
def test_names_ids_fields_and_templates_are_frozen(kind: str) -> None:
    note_type = NOTE_TYPES[kind]  # type: ignore[index]
    name, number, fields, templates, sort_field = FROZEN[kind]
    assert (note_type.name, note_type.id) == (name, number), RULE
    assert ", ".join(note_type.fields) == fields, RULE
    assert ", ".join(template.name for template in note_type.templates) == templates, RULE
    assert note_type.sort_field == sort_field, RULE
    assert [field["id"] for field in note_type.json_fields] == [
        number * 100 + place for place in range(1, len(note_type.fields) + 1)
    ], RULE
    assert [template["id"] for template in note_type.json_templates] == [
        number * 100 + 50 + place for place in range(1, len(note_type.templates) + 1)
    ], RULE


@pytest.mark.parametrize("kind", FROZEN)
def test_templates_name_only_fields_that_there_are(kind: str) -> None:
    note_type = NOTE_TYPES[kind]  # type: ignore[index]
    for template in note_type.json_templates:
        for side in ("qfmt", "afmt"):
            named = {name.lstrip("#/^").split(":")[-1] for name in re.findall(r"{{(.*?)}}", template[side])}
            assert named <= set(note_type.fields)


@pytest.mark.parametrize("kind", FROZEN)
def test_every_front_stands_within_the_fields_that_it_needs(kind: str) -> None:
    note_type = NOTE_TYPES[kind]  # type: ignore[index]
    for template, written in zip(note_type.templates, note_type.json_templates, strict=True):
        opening = "".join(f"{{{{#{field}}}}}" for field in template.needs)
        closing = "".join(f"{{{{/{field}}}}}" for field in reversed(template.needs))
        front = written["qfmt"].strip()
        assert front.startswith(opening)
        assert front.endswith(closing)


def test_the_css_fetches_nothing_but_a_file_of_the_learners_own() -> None:
    first, _, rest = style().partition("\n")
    assert first.startswith('@import url("_guidepress_mine.css");')
    assert "url(" not in rest
    assert "@import" not in rest
